package org.hikae.runtime.control;

import java.util.Locale;

/**
 * The server that takes mail.
 *
 * @param host its name
 * @param port its port
 * @param security how the connection is protected
 * @param user login; empty for none
 * @param password of the login; a secret
 * @param from the sender's address
 */
public record SmtpAddress(
    String host, int port, Security security, String user, String password, String from)
    implements ChannelAddress {

  /** How a connection is protected. */
  public enum Security {
    /** Plain at first, then TLS, or nothing is sent. */
    STARTTLS,
    /** TLS from the first byte. */
    TLS,
    /** Not at all; never with a password. */
    NONE;

    public static Security parse(String text) {
      for (Security security : values()) {
        if (security.name().equals(text.toUpperCase(Locale.ROOT))) {
          return security;
        }
      }
      throw new IllegalStateException("HIKAE_SMTP_SECURITY must be STARTTLS, TLS or NONE.");
    }
  }

  /** Checks what belongs together. */
  public SmtpAddress {
    if (security == Security.NONE && !user.isEmpty()) {
      throw new IllegalStateException(
          "HIKAE_SMTP_SECURITY must not be NONE while HIKAE_SMTP_USER is set: the password would"
              + " be sent in clear.");
    }
    if (!from.matches("[^\\s@<>]{1,64}@[^\\s@<>]{1,255}")) {
      throw new IllegalStateException("HIKAE_SMTP_FROM must be one plain mail address.");
    }
  }

  @Override
  public String toString() {
    return "SmtpAddress(" + host + ":" + port + ", REDACTED)";
  }
}
