package org.hikae.it.client;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.hikae.it.stack.Stack;

/**
 * Who has signed in at Keycloak lately, for browsers that need not type it again: the cookies by
 * which Keycloak lets a person through without its form. The session at the portal is another one
 * for each browser all the same. Not for tests that end a session of somebody whom others use, too.
 */
public final class KeycloakSessionCookies {

  /**
   * The portal asks for a sign-in of the last ten minutes before some acts; what is left of them is
   * longer than any test goes on with one sign-in.
   */
  private static final long FRESH_NANOS = 240_000_000_000L;

  /** Without the state of the sign-in itself, which two browsers would disturb for each other. */
  private static final Set<String> OF_THE_SESSION = Set.of("KEYCLOAK_IDENTITY", "KEYCLOAK_SESSION");

  private static final Map<String, CachedSession> KEPT = new ConcurrentHashMap<>();

  private record CachedSession(Map<String, String> cookies, long takenAt) {
    @Override
    public String toString() {
      return "CachedSession(REDACTED)";
    }
  }

  private KeycloakSessionCookies() {}

  /** The cookies of a person at this system's Keycloak, by their names. */
  public static Map<String, String> of(Stack stack, TestAccount testAccount)
      throws IOException, InterruptedException {
    String key = stack.keycloakUrl() + " " + testAccount.id();
    try (SignInLock _ = SignInLock.of(testAccount)) {
      CachedSession cachedSession = KEPT.get(key);
      if (cachedSession == null || System.nanoTime() - cachedSession.takenAt() > FRESH_NANOS) {
        long now = System.nanoTime();
        cachedSession =
            new CachedSession(
                new OidcSignIn(stack)
                    .cookies(testAccount).entrySet().stream()
                        .filter(cookie -> OF_THE_SESSION.contains(cookie.getKey()))
                        .collect(
                            Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue)),
                now);
        KEPT.put(key, cachedSession);
      }
      return cachedSession.cookies();
    }
  }
}
