package org.hikae.device.remote;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import org.hikae.hk1.Ids;

/**
 * The device's own P-256 key. It signs what only this device may say; the private key is never
 * handed out, save to the secrets file.
 */
public final class DeviceIdentity {

  private static final String SIGNATURE = "SHA256withECDSAinP1363Format";

  private final PrivateKey privateKey;
  private final byte[] publicKey;
  private final SecureRandom random;

  private DeviceIdentity(PrivateKey privateKey, byte[] publicKey, SecureRandom random) {
    this.privateKey = privateKey;
    this.publicKey = publicKey;
    this.random = random;
  }

  /** Makes a new key. */
  public static DeviceIdentity generate(SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      KeyPair pair = generator.generateKeyPair();
      return new DeviceIdentity(pair.getPrivate(), pair.getPublic().getEncoded(), random);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has P-256", e);
    }
  }

  /** Reads a key that was stored; refuses bytes that are no P-256 key. */
  public static DeviceIdentity of(byte[] pkcs8, byte[] publicKey, SecureRandom random)
      throws GeneralSecurityException {
    PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    return new DeviceIdentity(key, publicKey.clone(), random);
  }

  /** SubjectPublicKeyInfo. */
  public byte[] publicKey() {
    return publicKey.clone();
  }

  /** The device's identifier, 16 bytes. */
  public byte[] deviceId() {
    return Ids.deviceId(publicKey);
  }

  /** PKCS#8, for the secrets file. */
  public byte[] exposePrivateKey() {
    return privateKey.getEncoded();
  }

  /** ECDSA with SHA-256, 64 bytes. */
  public byte[] sign(byte[] message) {
    try {
      Signature signature = Signature.getInstance(SIGNATURE);
      signature.initSign(privateKey, random);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform signs with P-256", e);
    }
  }

  @Override
  public String toString() {
    return "DeviceIdentity(" + Ids.hex(deviceId()) + ")";
  }
}
