package org.hikae.transparency.log.wire;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.transparency.note.wire.Checkpoint;
import org.hikae.transparency.note.wire.NoteKey;
import org.hikae.transparency.note.wire.NoteSignatureException;
import org.hikae.transparency.note.wire.SignedCheckpoint;
import org.hikae.transparency.wire.CompactRange;
import org.hikae.transparency.wire.EntryBundle;
import org.hikae.transparency.wire.MerkleHasher;
import org.hikae.transparency.wire.TilePath;
import org.jspecify.annotations.Nullable;

/**
 * Reads every entry of a log and hashes it anew, so that it needs no proof: what the log signed
 * before has to come out on the way (HK1-X-05, HK1-X-08).
 */
public final class TransparencyLogVerifier {

  /** Most entries that are read: 65,536 bundles. */
  public static final long MAX_ENTRIES = 65_536L * TilePath.FULL;

  private final LogFileSource files;
  private final NoteKey key;

  /** Looks at the log of this key. */
  public TransparencyLogVerifier(LogFileSource files, NoteKey key) {
    this.files = files;
    this.key = key;
  }

  /**
   * Looks at the log.
   *
   * @param kept its end as it was given some time ago; null for none
   * @throws IOException when {@code kept} is none of this log
   */
  public TransparencyLogResult check(byte @Nullable [] kept) throws IOException {
    return check(kept, entry -> {});
  }

  /**
   * Looks at the log, and at each of its entries on the way.
   *
   * @param kept its end as it was given some time ago; null for none
   * @param entries is given each entry in its order; to be believed only when nothing is wrong
   * @throws IOException when {@code kept} is none of this log
   */
  public TransparencyLogResult check(byte @Nullable [] kept, Consumer<byte[]> entries)
      throws IOException {
    Checkpoint before = kept == null ? null : known(kept);
    long then = before == null ? 0 : before.size();
    long size = 0;
    byte[] bytes = new byte[0];
    try {
      bytes = files.get("checkpoint");
      Checkpoint now = open(bytes);
      size = now.size();
      return new TransparencyLogResult(fault(before, now, entries), size, then, bytes, null);
    } catch (MalformedException | NoteSignatureException e) {
      return new TransparencyLogResult(TransparencyLogFault.BAD_CHECKPOINT, 0, then, bytes, null);
    } catch (IOException e) {
      // The end may have been had: whoever signs another one does not get away with silence.
      return new TransparencyLogResult(TransparencyLogFault.NO_ANSWER, size, then, bytes, e);
    }
  }

  /** How many entries an end of the log of this key is about; 0 when it is none. */
  public static long sizeOf(byte[] checkpoint, NoteKey key) {
    try {
      return new TransparencyLogVerifier(path -> checkpoint, key).open(checkpoint).size();
    } catch (MalformedException | NoteSignatureException e) {
      return 0;
    }
  }

  private Checkpoint known(byte[] kept) throws IOException {
    try {
      return open(kept);
    } catch (MalformedException | NoteSignatureException e) {
      throw new IOException("what was kept is no checkpoint of this log", e);
    }
  }

  private Checkpoint open(byte[] bytes) throws MalformedException, NoteSignatureException {
    return SignedCheckpoint.open(bytes, key.name(), key, List.of()).checkpoint();
  }

  private @Nullable TransparencyLogFault fault(
      @Nullable Checkpoint before, Checkpoint now, Consumer<byte[]> entries) throws IOException {
    if (before != null && before.size() > now.size()) {
      return TransparencyLogFault.SHRUNK;
    }
    if (before != null && before.size() == now.size() && !before.root().equals(now.root())) {
      // The two ends alone are the proof, whatever the portal gives as entries.
      return TransparencyLogFault.FORKED;
    }
    if (now.size() > MAX_ENTRIES) {
      return TransparencyLogFault.TOO_LARGE;
    }
    CompactRange range = CompactRange.EMPTY;
    Hash256 then = null;
    try {
      for (long index = 0; range.size() < now.size(); index++) {
        TilePath path = TilePath.of(TilePath.ENTRIES, index, now.size());
        for (byte[] entry : EntryBundle.parse(files.get(path.path()), path.width()).entries()) {
          then = before != null && before.size() == range.size() ? range.root() : then;
          range = range.append(MerkleHasher.leaf(entry), (level, place, hash) -> {});
          entries.accept(entry);
        }
      }
    } catch (MalformedException e) {
      return TransparencyLogFault.OTHER_ENTRIES;
    }
    if (!range.root().equals(now.root())) {
      return TransparencyLogFault.OTHER_ENTRIES;
    }
    Hash256 begins = then == null ? range.root() : then;
    boolean forked = before != null && !before.root().equals(begins);
    return forked ? TransparencyLogFault.FORKED : null;
  }
}
