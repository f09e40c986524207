package org.hikae.vault.wire;

import org.hikae.hk1.FieldReader;
import org.hikae.hk1.Hk1;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.Transcript;

/**
 * The vault's public keys, signed by the offline vault root (spec HK1-V-01). A device pins the
 * root's fingerprint, checks the signature over {@link #signedBytes()} and never accepts a lower
 * sequence than it has seen.
 *
 * @param sequence version of the card, starting at 1
 * @param tenant the company, at most 64 characters of {@code a-z 0-9 -}
 * @param identityKey signs receipts and Status; SubjectPublicKeyInfo of a P-256 key
 * @param channelKey HPKE key of the channel; uncompressed P-256 point, 65 bytes
 * @param akeKey OPAQUE's server public key; compressed P-256 point, 33 bytes
 * @param rootName how the root of the vault's keys is kept, told to people: {@code software} or
 *     {@code pkcs11}
 */
public record VaultCard(
    long sequence,
    String tenant,
    byte[] identityKey,
    byte[] channelKey,
    byte[] akeKey,
    String rootName) {

  private static final int MAX_TENANT_BYTES = 64;

  /** Copies the arrays and checks lengths. */
  public VaultCard {
    if (channelKey.length != 65 || akeKey.length != 33 || !tenant.matches("[a-z0-9-]{1,64}")) {
      throw new IllegalArgumentException(
          "channelKey has 65 bytes, akeKey 33, tenant 1 to 64 of a-z 0-9 -");
    }
    identityKey = identityKey.clone();
    channelKey = channelKey.clone();
    akeKey = akeKey.clone();
  }

  @Override
  public byte[] identityKey() {
    return identityKey.clone();
  }

  @Override
  public byte[] channelKey() {
    return channelKey.clone();
  }

  @Override
  public byte[] akeKey() {
    return akeKey.clone();
  }

  /** What the vault root signs, and what the channel is bound to, as bytes. */
  public byte[] signedBytes() {
    return transcript().toBytes();
  }

  /** What the vault root signs. */
  public Transcript transcript() {
    return Transcript.of("vault card")
        .addU16(Hk1.SUITE)
        .addU32(sequence)
        .add(tenant)
        .add(identityKey)
        .add(channelKey)
        .add(akeKey)
        .add(rootName);
  }

  /** Reads {@link #signedBytes()}. */
  public static VaultCard parse(byte[] signedBytes) throws MalformedException {
    FieldReader in = new FieldReader(signedBytes).expectPurpose("vault card");
    int suite = in.u16("suite");
    if (suite != Hk1.SUITE) {
      throw new MalformedException(
          "Suite " + suite + " of the vault is unknown; a newer version may know it.");
    }
    long sequence = in.u32("sequence");
    String tenant = in.text("tenant", MAX_TENANT_BYTES);
    byte[] identityKey = in.atMost("identityKey", Hk1.MAX_SPKI_BYTES);
    byte[] channelKey = in.exactly("channelKey", 65);
    byte[] akeKey = in.exactly("akeKey", 33);
    String rootName = in.text("rootName", 32);
    in.end();
    try {
      return new VaultCard(sequence, tenant, identityKey, channelKey, akeKey, rootName);
    } catch (IllegalArgumentException e) {
      throw new MalformedException("The vault's card has a field that cannot be right.");
    }
  }
}
