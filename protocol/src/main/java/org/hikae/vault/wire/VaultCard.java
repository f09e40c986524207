package org.hikae.vault.wire;

import java.util.ArrayList;
import java.util.List;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.Transcript;
import org.hikae.hk1.TranscriptReader;

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
 * @param history which keys these are
 */
public record VaultCard(
    long sequence,
    String tenant,
    byte[] identityKey,
    byte[] channelKey,
    byte[] akeKey,
    String rootName,
    History history) {

  private static final int MAX_TENANT_BYTES = 64;

  /**
   * Which identity and channel key these are. Both can be made anew without touching a record;
   * OPAQUE's server key cannot, because every record belongs to it.
   *
   * @param identityNumber number of the identity key, from 1
   * @param channelNumber number of the channel's key, from 1
   * @param formerIdentities identity keys before, oldest first, whose receipts are still good; at
   *     most {@link #MAX_FORMER}
   */
  public record History(int identityNumber, int channelNumber, List<byte[]> formerIdentities) {

    /** Most former keys on a card. */
    public static final int MAX_FORMER = 8;

    /** Of a vault's first card. */
    public static final History FIRST = new History(1, 1, List.of());

    private static final int MAX_NUMBER = 0xffff;

    /** Checks numbers and copies the keys. */
    public History {
      boolean numbered =
          identityNumber >= 1
              && channelNumber >= 1
              && identityNumber <= MAX_NUMBER
              && channelNumber <= MAX_NUMBER;
      if (!numbered || formerIdentities.size() > MAX_FORMER) {
        throw new IllegalArgumentException(
            "numbers are 1 to " + MAX_NUMBER + ", former keys at most " + MAX_FORMER);
      }
      formerIdentities = formerIdentities.stream().map(byte[]::clone).toList();
    }

    @Override
    public List<byte[]> formerIdentities() {
      return formerIdentities.stream().map(byte[]::clone).toList();
    }

    private void addTo(Transcript out) {
      out.addU16(identityNumber).addU16(channelNumber).addU8(formerIdentities.size());
      formerIdentities.forEach(out::add);
    }

    private static History read(TranscriptReader in) throws MalformedException {
      int identityNumber = in.u16("identityNumber");
      int channelNumber = in.u16("channelNumber");
      int count = in.u8("formerIdentities");
      if (count > MAX_FORMER) {
        throw new MalformedException("A card may have at most " + MAX_FORMER + " former keys.");
      }
      List<byte[]> former = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        former.add(in.atMost("formerIdentity", Hk1Constants.MAX_SPKI_BYTES));
      }
      return new History(identityNumber, channelNumber, former);
    }
  }

  /** A vault's first card. */
  public VaultCard(
      long sequence,
      String tenant,
      byte[] identityKey,
      byte[] channelKey,
      byte[] akeKey,
      String rootName) {
    this(sequence, tenant, identityKey, channelKey, akeKey, rootName, History.FIRST);
  }

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
    Transcript out =
        Transcript.of("vault card")
            .addU16(Hk1Constants.SUITE)
            .addU32(sequence)
            .add(tenant)
            .add(identityKey)
            .add(channelKey)
            .add(akeKey)
            .add(rootName);
    history.addTo(out);
    return out;
  }

  /** Reads {@link #signedBytes()}. */
  public static VaultCard parse(byte[] signedBytes) throws MalformedException {
    TranscriptReader in = new TranscriptReader(signedBytes).expectPurpose("vault card");
    int suite = in.u16("suite");
    if (suite != Hk1Constants.SUITE) {
      throw new MalformedException(
          "Suite " + suite + " of the vault is unknown; a newer version may know it.");
    }
    long sequence = in.u32("sequence");
    String tenant = in.text("tenant", MAX_TENANT_BYTES);
    byte[] identityKey = in.atMost("identityKey", Hk1Constants.MAX_SPKI_BYTES);
    byte[] channelKey = in.exactly("channelKey", 65);
    byte[] akeKey = in.exactly("akeKey", 33);
    String rootName = in.text("rootName", 32);
    try {
      History history = History.read(in);
      in.end();
      return new VaultCard(sequence, tenant, identityKey, channelKey, akeKey, rootName, history);
    } catch (IllegalArgumentException e) {
      throw new MalformedException("The vault's card has a field that cannot be right.");
    }
  }
}
