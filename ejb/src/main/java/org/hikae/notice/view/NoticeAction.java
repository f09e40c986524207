package org.hikae.notice.view;

/** What an administrator is offered to do with a notice. */
public enum NoticeAction {
  /** Say that they have seen it. */
  ACKNOWLEDGE,
  /** Send again what could not be sent. */
  RETRY
}
