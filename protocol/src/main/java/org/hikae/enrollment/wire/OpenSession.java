package org.hikae.enrollment.wire;

import org.hikae.hk1.Transcript;

/**
 * Opens a device session ({@code POST /api/v1/enrollment/sessions}).
 *
 * @param deviceId the device
 * @param nonce a nonce of {@link Nonce}
 * @param agentVersion version of the agent
 * @param signature by the device key over {@link #signedBytes}
 */
public record OpenSession(String deviceId, String nonce, String agentVersion, String signature) {

  /** {@link #transcript} as bytes. */
  public static byte[] signedBytes(String issuer, byte[] deviceId, byte[] nonce) {
    return transcript(issuer, deviceId, nonce).toBytes();
  }

  /** What the device signs. */
  public static Transcript transcript(String issuer, byte[] deviceId, byte[] nonce) {
    return Transcript.of("device session").add(issuer).add(deviceId).add(nonce);
  }
}
