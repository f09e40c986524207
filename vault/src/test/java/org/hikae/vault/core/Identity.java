package org.hikae.vault.core;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.hikae.crypto.sign.SigningKey;
import org.hikae.hk1.Ids;
import org.hikae.vault.account.Id;

/** Keys and set of a party. */
record Identity(byte[] deviceKey, SigningKey ownerKey, byte[] ownerPublic, Id deviceId, Id setId) {

  private static final List<Identity> ALL = List.of(numbered(1), numbered(2));

  static Identity of(Party party) {
    return ALL.get(party.ordinal());
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
