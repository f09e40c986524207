package org.hikae.device.state;

/**
 * The device's identity: a P-256 key made on this computer, which never leaves it.
 *
 * @param name what people call the device
 * @param privateKey the secret number, 32 bytes, base64url
 * @param publicKey SubjectPublicKeyInfo, base64url
 */
public record DeviceKeyPair(String name, String privateKey, String publicKey) {
  @Override
  public String toString() {
    return "DeviceKeyPair(REDACTED)";
  }
}
