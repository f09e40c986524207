package org.hikae.device.login;

import java.security.SecureRandom;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.AgentVersion;
import org.hikae.device.remote.DeviceIdentity;
import org.hikae.device.remote.EnrollmentPortal;
import org.hikae.device.state.AgentState;
import org.hikae.device.state.DeviceKeyPair;
import org.hikae.device.state.Profile;
import org.hikae.enrollment.wire.EnrolDevice;
import org.hikae.enrollment.wire.EnrollmentView;
import org.hikae.hk1.Ids;
import org.jspecify.annotations.Nullable;

/**
 * Makes the device known to the portal. The key is made on this computer and kept as long as the
 * same person stays signed in here; another person on the same computer gets another key, and
 * nothing of the first one's.
 */
public final class Enrolment {

  /** Most characters of a device's name. */
  public static final int MAX_NAME = 100;

  private final EnrollmentPortal portal;
  private final SecureRandom random;

  /** Enrols through {@code portal}. */
  public Enrolment(EnrollmentPortal portal, SecureRandom random) {
    this.portal = portal;
    this.random = random;
  }

  /**
   * Enrols and returns the state to store. The portal's word about who the employee is must be the
   * token's.
   *
   * @param wanted server, trust and pin; who the employee is comes from the token
   * @param earlier the state before, if there was one
   */
  public AgentState enrol(
      Tokens tokens, Profile wanted, String name, String platform, @Nullable AgentState earlier)
      throws AgentException {
    EnrollmentView view = portal.view();
    if (!view.issuer().equals(tokens.issuer()) || !view.subject().equals(tokens.subject())) {
      throw new AgentException(RunResult.REFUSED, "login.portal-names-another");
    }
    AgentState mine = earlier != null && samePerson(earlier, tokens) ? earlier : null;
    DeviceKeyPair key =
        mine == null ? DeviceKeys.generate(name, random) : renamed(mine.device(), name);
    DeviceIdentity identity = DeviceKeys.identity(key, random);
    byte[] signature =
        identity.sign(
            EnrolDevice.transcript(tokens.issuer(), tokens.subject(), identity.publicKey(), name));
    portal.enrol(
        new EnrolDevice(
            name, platform, AgentVersion.CURRENT, key.publicKey(), Ids.base64(signature)));
    Profile profile =
        new Profile(
            wanted.server(),
            tokens.issuer(),
            wanted.agentClientId(),
            tokens.subject(),
            view.displayName(),
            wanted.caPem(),
            wanted.vaultRoot(),
            wanted.vaultRootFrom());
    return mine == null
        ? AgentState.enrolled(profile, key, tokens.refreshToken())
        : mine.withSignIn(profile, key, tokens.refreshToken());
  }

  private static boolean samePerson(AgentState earlier, Tokens tokens) {
    return earlier.profile().issuer().equals(tokens.issuer())
        && earlier.profile().subject().equals(tokens.subject());
  }

  private static DeviceKeyPair renamed(DeviceKeyPair key, String name) {
    return new DeviceKeyPair(name, key.privateKey(), key.publicKey());
  }
}
