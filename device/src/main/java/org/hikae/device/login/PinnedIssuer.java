package org.hikae.device.login;

import java.net.URI;
import java.util.Optional;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.TextControl;
import org.hikae.device.http.SafeAddress;
import org.hikae.device.state.AgentState;
import org.hikae.device.state.ManagedDefaults;
import org.hikae.device.state.SignInProfile;
import org.jspecify.annotations.Nullable;

/**
 * Which issuer counts at a sign-in, whichever command asks for it (spec HK1-E-20): the company's
 * setting, else what this device remembers of the portal. A portal names an issuer, and who signs
 * in there types a password, so its word counts only where neither says anything.
 */
public final class PinnedIssuer {

  private final @Nullable String pinned;
  private final @Nullable AgentState earlier;

  private PinnedIssuer(@Nullable String pinned, @Nullable AgentState earlier) {
    this.pinned = pinned;
    this.earlier = earlier;
  }

  /**
   * For a sign-in at a portal.
   *
   * @param managed what the company has set on this device
   * @param earlier what this device remembers, if anything
   * @param server the portal
   */
  public static PinnedIssuer of(ManagedDefaults managed, @Nullable AgentState earlier, URI server)
      throws AgentException {
    String remembered =
        earlier != null && SafeAddress.parse(earlier.profile().server()).equals(server)
            ? earlier.profile().issuer()
            : null;
    return new PinnedIssuer(managed.get("issuer").orElse(remembered), earlier);
  }

  /** That issuer; nothing when the portal's word is all there is. */
  public Optional<String> pinned() {
    return Optional.ofNullable(pinned);
  }

  /** Refuses an issuer that a portal names, before anybody signs in there. */
  public void require(String named) throws AgentException {
    if (pinned != null && !pinned.equals(named)) {
      throw new AgentException(RunResult.REFUSED, "login.wrong-issuer", pinned, named);
    }
    requireOfKey(earlier, named);
  }

  /**
   * Refuses to become an employee of another issuer while this device has K. Portal and vault know
   * people by issuer and subject: there would be no set and no record, and K would go.
   */
  private static void requireOfKey(@Nullable AgentState earlier, String issuer)
      throws AgentException {
    if (earlier != null && earlier.set() != null && !earlier.profile().issuer().equals(issuer)) {
      throw new WrongAccountException(
          "login.key-of-another-issuer", earlier.profile().issuer(), issuer);
    }
  }

  /**
   * Refuses to become anybody else while this device has K, somebody of the same issuer as well: a
   * browser in which another person is signed in is enough for that.
   *
   * @param earlier what this device remembers, if anything
   * @param person who signed in, with the name that the portal gives them
   */
  static void requireOfKey(@Nullable AgentState earlier, SignInProfile person)
      throws AgentException {
    requireOfKey(earlier, person.issuer());
    if (earlier != null && earlier.set() != null && !earlier.profile().isOf(person)) {
      throw new WrongAccountException(
          "login.key-of-another-person",
          TextControl.name(earlier.profile().displayName()),
          TextControl.name(person.displayName()));
    }
  }
}
