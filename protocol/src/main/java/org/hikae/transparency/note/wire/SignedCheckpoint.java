package org.hikae.transparency.note.wire;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hikae.hk1.MalformedException;

/**
 * A checkpoint that its log has signed, with the witnesses that have. Only {@link #open} makes one,
 * so it was verified. Two of one log that no proof joins are evidence against the log: keep {@link
 * #bytes()} of both.
 */
public final class SignedCheckpoint {

  private final Checkpoint checkpoint;
  private final SignedNote note;
  private final NoteSignature own;
  private final List<Cosignature> cosignatures;

  private SignedCheckpoint(
      Checkpoint checkpoint, SignedNote note, NoteSignature own, List<Cosignature> cosignatures) {
    this.checkpoint = checkpoint;
    this.note = note;
    this.own = own;
    this.cosignatures = cosignatures;
  }

  /**
   * Verifies a checkpoint.
   *
   * @param origin that of the log which is asked for
   * @param log the log's key, of type {@link NoteKeyType#ED25519}
   * @param witnesses keys of the witnesses that the caller knows, of type {@link
   *     NoteKeyType#COSIGNATURE}; how many have to sign is the caller's to say
   * @throws MalformedException when the bytes have another form
   * @throws NoteSignatureException when it is of another log, the log has not signed it, or a
   *     signature of one of these keys is wrong
   */
  public static SignedCheckpoint open(
      byte[] bytes, String origin, NoteKey log, List<NoteKey> witnesses)
      throws MalformedException, NoteSignatureException {
    SignedNote note = SignedNote.parse(bytes);
    Map<NoteKey, NoteSignature> verified =
        note.verify(Stream.concat(Stream.of(log), witnesses.stream()).distinct().toList());
    NoteSignature own = verified.get(log);
    if (log.type() != NoteKeyType.ED25519 || own == null) {
      throw new NoteSignatureException("The log has not signed its checkpoint.");
    }
    Checkpoint checkpoint = Checkpoint.parse(note.text());
    if (!checkpoint.origin().equals(origin)) {
      throw new NoteSignatureException("The checkpoint is of another log.");
    }
    List<Cosignature> cosignatures =
        verified.entrySet().stream()
            .filter(entry -> entry.getKey().type() == NoteKeyType.COSIGNATURE)
            .map(entry -> new Cosignature(entry.getKey(), time(entry.getValue())))
            .toList();
    return new SignedCheckpoint(checkpoint, note, own, cosignatures);
  }

  /** The time stands before the signature. */
  private static Instant time(NoteSignature verified) {
    long seconds = ByteBuffer.wrap(verified.signature()).getLong();
    return Instant.ofEpochSecond(Math.min(seconds, Instant.MAX.getEpochSecond()));
  }

  /** What the log says of itself. */
  public Checkpoint checkpoint() {
    return checkpoint;
  }

  /** The known witnesses that have signed it, each once, in the order of their signatures. */
  public List<Cosignature> cosignatures() {
    return cosignatures;
  }

  /**
   * The checkpoint with the log's own signature alone: anybody on the way can add lines of keys
   * that nobody knows, so that one end comes as many.
   */
  public byte[] ownBytes() {
    return new SignedNote(note.text(), List.of(own)).encode();
  }

  /** The checkpoint with all its signatures, also those of unknown keys. */
  public byte[] bytes() {
    return note.encode();
  }
}
