package org.hikae.vault.exploration.system;

import java.security.SecureRandom;
import java.util.Arrays;
import org.hikae.crypto.sign.SigningKey;
import org.hikae.hk1.TextCodec;
import org.hikae.vault.account.Id128;

/** Keys and set of a party. */
public record PartyIdentity(
    byte[] deviceKey, SigningKey ownerKey, byte[] ownerPublic, Id128 deviceId, Id128 setId) {

  private static final PartyIdentity OWNER = numbered(1);
  private static final PartyIdentity THIEF = numbered(2);
  private static final PartyIdentity NEWCOMER = numbered(3);
  private static final PartyIdentity PORTAL = numbered(4);

  static PartyIdentity of(Party party) {
    return switch (party) {
      case OWNER, STOLEN -> OWNER;
      case NEWCOMER -> NEWCOMER;
      case THIEF -> THIEF;
      case PORTAL -> PORTAL;
    };
  }

  private static PartyIdentity numbered(int number) {
    byte[] device = new byte[91];
    Arrays.fill(device, (byte) number);
    byte[] set = new byte[16];
    Arrays.fill(set, (byte) number);
    SigningKey owner = SigningKey.generate(new SecureRandom());
    return new PartyIdentity(
        device,
        owner,
        owner.publicKey().encode(),
        Id128.of(TextCodec.deviceId(device)),
        Id128.of(set));
  }
}
