package org.hikae.notice.value;

/** Why an attempt failed, in a word that holds nothing of what the other side said. */
public enum DeliveryFailure {
  /** Nobody answers there, or not in time. */
  UNREACHABLE,
  /** The other side's certificate is not one that this server trusts for that name. */
  UNTRUSTED,
  /** The other side said no. */
  REFUSED,
  /** The address is none. */
  ADDRESS,
  /** The settings for it are gone. */
  NOT_CONFIGURED
}
