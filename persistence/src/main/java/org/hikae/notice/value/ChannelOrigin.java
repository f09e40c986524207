package org.hikae.notice.value;

/** Who says where a channel leads. */
public enum ChannelOrigin {
  /** The environment of the server's process, which comes first. */
  ENVIRONMENT,
  /** Administrators, in the portal. */
  PORTAL,
  /** Nobody. */
  NOBODY
}
