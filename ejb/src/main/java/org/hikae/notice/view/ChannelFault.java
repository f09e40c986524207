package org.hikae.notice.view;

/** What is wrong with settings of a channel. */
public enum ChannelFault {
  HOST("host must be a name or an address of 1 to 255 characters"),
  PORT("port must be a number from 1 to 65535"),
  SECURITY("security must be STARTTLS, TLS or NONE"),
  SENDER("sender must be one plain mail address"),
  USER("user must be one line of at most 255 characters"),
  IN_CLEAR("security must not be NONE with a user: the password would be sent in clear"),
  PASSWORD("password must be sent, in one line of at most 255 characters"),
  URL("url must begin with https:// and have neither a login nor a # in it"),
  SECRET("secret must have 32 to 255 characters");

  private final String reason;

  ChannelFault(String reason) {
    this.reason = reason;
  }

  /** For programs: the field and what it must be, never its value. */
  public String reason() {
    return reason;
  }
}
