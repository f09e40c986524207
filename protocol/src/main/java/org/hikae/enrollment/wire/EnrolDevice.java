package org.hikae.enrollment.wire;

import org.hikae.hk1.Transcript;

/**
 * Makes a device known ({@code POST /api/v1/enrollment/devices}). The same key again is success and
 * renames the device.
 *
 * @param name what people call the device, 1 to 100 characters
 * @param platform operating system and architecture, at most 100 characters
 * @param agentVersion version of the agent, at most 50 characters
 * @param publicKey SubjectPublicKeyInfo of the P-256 key made on the device
 * @param signature by that key over all that is said here (spec HK1-E-03)
 */
public record EnrolDevice(
    String name, String platform, String agentVersion, String publicKey, String signature) {

  /**
   * What the new key signs: proof that the device has it, bound to the employee, and all that the
   * device says of itself (spec HK1-E-03).
   */
  public static Transcript described(
      String issuer,
      String subject,
      byte[] publicKey,
      String name,
      String platform,
      String agentVersion) {
    return Transcript.of("enrol device 2")
        .add(issuer)
        .add(subject)
        .add(publicKey)
        .add(name)
        .add(platform)
        .add(agentVersion);
  }

  /** The same for this request. */
  public Transcript described(String issuer, String subject, byte[] key) {
    return described(issuer, subject, key, name, platform, agentVersion);
  }

  /** {@link #transcript} as bytes. */
  public static byte[] signedBytes(String issuer, String subject, byte[] publicKey, String name) {
    return transcript(issuer, subject, publicKey, name).toBytes();
  }

  /** What earlier agents sign: without platform and version. */
  public static Transcript transcript(
      String issuer, String subject, byte[] publicKey, String name) {
    return Transcript.of("enrol device").add(issuer).add(subject).add(publicKey).add(name);
  }
}
