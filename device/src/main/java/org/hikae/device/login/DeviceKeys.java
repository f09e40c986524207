package org.hikae.device.login;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.remote.DeviceIdentity;
import org.hikae.device.state.DeviceKeyPair;
import org.hikae.hk1.Hk1;
import org.hikae.hk1.Ids;
import org.hikae.hk1.MalformedException;

/** Turns the stored form of the device's key into one that signs. */
public final class DeviceKeys {

  private static final int MAX_PKCS8_BYTES = 512;

  private DeviceKeys() {}

  /** The identity; a damaged secrets file is told as such. */
  public static DeviceIdentity identity(DeviceKeyPair stored, SecureRandom random)
      throws AgentException {
    try {
      return DeviceIdentity.of(
          Ids.parseBase64("privateKey", stored.privateKey(), MAX_PKCS8_BYTES),
          Ids.parseBase64("publicKey", stored.publicKey(), Hk1.MAX_SPKI_BYTES),
          random);
    } catch (MalformedException | GeneralSecurityException e) {
      throw new AgentException(RunResult.LOCAL, "state.damaged");
    }
  }
}
