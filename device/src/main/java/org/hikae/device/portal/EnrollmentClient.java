package org.hikae.device.portal;

import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.AgentVersion;
import org.hikae.enrollment.wire.About;
import org.hikae.enrollment.wire.DeviceSession;
import org.hikae.enrollment.wire.DeviceView;
import org.hikae.enrollment.wire.EnrolDevice;
import org.hikae.enrollment.wire.EnrollmentView;
import org.hikae.enrollment.wire.Nonce;
import org.hikae.enrollment.wire.NonceRequest;
import org.hikae.enrollment.wire.OpenSession;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.TextCodec;

/**
 * What a device may ask before it has a session: where it stands, to be enrolled, and a session.
 */
public final class EnrollmentClient {

  /** Where the portal says something about itself to anyone. */
  public static final String ABOUT = "/public/about";

  private static final String BASE = "/v1/enrollment";

  private final PortalHttpClient http;
  private final PortalTokenSource portalTokenSource;

  /** Asks with the employee's token. */
  public EnrollmentClient(PortalHttpClient http, PortalTokenSource portalTokenSource) {
    this.http = http;
    this.portalTokenSource = portalTokenSource;
  }

  /** What the portal says about itself to anyone. */
  public static About about(PortalHttpClient http) throws AgentException {
    About about = http.read(http.open(http.call("GET", ABOUT)), About.class);
    if (!isPortal(about)) {
      throw new AgentException(RunResult.NETWORK, "network.not-the-portal", http.host());
    }
    if (about.apiVersion() != 1) {
      throw new AgentException(RunResult.REFUSED, "network.newer-portal", about.version());
    }
    return about;
  }

  /** Whether it is a portal that says this, and all that an agent has to know. */
  public static boolean isPortal(About about) {
    return "hikae".equals(about.product())
        && about.issuer() != null
        && about.agentClientId() != null
        && about.portalUrl() != null;
  }

  /** Where the employee stands, with the consent text. */
  public EnrollmentView view() throws AgentException {
    return http.read(
        http.authorised(http.call("GET", BASE), portalTokenSource), EnrollmentView.class);
  }

  /** Makes the device known. */
  public DeviceView enrol(EnrolDevice device) throws AgentException {
    return http.read(
        http.authorised(http.call("POST", BASE + "/devices", device), portalTokenSource),
        DeviceView.class);
  }

  /** Opens a session by signing a fresh nonce. */
  public DeviceSession openSession(DeviceIdentity device, String issuer) throws AgentException {
    String deviceId = TextCodec.hex(device.deviceId());
    Nonce nonce =
        http.read(
            http.authorised(
                http.call("POST", BASE + "/nonces", new NonceRequest(deviceId)), portalTokenSource),
            Nonce.class);
    byte[] bytes;
    try {
      bytes = TextCodec.parseBase64("nonce", nonce.nonce(), Hk1Constants.HASH_BYTES);
    } catch (MalformedException e) {
      throw new AgentException(RunResult.NETWORK, e, "network.not-the-portal", http.host());
    }
    byte[] signature = device.sign(OpenSession.transcript(issuer, device.deviceId(), bytes));
    OpenSession open =
        new OpenSession(deviceId, nonce.nonce(), AgentVersion.CURRENT, TextCodec.base64(signature));
    return http.read(
        http.authorised(http.call("POST", BASE + "/sessions", open), portalTokenSource),
        DeviceSession.class);
  }
}
