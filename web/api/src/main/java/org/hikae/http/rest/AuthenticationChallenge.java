package org.hikae.http.rest;

import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;
import org.hikae.caller.service.CurrentCaller;
import org.hikae.enrollment.wire.DeviceSession;
import org.hikae.problem.wire.ProblemCode;

/**
 * What each 401 says that it wants: RFC 9110, section 15.5.2, demands a challenge that applies to
 * what was asked for.
 */
public final class AuthenticationChallenge {

  /** The header that carries it. */
  public static final String HEADER = HttpHeaders.WWW_AUTHENTICATE;

  private static final String REALM = " realm=\"Hikae\"";

  /** RFC 6750, section 3. What a token lacks, the container says, which looks at it first. */
  private static final String TOKEN = "Bearer" + REALM;

  /** RFC 9470, section 3: the same token is good again after a new sign-in. */
  private static final String STEP_UP =
      "Bearer error=\"insufficient_user_authentication\", error_description=\"A more recent sign-in"
          + " is required\", max_age=\""
          + CurrentCaller.RECENT_SIGN_IN.toSeconds()
          + '"';

  /** RFC 7617, section 2: what restic sends is HTTP basic. */
  private static final String BASIC = "Basic" + REALM + ", charset=\"UTF-8\"";

  /** Of our own, called as the header that carries the session: the token is not what is wrong. */
  private static final String SESSION = DeviceSession.HEADER + REALM;

  /** Of our own, too: the monitoring system has a token that is not Keycloak's. */
  private static final String MONITORING = "Monitoring" + REALM;

  private AuthenticationChallenge() {}

  /**
   * The challenge of an answer with this code, or empty when it is no 401.
   *
   * @param path what was asked for, below the application's own, with or without a slash before it
   */
  static Optional<String> of(ProblemCode code, String path) {
    return switch (code) {
      case REAUTHENTICATE -> Optional.of(STEP_UP);
      case DEVICE_SESSION_REQUIRED -> Optional.of(SESSION);
      case UNAUTHENTICATED -> Optional.of(credential(path.replaceFirst("^/", "")));
      default -> Optional.empty();
    };
  }

  private static String credential(String path) {
    if (path.startsWith("restic/")) {
      return BASIC;
    }
    return path.equals("metrics") ? MONITORING : TOKEN;
  }
}
