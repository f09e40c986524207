package org.hikae.enrollment.update.wire;

import java.io.IOException;
import java.time.Instant;
import org.hikae.hk1.MalformedException;
import org.hikae.transparency.note.wire.NoteSignatureException;
import org.hikae.transparency.note.wire.SignedNote;

/**
 * Finds the newest list of packages as TUF's client does (HK1-U-06): roots one by one, then the
 * timestamp, then the list that it names. Whoever gives the files can keep them back and no more.
 */
public final class UpdateVerifier {

  /** The longest file: a text with many signatures. */
  public static final int MAX_FILE_BYTES = 16 * 1024;

  /** Most roots that are followed in one look. */
  public static final int MAX_ROOTS = 64;

  private final UpdateSource files;
  private final UpdateTrustSink kept;
  private final Instant now;

  /**
   * Looks at these files, at this time.
   *
   * @param kept is given what is to be believed from now on, each time that it gets newer: also
   *     when what comes then does not hold
   */
  public UpdateVerifier(UpdateSource files, UpdateTrustSink kept, Instant now) {
    this.files = files;
    this.kept = kept;
    this.now = now;
  }

  /**
   * Looks.
   *
   * @param before what was believed until now
   * @throws UpdateException when something does not hold; then nothing new may be believed
   * @throws IOException when a file cannot be had, or nothing can be kept
   */
  public UpdateResult verify(UpdateTrust before) throws UpdateException, IOException {
    UpdateTrust trust = newestRoot(before);
    UpdateRoot root = trust.root();
    requireFresh(root);
    UpdateTimestamp timestamp = timestamp(trust);
    kept.keep(new UpdateTrust(root, timestamp));
    return new UpdateResult(root, timestamp, list(root, timestamp));
  }

  private UpdateTrust newestRoot(UpdateTrust before) throws UpdateException, IOException {
    UpdateTrust trust = before;
    for (int followed = 0; followed < MAX_ROOTS; followed++) {
      UpdateRoot root = trust.root();
      int next = root.version() + 1;
      String name = UpdateMetadataKind.ROOT.file(next);
      byte[] given = files.get(name);
      if (given == null) {
        return trust;
      }
      SignedNote note = note(given, name);
      requireSigned(root.keysOf(UpdateMetadataKind.ROOT), note, name);
      try {
        UpdateRoot newer = UpdateRoot.parse(note.text());
        if (newer.version() != next) {
          throw new UpdateException(UpdateFault.ROLLBACK, name);
        }
        // Those who are to sign from now on have their keys, and know it.
        requireSigned(newer.keysOf(UpdateMetadataKind.ROOT), note, name);
        trust = trust.with(newer);
        // Whoever shows it once cannot go back to keys that it has taken away.
        kept.keep(trust);
      } catch (MalformedException e) {
        throw new UpdateException(UpdateFault.UNREADABLE, name);
      }
    }
    throw new UpdateException(UpdateFault.ENDLESS, UpdateMetadataKind.ROOT.code());
  }

  private UpdateTimestamp timestamp(UpdateTrust trust) throws UpdateException, IOException {
    String name = UpdateMetadataKind.TIMESTAMP.code();
    SignedNote note = signed(trust.root(), UpdateMetadataKind.TIMESTAMP, name);
    UpdateTimestamp seen = trust.timestamp();
    UpdateTimestamp found;
    try {
      found = UpdateTimestamp.parse(note.text());
    } catch (MalformedException e) {
      throw new UpdateException(UpdateFault.UNREADABLE, name);
    }
    if (seen != null && !found.equals(seen) && found.isBehind(seen)) {
      throw new UpdateException(UpdateFault.ROLLBACK, name);
    }
    requireFresh(found);
    return found;
  }

  private UpdateTargets list(UpdateRoot root, UpdateTimestamp timestamp)
      throws UpdateException, IOException {
    String name = UpdateMetadataKind.TARGETS.file(timestamp.listVersion());
    SignedNote note = signed(root, UpdateMetadataKind.TARGETS, name);
    try {
      UpdateTargets list = UpdateTargets.parse(note.text());
      if (list.version() != timestamp.listVersion()
          || !list.sha256().equals(timestamp.listHash())) {
        throw new UpdateException(UpdateFault.MIXED, name);
      }
      requireFresh(list);
      return list;
    } catch (MalformedException e) {
      throw new UpdateException(UpdateFault.UNREADABLE, name);
    }
  }

  private SignedNote signed(UpdateRoot root, UpdateMetadataKind kind, String name)
      throws UpdateException, IOException {
    byte[] given = files.get(name);
    if (given == null) {
      throw new UpdateException(UpdateFault.MISSING, name);
    }
    SignedNote note = note(given, name);
    requireSigned(root.keysOf(kind), note, name);
    return note;
  }

  private static SignedNote note(byte[] given, String name) throws UpdateException {
    if (given.length > MAX_FILE_BYTES) {
      throw new UpdateException(UpdateFault.UNREADABLE, name);
    }
    try {
      return SignedNote.parse(given);
    } catch (MalformedException e) {
      throw new UpdateException(UpdateFault.UNREADABLE, name);
    }
  }

  private static void requireSigned(UpdateKeyset keys, SignedNote note, String name)
      throws UpdateException {
    try {
      if (keys.hasSigned(note)) {
        return;
      }
    } catch (NoteSignatureException e) {
      // The same as too few.
    }
    throw new UpdateException(UpdateFault.UNSIGNED, name);
  }

  private void requireFresh(UpdateMetadata metadata) throws UpdateException {
    if (!metadata.isFresh(now)) {
      throw new UpdateException(UpdateFault.EXPIRED, metadata.kind().file(metadata.version()));
    }
  }
}
