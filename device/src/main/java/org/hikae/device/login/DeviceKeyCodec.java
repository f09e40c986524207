package org.hikae.device.login;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import org.hikae.backup.wire.RunResult;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.AgentException;
import org.hikae.device.portal.DeviceIdentity;
import org.hikae.device.state.DeviceKeyPair;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.TextCodec;

/** Turns the stored form of the device's key into one that signs, and back. */
public final class DeviceKeyCodec {

  private DeviceKeyCodec() {}

  /** The identity; a damaged secrets file is told as such. */
  public static DeviceIdentity identity(DeviceKeyPair stored, SecureRandom random)
      throws AgentException {
    try (SecretBytes secret =
        SecretBytes.take(
            TextCodec.parseBase64("privateKey", stored.privateKey(), Hk1Constants.HASH_BYTES))) {
      DeviceIdentity identity = DeviceIdentity.of(secret, random);
      byte[] publicKey =
          TextCodec.parseBase64("publicKey", stored.publicKey(), Hk1Constants.MAX_SPKI_BYTES);
      if (!MessageDigest.isEqual(publicKey, identity.publicKey())) {
        throw new AgentException(RunResult.LOCAL, "state.damaged");
      }
      return identity;
    } catch (MalformedException | CryptoException e) {
      throw new AgentException(RunResult.LOCAL, "state.damaged");
    }
  }

  /** A new key in its stored form. */
  static DeviceKeyPair generate(String name, SecureRandom random) {
    DeviceIdentity made = DeviceIdentity.generate(random);
    try (SecretBytes secret = made.exposePrivateKey()) {
      byte[] bytes = secret.expose();
      String stored = TextCodec.base64(bytes);
      Arrays.fill(bytes, (byte) 0);
      return new DeviceKeyPair(name, stored, TextCodec.base64(made.publicKey()));
    }
  }
}
