package org.hikae.device.login;

import java.security.SecureRandom;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.AgentVersion;
import org.hikae.device.portal.DeviceIdentity;
import org.hikae.device.portal.EnrollmentClient;
import org.hikae.device.portal.PortalRefusalException;
import org.hikae.device.state.AgentState;
import org.hikae.device.state.DeviceKeyPair;
import org.hikae.device.state.SignInProfile;
import org.hikae.enrollment.wire.EnrolDevice;
import org.hikae.enrollment.wire.EnrollmentView;
import org.hikae.hk1.TextCodec;
import org.hikae.hk1.Transcript;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

/**
 * Makes the device known to the portal. The key is made on this computer and kept as long as the
 * same person stays signed in here; another person on the same computer gets another key, and
 * nothing of the first one's.
 */
public final class EnrollmentFlow {

  /** Most characters of a device's name. */
  public static final int MAX_NAME = 100;

  private final EnrollmentClient portal;
  private final SecureRandom random;

  /** Enrols through {@code portal}. */
  public EnrollmentFlow(EnrollmentClient portal, SecureRandom random) {
    this.portal = portal;
    this.random = random;
  }

  /**
   * A device that the portal knows.
   *
   * @param profile who signed in, and where
   * @param key the device's
   * @param refreshToken offline token of the sign-in
   */
  public record Enrolled(SignInProfile profile, DeviceKeyPair key, String refreshToken) {

    /**
     * The state to store in place of the newest one, if there is one. Signing in and enrolling take
     * their time, in which another command may have opted in.
     */
    public AgentState over(@Nullable AgentState newest) throws AgentException {
      PinnedIssuer.requireOfKey(newest, profile);
      if (newest == null) {
        return AgentState.enrolled(profile, key, refreshToken);
      }
      return newest.profile().isOf(profile)
          ? newest.withSignIn(profile, key, refreshToken)
          : newest.ofAnother(profile, key, refreshToken);
    }

    @Override
    public String toString() {
      return "Enrolled(REDACTED)";
    }
  }

  /**
   * Enrols. The portal's word about who the employee is must be the token's.
   *
   * @param wanted server, trust and pin; who the employee is comes from the token
   * @param earlier the state before, if there was one
   * @param same whether nobody else than before may sign in, whatever this device has
   */
  public Enrolled enrol(
      TokenSet tokens,
      SignInProfile wanted,
      String name,
      String platform,
      @Nullable AgentState earlier,
      boolean same)
      throws AgentException {
    EnrollmentView view = portal.view();
    if (!view.issuer().equals(tokens.issuer()) || !view.subject().equals(tokens.subject())) {
      throw new AgentException(RunResult.REFUSED, "login.portal-names-another");
    }
    SignInProfile profile =
        new SignInProfile(
            wanted.server(),
            tokens.issuer(),
            wanted.agentClientId(),
            tokens.subject(),
            view.displayName(),
            wanted.caPem(),
            wanted.vaultRoot(),
            wanted.vaultRootFrom());
    PinnedIssuer.requireOfKey(earlier, profile);
    AgentState mine = earlier != null && earlier.profile().isOf(profile) ? earlier : null;
    if (same && mine == null) {
      throw new WrongAccountException("login.other-person");
    }
    DeviceKeyPair key =
        mine == null ? DeviceKeyCodec.generate(name, random) : renamed(mine.device(), name);
    enrol(tokens, DeviceKeyCodec.identity(key, random), name, platform);
    return new Enrolled(profile, key, tokens.refreshToken());
  }

  /**
   * Signs all that it says; a portal from before platform and version were signed refuses that
   * signature and takes the earlier one.
   */
  private void enrol(TokenSet tokens, DeviceIdentity identity, String name, String platform)
      throws AgentException {
    byte[] key = identity.publicKey();
    String version = AgentVersion.CURRENT;
    try {
      Transcript all =
          EnrolDevice.described(tokens.issuer(), tokens.subject(), key, name, platform, version);
      enrol(identity, name, platform, all);
    } catch (PortalRefusalException e) {
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
            TextCodec.base64(identity.publicKey()),
            TextCodec.base64(identity.sign(signed))));
  }

  private static DeviceKeyPair renamed(DeviceKeyPair key, String name) {
    return new DeviceKeyPair(name, key.privateKey(), key.publicKey());
  }
}
