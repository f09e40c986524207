package org.hikae.device.window;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.hikae.hk1.TextCodec;
import org.jspecify.annotations.Nullable;

/**
 * Who the page is: it shows a link once and gets a token for it, which each further request
 * carries. A link that comes a second time was in other hands too. Then nobody can say whose the
 * token is, and it counts no more. Safe for several threads.
 */
final class WindowSession {

  private static final int SECRET_BYTES = 32;

  private final String link;
  private final String freshToken;
  private final LongSupplier nanos;
  private final long expires;
  private @Nullable String token;
  private boolean used;

  WindowSession(SecureRandom random, LongSupplier nanos, Duration linkLifetime) {
    this.link = secret(random);
    this.freshToken = secret(random);
    this.nanos = nanos;
    this.expires = nanos.getAsLong() + linkLifetime.toNanos();
  }

  private static String secret(SecureRandom random) {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return TextCodec.base64(bytes);
  }

  /** What opens the window, once. */
  String link() {
    return link;
  }

  /** The token, for who shows the link for the first time and in time. */
  synchronized Optional<String> exchange(String shown) {
    if (!same(link, shown)) {
      return Optional.empty();
    }
    if (used) {
      token = null;
      return Optional.empty();
    }
    if (isExpired()) {
      return Optional.empty();
    }
    used = true;
    token = freshToken;
    return Optional.of(freshToken);
  }

  /** Whether a request with this token is the page's. */
  synchronized boolean authorises(String shown) {
    return token != null && same(token, shown);
  }

  /** Whether no page has a token and none can get one. */
  synchronized boolean isOver() {
    return token == null && (used || isExpired());
  }

  private boolean isExpired() {
    return nanos.getAsLong() - expires >= 0;
  }

  /** How long the link still waits for somebody to show it; without end when it was shown. */
  synchronized long nanosOfWaiting() {
    return used ? Long.MAX_VALUE : expires - nanos.getAsLong();
  }

  private static boolean same(String ours, String shown) {
    return MessageDigest.isEqual(
        ours.getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8));
  }
}
