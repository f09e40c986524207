package org.hikae.device.portal;

import java.security.SecureRandom;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.crypto.sign.Signer;
import org.hikae.crypto.sign.SigningKey;
import org.hikae.hk1.TextCodec;
import org.hikae.hk1.Transcript;

/**
 * The device's own P-256 key. It signs what only this device may say; the private key is never
 * handed out, save to the secrets file.
 */
public final class DeviceIdentity {

  private final SigningKey key;
  private final byte[] publicKey;

  private DeviceIdentity(SigningKey key) {
    this.key = key;
    this.publicKey = key.publicKey().encode();
  }

  /** Makes a new key. */
  public static DeviceIdentity generate(SecureRandom random) {
    return new DeviceIdentity(SigningKey.generate(random));
  }

  /** Reads what {@link #exposePrivateKey} gave. */
  public static DeviceIdentity of(SecretBytes privateKey, SecureRandom random)
      throws CryptoException {
    return new DeviceIdentity(SigningKey.decode(privateKey, random));
  }

  /** SubjectPublicKeyInfo. */
  public byte[] publicKey() {
    return publicKey.clone();
  }

  /** The device's identifier, 16 bytes. */
  public byte[] deviceId() {
    return TextCodec.deviceId(publicKey);
  }

  /** The secret number, for the secrets file. */
  public SecretBytes exposePrivateKey() {
    return key.encode();
  }

  /** ECDSA with SHA-256, 64 bytes. */
  public byte[] sign(Transcript transcript) {
    return key.sign(transcript);
  }

  /** The key, to sign with and not to be read. */
  public Signer signer() {
    return key;
  }

  /** The same of the input of a JWS with ES256 (RFC 7515). */
  public byte[] signJws(String signingInput) {
    return key.signJws(signingInput);
  }

  @Override
  public String toString() {
    return "DeviceIdentity(" + TextCodec.hex(deviceId()) + ")";
  }
}
