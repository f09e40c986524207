package org.hikae.runtime.control;

import java.net.URI;
import java.util.Set;

/**
 * Where notices are sent as signed requests.
 *
 * @param url over TLS, or on this machine
 * @param secret signs each request; a secret
 */
public record WebhookAddress(URI url, String secret) implements ChannelAddress {

  private static final int MIN_SECRET_CHARS = 32;
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  /** Checks both. */
  public WebhookAddress {
    if (!isAllowed(url)) {
      throw new IllegalStateException(
          "HIKAE_WEBHOOK_URL must begin with https:// (http:// only for this machine) and have no"
              + " login in it.");
    }
    if (secret.length() < MIN_SECRET_CHARS) {
      throw new IllegalStateException(
          "HIKAE_WEBHOOK_SECRET must have " + MIN_SECRET_CHARS + " characters or more.");
    }
  }

  /** Whether it is over TLS or on this machine, and has neither a login nor a fragment. */
  public static boolean isAllowed(URI url) {
    boolean local = "http".equals(url.getScheme()) && THIS_MACHINE.contains(host(url));
    boolean safe = "https".equals(url.getScheme()) && !host(url).isEmpty();
    return (local || safe) && url.getUserInfo() == null && url.getFragment() == null;
  }

  private static String host(URI url) {
    return url.getHost() == null ? "" : url.getHost();
  }

  @Override
  public String toString() {
    return "WebhookAddress(REDACTED)";
  }
}
