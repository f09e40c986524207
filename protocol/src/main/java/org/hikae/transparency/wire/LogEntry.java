package org.hikae.transparency.wire;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.Transcript;
import org.hikae.hk1.TranscriptReader;
import org.hikae.vault.wire.SignedCard;

/**
 * An entry of the portal's log (HK1-X-07). The same thing always has the same bytes, so that who
 * was shown it computes the entry and asks whether the log has it.
 *
 * @param kind what it is about
 * @param content its own bytes, by kind; at most {@link #MAX_CONTENT_BYTES}
 */
public record LogEntry(LogEntryKind kind, byte[] content) {

  /** The longest content, in bytes. */
  public static final int MAX_CONTENT_BYTES = 4096;

  /** The longest entry, in bytes: purpose, kind and content with their lengths. */
  public static final int MAX_BYTES = MAX_CONTENT_BYTES + 64;

  private static final String PURPOSE = "log entry";

  /** Bytes of each half of a signature: r, then s. */
  private static final int SCALAR_BYTES = 32;

  /** The order of P-256's base point (FIPS 186-4, D.1.2.3). */
  private static final BigInteger ORDER =
      new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

  /**
   * Copies the bytes.
   *
   * @throws IllegalArgumentException when there are too many
   */
  public LogEntry {
    if (content.length > MAX_CONTENT_BYTES) {
      throw new IllegalArgumentException("an entry has at most " + MAX_CONTENT_BYTES + " bytes");
    }
    content = content.clone();
  }

  @Override
  public byte[] content() {
    return content.clone();
  }

  /** That this card of the vault is in use; the same entry for both forms of its signature. */
  public static LogEntry ofCard(SignedCard card) {
    byte[] signature = withSmallerS(card.signature());
    SignedCard logged = new SignedCard(card.card(), card.rootKey(), signature);
    return new LogEntry(LogEntryKind.VAULT_CARD, logged.encode());
  }

  /** Anybody makes a second signature of one of ECDSA: the order less s is as valid as s. */
  private static byte[] withSmallerS(byte[] signature) {
    BigInteger s = new BigInteger(1, signature, SCALAR_BYTES, SCALAR_BYTES);
    BigInteger other = ORDER.subtract(s);
    if (other.signum() <= 0 || other.compareTo(s) >= 0) {
      return signature;
    }
    byte[] smaller = other.toByteArray();
    byte[] same = Arrays.copyOf(Arrays.copyOf(signature, SCALAR_BYTES), signature.length);
    System.arraycopy(smaller, 0, same, same.length - smaller.length, smaller.length);
    return same;
  }

  /**
   * That this consent text was published.
   *
   * @param version rises with every publishing
   * @param language {@code en} or {@code ja}
   * @param title one line
   * @param body paragraphs, as employees are shown them
   */
  public static LogEntry ofConsent(int version, String language, String title, String body) {
    // With their lengths, so that nothing of one can be shown as a part of the other.
    Hash256 text = Hash256.sha256(Transcript.fields().add(title).add(body).toBytes());
    Transcript content = Transcript.fields().addU32(version).add(language).add(text.toBytes());
    return new LogEntry(LogEntryKind.CONSENT_TEXT, content.toBytes());
  }

  /**
   * That this root or list of updates was handed out: its whole text, so that anybody can build the
   * packages anew and compare, without signatures, of which there may be more or fewer.
   */
  public static LogEntry ofUpdate(String text) {
    return new LogEntry(LogEntryKind.UPDATE, text.getBytes(StandardCharsets.UTF_8));
  }

  /** The bytes of the entry. */
  public byte[] encode() {
    return Transcript.of(PURPOSE).addU8(kind.number()).add(content).toBytes();
  }

  /** Its hash in the log. */
  public Hash256 leaf() {
    return MerkleHasher.leaf(encode());
  }

  /**
   * Reads what {@link #encode()} wrote.
   *
   * @throws MalformedException when it is another form, or a kind that a later version may know
   */
  public static LogEntry parse(byte[] bytes) throws MalformedException {
    TranscriptReader in = new TranscriptReader(bytes).expectPurpose(PURPOSE);
    int kind = in.u8("kind");
    byte[] content = in.atMost("content", MAX_CONTENT_BYTES);
    in.end();
    return new LogEntry(
        LogEntryKind.of(kind)
            .orElseThrow(() -> new MalformedException("The kind of the entry is not known here.")),
        content);
  }
}
