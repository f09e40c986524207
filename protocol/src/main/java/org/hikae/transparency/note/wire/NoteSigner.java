package org.hikae.transparency.note.wire;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;

/**
 * Signs notes. The private key stays with who has it; this class knows how to ask. Has no {@code
 * toString}.
 */
public final class NoteSigner {

  private final NoteKey key;
  private final MessageSigner secret;

  /** The private half of a key of Ed25519, wherever it is kept. */
  @FunctionalInterface
  public interface MessageSigner {

    /** The signature of these bytes (RFC 8032). */
    byte[] sign(byte[] message) throws GeneralSecurityException;
  }

  /**
   * Signs in the name of a key.
   *
   * @param secret the other half of {@code key}
   */
  public NoteSigner(NoteKey key, MessageSigner secret) {
    this.key = key;
    this.secret = secret;
  }

  /** The key by which others verify. */
  public NoteKey key() {
    return key;
  }

  /**
   * Signs the text of a note.
   *
   * @throws GeneralSecurityException when the key cannot be used, or is another one's half
   * @throws IllegalStateException when the key is for cosignatures
   */
  public NoteSignature sign(String text) throws GeneralSecurityException {
    return sign(NoteKeyType.ED25519, text, 0);
  }

  /**
   * Says that the checkpoint of this text is consistent with all that were seen of its log, and the
   * largest by now (C2SP tlog-cosignature). To have compared them is the caller's part.
   *
   * @param time kept in whole seconds; not before 1970
   * @throws GeneralSecurityException when the key cannot be used, or is another one's half
   * @throws IllegalArgumentException when the time is before 1970
   * @throws IllegalStateException when the key is not for cosignatures
   */
  public NoteSignature cosign(String text, Instant time) throws GeneralSecurityException {
    if (time.isBefore(Instant.EPOCH)) {
      throw new IllegalArgumentException("no cosignature is of before 1970");
    }
    return sign(NoteKeyType.COSIGNATURE, text, time.getEpochSecond());
  }

  private NoteSignature sign(NoteKeyType type, String text, long time)
      throws GeneralSecurityException {
    if (key.type() != type) {
      throw new IllegalStateException("the key signs " + key.type() + ", not " + type);
    }
    byte[] signed = secret.sign(NoteKey.message(type, text, time));
    ByteBuffer bytes = ByteBuffer.allocate(type.timeBytes() + signed.length);
    if (type.timeBytes() > 0) {
      bytes.putLong(time);
    }
    NoteSignature signature = new NoteSignature(key.name(), key.id(), bytes.put(signed).array());
    // A signature that others refuse must not go out: they would refuse the whole note.
    if (!key.hasSigned(text, signature)) {
      throw new GeneralSecurityException("the private key does not belong to the public one");
    }
    return signature;
  }
}
