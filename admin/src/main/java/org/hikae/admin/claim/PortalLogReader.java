package org.hikae.admin.claim;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.transparency.log.wire.LogFileSource;
import org.hikae.transparency.log.wire.TransparencyLogResult;
import org.hikae.transparency.log.wire.TransparencyLogVerifier;
import org.hikae.transparency.note.wire.NoteKey;
import org.hikae.transparency.wire.MerkleHasher;
import org.jspecify.annotations.Nullable;

/** Reads a portal's transparency log, once for all claims about it. */
public final class PortalLogReader {

  private final LogFileSource files;
  private final @Nullable NoteKey pinned;
  private final byte @Nullable [] kept;
  private @Nullable ReadLog read;

  /**
   * Reads a log.
   *
   * @param pinned its key, as somebody else has it; null to take the portal's word
   * @param kept an end of it that was kept; null for none
   */
  public PortalLogReader(LogFileSource files, @Nullable NoteKey pinned, byte @Nullable [] kept) {
    this.files = files;
    this.pinned = pinned;
    this.kept = kept == null ? null : kept.clone();
  }

  /**
   * A log that was read.
   *
   * @param key by which its end was checked
   * @param result what came of it
   * @param leaves hashes of its entries; to be believed only when nothing is wrong
   */
  record ReadLog(NoteKey key, TransparencyLogResult result, Set<Hash256> leaves) {}

  /** Whether an end was kept. */
  boolean hasKept() {
    return kept != null;
  }

  /**
   * The key: the pinned one, or the one that the portal gives.
   *
   * @throws IOException when it gives none
   */
  public NoteKey key() throws IOException {
    if (pinned != null) {
      return pinned;
    }
    try {
      return NoteKey.parse(new String(files.get("key"), StandardCharsets.UTF_8).strip());
    } catch (MalformedException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /**
   * Reads all of it.
   *
   * @throws IOException when it cannot be had
   */
  ReadLog read() throws IOException {
    ReadLog known = read;
    if (known != null) {
      return known;
    }
    NoteKey key = key();
    Set<Hash256> leaves = new HashSet<>();
    TransparencyLogResult result =
        new TransparencyLogVerifier(files, key)
            .check(kept, entry -> leaves.add(MerkleHasher.leaf(entry)));
    IOException failure = result.failure();
    if (failure != null) {
      throw failure;
    }
    ReadLog fresh = new ReadLog(key, result, Set.copyOf(leaves));
    read = fresh;
    return fresh;
  }
}
