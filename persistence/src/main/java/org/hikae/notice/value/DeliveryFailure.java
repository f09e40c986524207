package org.hikae.notice.value;

/** Why an attempt failed, in a word that holds nothing of what the other side said. */
public enum DeliveryFailure {
  /** Nobody takes a connection there, or it broke off. */
  UNREACHABLE,
  /** No computer has the name. */
  UNKNOWN_HOST,
  /** The other side took the connection and then said nothing in time. */
  SILENT,
  /** The other side's certificate is not one that this server trusts for that name. */
  UNTRUSTED,
  /** The mail server does not offer the protection that the settings ask for. */
  NO_TLS,
  /** The mail server does not take user and password. */
  LOGIN,
  /** The other side said no. */
  REFUSED,
  /** The webhook sent the request elsewhere, which is not followed. */
  REDIRECTED,
  /** The address is none. */
  ADDRESS,
  /** What was entered in the portal leads to this machine or a link-local address. */
  LOCAL_ADDRESS,
  /** What was entered in the portal cannot be opened with the key that this portal has. */
  SEALED,
  /** The settings for it are gone. */
  NOT_CONFIGURED;

  /** Whether it lies at this message or address, so that others may well get through. */
  public boolean isOfMessage() {
    return this == ADDRESS || this == REFUSED || this == REDIRECTED;
  }
}
