package org.hikae.admin.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hikae.transparency.note.wire.Checkpoint;
import org.hikae.transparency.note.wire.NoteKey;
import org.hikae.transparency.note.wire.NoteKeyType;
import org.hikae.transparency.note.wire.NoteSigner;
import org.hikae.transparency.note.wire.SignedNote;
import org.hikae.transparency.wire.CompactRange;
import org.hikae.transparency.wire.EntryBundle;
import org.hikae.transparency.wire.MerkleHasher;
import org.hikae.transparency.wire.TilePath;

/** The files of a log for tests, which whoever has its key may change at will. */
public final class PublishedLog {

  static final String ORIGIN = "portal.example/api/public/log";

  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final NoteSigner signer;

  /** A log without an end, with a key of its own. */
  public PublishedLog() throws Exception {
    signer = newSigner();
  }

  /** Signs in the name of the log, by a fresh key. */
  public static NoteSigner newSigner() throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    byte[] spki = pair.getPublic().getEncoded();
    NoteKey key =
        NoteKey.of(
            ORIGIN,
            NoteKeyType.ED25519,
            Arrays.copyOfRange(spki, spki.length - NoteKey.PUBLIC_BYTES, spki.length));
    return new NoteSigner(
        key,
        message -> {
          Signature signature = Signature.getInstance("Ed25519");
          signature.initSign(pair.getPrivate());
          signature.update(message);
          return signature.sign();
        });
  }

  /** Its key. */
  public NoteKey key() {
    return signer.key();
  }

  /** Its files by their paths. */
  public Map<String, byte[]> files() {
    return files;
  }

  /** A file; an {@link IOException} when there is none. */
  public byte[] file(String path) throws IOException {
    byte[] bytes = files.get(path);
    if (bytes == null) {
      throw new IOException("not found: " + path);
    }
    return bytes;
  }

  /** A log of this many entries. */
  public byte[] publish(int size) throws Exception {
    return publish(size, Integer.MAX_VALUE);
  }

  /** A log of this many entries; from the place of a change on they are others. */
  public byte[] publish(int size, int changedAt) throws Exception {
    List<byte[]> entries = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      entries.add(((i >= changedAt ? "other " : "entry ") + i).getBytes(StandardCharsets.UTF_8));
    }
    return publish(entries);
  }

  /** A log of these entries. */
  public byte[] publish(List<byte[]> entries) throws Exception {
    int size = entries.size();
    CompactRange range = CompactRange.EMPTY;
    for (byte[] entry : entries) {
      range = range.append(MerkleHasher.leaf(entry), (level, index, hash) -> {});
    }
    files.clear();
    files.put("key", (key().text() + "\n").getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i * TilePath.FULL < size; i++) {
      TilePath path = TilePath.of(TilePath.ENTRIES, i, size);
      int from = i * TilePath.FULL;
      EntryBundle bundle = new EntryBundle(entries.subList(from, from + path.width()));
      files.put(path.path(), bundle.encode());
    }
    return end(new Checkpoint(ORIGIN, size, range.root()), signer);
  }

  /** Signs an end of the log. */
  byte[] end(Checkpoint checkpoint) throws GeneralSecurityException {
    return end(checkpoint, signer);
  }

  byte[] end(Checkpoint checkpoint, NoteSigner by) throws GeneralSecurityException {
    String text = checkpoint.text();
    byte[] bytes = new SignedNote(text, List.of(by.sign(text))).encode();
    files.put("checkpoint", bytes);
    return bytes;
  }
}
