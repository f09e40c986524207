package org.hikae.device.login;

import java.security.SecureRandom;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.AgentVersion;
import org.hikae.device.remote.DeviceIdentity;
import org.hikae.device.remote.EnrollmentPortal;
import org.hikae.device.remote.PortalRefusal;
import org.hikae.device.state.AgentState;
import org.hikae.device.state.DeviceKeyPair;
import org.hikae.device.state.Profile;
import org.hikae.enrollment.wire.EnrolDevice;
import org.hikae.enrollment.wire.EnrollmentView;
import org.hikae.hk1.Ids;
import org.hikae.hk1.Transcript;
import org.hikae.problem.wire.ProblemCode;
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
    // The same as before the sign-in, which takes minutes: another command may have opted in.
    PinnedIssuer.requireOfKey(earlier, tokens.issuer());
    AgentState mine = earlier != null && samePerson(earlier, tokens) ? earlier : null;
    DeviceKeyPair key =
        mine == null ? DeviceKeys.generate(name, random) : renamed(mine.device(), name);
    DeviceIdentity identity = DeviceKeys.identity(key, random);
    enrol(tokens, identity, name, platform);
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

  /**
   * Signs all that it says; a portal from before platform and version were signed refuses that
   * signature and takes the earlier one.
   */
  private void enrol(Tokens tokens, DeviceIdentity identity, String name, String platform)
      throws AgentException {
    byte[] key = identity.publicKey();
    String version = AgentVersion.CURRENT;
    try {
      Transcript all =
          EnrolDevice.described(tokens.issuer(), tokens.subject(), key, name, platform, version);
      enrol(identity, name, platform, all);
    } catch (PortalRefusal e) {
      if (!e.is(ProblemCode.BAD_SIGNATURE)) {
        throw e;
      }
      Transcript earlier = EnrolDevice.transcript(tokens.issuer(), tokens.subject(), key, name);
      enrol(identity, name, platform, earlier);
    }
  }

  private void enrol(DeviceIdentity identity, String name, String platform, Transcript signed)
      throws AgentException {
    portal.enrol(
        new EnrolDevice(
            name,
            platform,
            AgentVersion.CURRENT,
            Ids.base64(identity.publicKey()),
            Ids.base64(identity.sign(signed))));
  }

  private static boolean samePerson(AgentState earlier, Tokens tokens) {
    return earlier.profile().issuer().equals(tokens.issuer())
        && earlier.profile().subject().equals(tokens.subject());
  }

  private static DeviceKeyPair renamed(DeviceKeyPair key, String name) {
    return new DeviceKeyPair(name, key.privateKey(), key.publicKey());
  }
}
