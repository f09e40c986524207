package org.hikae.vault.exploration.system;

import java.security.SecureRandom;
import java.util.Arrays;
import org.hikae.crypto.sign.SigningKey;
import org.hikae.hk1.Ids;
import org.hikae.vault.account.Id;

/** Keys and set of a party. */
public record Identity(
    byte[] deviceKey, SigningKey ownerKey, byte[] ownerPublic, Id deviceId, Id setId) {

  private static final Identity OWNER = numbered(1);
  private static final Identity THIEF = numbered(2);
  private static final Identity NEWCOMER = numbered(3);
  private static final Identity PORTAL = numbered(4);

  static Identity of(Party party) {
    return switch (party) {
      case OWNER, STOLEN -> OWNER;
      case NEWCOMER -> NEWCOMER;
      case THIEF -> THIEF;
      case PORTAL -> PORTAL;
    };
  }

  private static Identity numbered(int number) {
    byte[] device = new byte[91];
    Arrays.fill(device, (byte) number);
    byte[] set = new byte[16];
    Arrays.fill(set, (byte) number);
    SigningKey owner = SigningKey.generate(new SecureRandom());
    return new Identity(
        device, owner, owner.publicKey().encode(), Id.of(Ids.deviceId(device)), Id.of(set));
  }
}
