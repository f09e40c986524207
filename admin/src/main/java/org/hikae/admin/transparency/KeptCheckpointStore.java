package org.hikae.admin.transparency;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.hikae.hk1.MalformedException;
import org.hikae.transparency.note.wire.NoteKey;
import org.hikae.transparency.note.wire.SignedNote;
import org.jspecify.annotations.Nullable;

/** A folder in which somebody keeps what they saw of a log: its key, and its end. */
public final class KeptCheckpointStore {

  private static final int MAX_KEY_BYTES = 1024;

  private final Path folder;

  /** A folder that may not be there yet. */
  public KeptCheckpointStore(Path folder) {
    this.folder = folder;
  }

  /**
   * The key; null before the first look.
   *
   * @throws IOException when it cannot be read
   */
  public @Nullable NoteKey key() throws IOException {
    byte[] bytes = read("key", MAX_KEY_BYTES);
    if (bytes == null) {
      return null;
    }
    try {
      return NoteKey.parse(new String(bytes, StandardCharsets.UTF_8).strip());
    } catch (MalformedException e) {
      throw new IOException(folder.resolve("key") + ": " + e.getMessage(), e);
    }
  }

  /**
   * The end of the log when everything fitted last; null before the first look.
   *
   * @throws IOException when it cannot be read
   */
  public byte @Nullable [] checkpoint() throws IOException {
    return read("checkpoint", SignedNote.MAX_BYTES);
  }

  private byte @Nullable [] read(String name, int maxBytes) throws IOException {
    Path file = folder.resolve(name);
    if (Files.notExists(file)) {
      return null;
    }
    if (Files.size(file) > maxBytes) {
      throw new IOException(file + " has more than " + maxBytes + " bytes");
    }
    return Files.readAllBytes(file);
  }

  /** Keeps the key and an end with which everything fitted. */
  public void keep(NoteKey key, byte[] checkpoint) throws IOException {
    write("key", (key.text() + "\n").getBytes(StandardCharsets.UTF_8));
    write("checkpoint", checkpoint);
  }

  /** Keeps an end that contradicts the kept one, beside it; the first such one stays. */
  public Path keepContradicting(byte[] checkpoint) throws IOException {
    Path file = folder.resolve("checkpoint.other");
    if (Files.notExists(file)) {
      write("checkpoint.other", checkpoint);
    }
    return file;
  }

  private void write(String name, byte[] bytes) throws IOException {
    Files.createDirectories(folder);
    Path fresh = Files.createTempFile(folder, name, ".new");
    Files.write(fresh, bytes, StandardOpenOption.SYNC);
    Files.move(
        fresh,
        folder.resolve(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }
}
