package org.hikae.notice.value;

/** How a notice reaches somebody outside the pages. */
public enum NoticeChannel {
  /** By mail. */
  MAIL,
  /** By a signed request to the company's own address. */
  WEBHOOK
}
