package org.hikae.enrollment.update.wire;

import org.hikae.hk1.MalformedException;
import org.hikae.transparency.note.wire.NoteSignatureException;
import org.hikae.transparency.note.wire.SignedNote;
import org.jspecify.annotations.Nullable;

/**
 * What somebody believes of updates before they look: it only gets newer (HK1-U-06).
 *
 * @param root the newest root that was seen
 * @param timestamp the newest timestamp that was seen under it; null for none
 */
public record UpdateTrust(UpdateRoot root, @Nullable UpdateTimestamp timestamp) {

  /**
   * Begins with a root that came by another way than updates do. It has to be signed by its own
   * keys, so that a draft is not taken for one.
   *
   * @throws UpdateException when it is none
   */
  public static UpdateTrust begin(byte[] file) throws UpdateException {
    String name = UpdateMetadataKind.ROOT.code();
    try {
      if (file.length <= UpdateVerifier.MAX_FILE_BYTES) {
        SignedNote note = SignedNote.parse(file);
        UpdateRoot root = UpdateRoot.parse(note.text());
        if (root.keysOf(UpdateMetadataKind.ROOT).hasSigned(note)) {
          return new UpdateTrust(root, null);
        }
      }
    } catch (MalformedException e) {
      throw new UpdateException(UpdateFault.UNREADABLE, name);
    } catch (NoteSignatureException e) {
      throw new UpdateException(UpdateFault.UNSIGNED, name);
    }
    throw new UpdateException(UpdateFault.UNSIGNED, name);
  }

  /**
   * The same with the next root. When the keys of lists or of timestamps are others now, what the
   * old ones have signed is forgotten: who had stolen them may have signed the last version there
   * is, and nothing newer would ever come.
   */
  UpdateTrust with(UpdateRoot next) {
    boolean same =
        root.keysOf(UpdateMetadataKind.TARGETS).isSameAs(next.keysOf(UpdateMetadataKind.TARGETS))
            && root.keysOf(UpdateMetadataKind.TIMESTAMP)
                .isSameAs(next.keysOf(UpdateMetadataKind.TIMESTAMP));
    return new UpdateTrust(next, same ? timestamp : null);
  }
}
