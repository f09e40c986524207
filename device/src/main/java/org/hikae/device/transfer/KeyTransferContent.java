package org.hikae.device.transfer;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hikae.backup.wire.RunResult;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.AgentException;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.protection.KeyUnlock;
import org.hikae.device.state.AgentState;
import org.hikae.device.state.RememberedVault;
import org.hikae.device.state.SeenSeriesHead;
import org.hikae.device.state.UnlockedSet;
import org.hikae.device.vaultclient.VaultConnector;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.TextCodec;
import org.hikae.hk1.Transcript;
import org.hikae.hk1.TranscriptReader;
import org.hikae.vault.wire.LedgerHead;
import org.hikae.vault.wire.SignedCard;
import org.jspecify.annotations.Nullable;

/**
 * What is handed over: K, and what the old device remembers, so that nobody shows the new one an
 * older state (spec HK1-T-08). The vault's part is there when the old device has a pin.
 *
 * @param key K; the owner of this record closes it
 * @param vaultRoot fingerprint of the vault root that the old device has pinned, hexadecimal
 * @param card the newest card of that vault, base64url
 * @param head the newest head of its ledger, base64url
 * @param formats the form in which the set is written, 0 when the device was not told
 * @param heads newest snapshot seen of each series, by device
 * @param signers devices that are known to sign
 */
record KeyTransferContent(
    BackupKey key,
    @Nullable String vaultRoot,
    @Nullable String card,
    @Nullable String head,
    int formats,
    Map<String, SeenSeriesHead> heads,
    Set<String> signers)
    implements AutoCloseable {

  /** Most series, and most devices that sign, that are handed over. */
  static final int MAX_SERIES = 512;

  private static final int VERSION = 1;
  private static final int GONE = 1;

  /** Copies the collections. */
  KeyTransferContent {
    heads = Map.copyOf(heads);
    signers = Set.copyOf(signers);
  }

  /** Of a device that has K of {@code set}. */
  static KeyTransferContent of(AgentState state, UnlockedSet set) throws AgentException {
    if (state.heads().size() > MAX_SERIES || set.signers().size() > MAX_SERIES) {
      throw new AgentException(RunResult.REFUSED, "transfer.too-many-series", MAX_SERIES);
    }
    String pin = state.profile().vaultRoot();
    String root = pin == null ? null : VaultConnector.parse(pin).hex();
    RememberedVault vault = rememberedOf(root, state.vault());
    Integer formats = set.formats();
    return new KeyTransferContent(
        KeyUnlock.stored(set),
        root,
        vault == null ? null : vault.card(),
        vault == null ? null : vault.head(),
        formats == null ? 0 : formats,
        state.heads(),
        set.signers());
  }

  private static @Nullable RememberedVault rememberedOf(
      @Nullable String root, @Nullable RememberedVault vault) {
    return root != null && vault != null && vault.root().equals(root) ? vault : null;
  }

  /** The bytes, which hold K: the caller overwrites them. */
  byte[] encode() throws AgentException {
    try (SecretBytes secret = key.secret()) {
      byte[] bytes = secret.expose();
      Transcript out =
          Transcript.fields()
              .addU8(VERSION)
              .add(key.setId())
              .addU32(key.generation())
              .add(bytes)
              .add(vaultRoot == null ? new byte[0] : Hash256.parse(vaultRoot).toBytes())
              .add(base64("card", card, SignedCard.MAX_BYTES))
              .add(base64("head", head, LedgerHead.MAX_BYTES))
              .addU8(formats)
              .addU16(heads.size());
      Arrays.fill(bytes, (byte) 0);
      for (Map.Entry<String, SeenSeriesHead> entry : new TreeMap<>(heads).entrySet()) {
        SeenSeriesHead seen = entry.getValue();
        out.add(TextCodec.parseId("deviceId", entry.getKey()))
            .addU64(seen.sequence())
            .add(Hash256.parse(seen.stubHash()).toBytes())
            .addU8(Boolean.TRUE.equals(seen.removed()) ? GONE : 0);
      }
      out.addU16(signers.size());
      for (String signer : new TreeSet<>(signers)) {
        out.add(TextCodec.parseId("deviceId", signer));
      }
      return out.toBytes();
    } catch (MalformedException e) {
      throw new AgentException(RunResult.LOCAL, "state.damaged");
    }
  }

  private static byte[] base64(String name, @Nullable String text, int most)
      throws MalformedException {
    return text == null ? new byte[0] : TextCodec.parseBase64(name, text, most);
  }

  /** Reads what {@link #encode} wrote. */
  static KeyTransferContent parse(byte[] bytes) throws MalformedException {
    TranscriptReader in = new TranscriptReader(bytes);
    if (in.u8("version") != VERSION) {
      throw new MalformedException("This is of a later form.");
    }
    byte[] setId = in.exactly("setId", Hk1Constants.ID_BYTES);
    long generation = in.u32("generation");
    SecretBytes secret = SecretBytes.take(in.exactly("key", Hk1Constants.HASH_BYTES));
    try (secret) {
      if (generation < 1) {
        throw new MalformedException("generation must be 1 or above.");
      }
      byte[] root = in.atMost("vaultRoot", Hk1Constants.HASH_BYTES);
      byte[] card = in.atMost("card", SignedCard.MAX_BYTES);
      byte[] head = in.atMost("head", LedgerHead.MAX_BYTES);
      int formats = in.u8("formats");
      Map<String, SeenSeriesHead> heads = heads(in);
      Set<String> signers = signers(in);
      in.end();
      return new KeyTransferContent(
          BackupKey.of(setId, generation, secret),
          root.length == 0 ? null : Hash256.of(root).hex(),
          card.length == 0 ? null : TextCodec.base64(card),
          head.length == 0 ? null : TextCodec.base64(head),
          formats,
          heads,
          signers);
    } catch (IllegalArgumentException e) {
      throw new MalformedException("A field has another form.");
    }
  }

  private static Map<String, SeenSeriesHead> heads(TranscriptReader in) throws MalformedException {
    int count = in.u16("heads");
    if (count > MAX_SERIES) {
      throw new MalformedException("There are too many series.");
    }
    Map<String, SeenSeriesHead> heads = new HashMap<>();
    for (int i = 0; i < count; i++) {
      String device = TextCodec.hex(in.exactly("deviceId", Hk1Constants.ID_BYTES));
      long sequence = in.u64("sequence");
      String stub = Hash256.of(in.exactly("stubHash", Hk1Constants.HASH_BYTES)).hex();
      SeenSeriesHead seen = new SeenSeriesHead(sequence, stub, null);
      heads.put(device, in.u8("flags") == GONE ? seen.gone() : seen);
    }
    return heads;
  }

  private static Set<String> signers(TranscriptReader in) throws MalformedException {
    int count = in.u16("signers");
    if (count > MAX_SERIES) {
      throw new MalformedException("There are too many devices.");
    }
    Set<String> signers = new TreeSet<>();
    for (int i = 0; i < count; i++) {
      signers.add(TextCodec.hex(in.exactly("deviceId", Hk1Constants.ID_BYTES)));
    }
    return signers;
  }

  @Override
  public void close() {
    key.close();
  }

  @Override
  public String toString() {
    return "KeyTransferContent(REDACTED)";
  }
}
