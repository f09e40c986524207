package org.hikae.admin.dossier;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hikae.hk1.Hash256;
import org.hikae.transparency.note.wire.NoteSigner;
import org.hikae.transparency.note.wire.SignedNote;

/** Signs the hashes of a dossier's files in one note (HK1-J-02). */
public final class DossierNoteWriter {

  private final NoteSigner signer;

  /** Signs by this key. */
  public DossierNoteWriter(NoteSigner signer) {
    this.signer = signer;
  }

  /** The text that is signed. */
  static String text(Instant madeAt, Map<String, byte[]> files) {
    StringBuilder text = new StringBuilder("hikae dossier\nversion 1\nmade ");
    text.append(madeAt).append('\n');
    new TreeMap<>(files)
        .forEach(
            (name, bytes) ->
                text.append(Hash256.sha256(bytes).hex()).append("  ").append(name).append('\n'));
    return text.toString();
  }

  /**
   * The note.
   *
   * @param files bytes by name
   * @throws GeneralSecurityException when the key cannot be used
   */
  public byte[] write(Instant madeAt, Map<String, byte[]> files) throws GeneralSecurityException {
    String text = text(madeAt, files);
    return new SignedNote(text, List.of(signer.sign(text))).encode();
  }
}
