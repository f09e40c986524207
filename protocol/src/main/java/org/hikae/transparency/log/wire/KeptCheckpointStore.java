package org.hikae.transparency.log.wire;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.transparency.note.wire.NoteKey;
import org.hikae.transparency.note.wire.SignedNote;
import org.jspecify.annotations.Nullable;

/** A folder in which somebody keeps what they saw of a log: its key, and its end. */
public final class KeptCheckpointStore {

  /** Most ends that are kept beside the one that fitted, of each kind. */
  public static final int MAX_BESIDE = 100;

  private static final String CHECKPOINT = "checkpoint";

  private static final int MAX_KEY_BYTES = 1024;

  /** How much of a hash a file's name has, in hexadecimal digits. */
  private static final int NAME_DIGITS = 16;

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
    return read(CHECKPOINT, SignedNote.MAX_BYTES);
  }

  /** Whether neither a key nor an end is kept, readable or not. */
  public boolean isEmpty() {
    return Files.notExists(folder.resolve("key")) && Files.notExists(folder.resolve(CHECKPOINT));
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

  /**
   * Keeps the key, also before an end fits. The first one stays.
   *
   * @throws IOException when it cannot be written, or another one is kept
   */
  public void keepKey(NoteKey key) throws IOException {
    NoteKey kept = key();
    if (kept == null) {
      write("key", (key.text() + "\n").getBytes(StandardCharsets.UTF_8));
    } else if (!kept.equals(key)) {
      throw new IOException(folder.resolve("key") + " is another key");
    }
  }

  /**
   * Keeps the key and an end with which everything fitted.
   *
   * @param before the end with which it was compared; null for none
   * @throws IOException when it cannot be written, or another run has kept something meanwhile,
   *     which may be longer and stays
   */
  public void keep(NoteKey key, byte @Nullable [] before, byte[] checkpoint) throws IOException {
    byte[] now = checkpoint();
    boolean same =
        now == null ? before == null : before != null && Arrays.compare(now, before) == 0;
    if (!same) {
      throw new IOException("another run has kept something meanwhile");
    }
    keepKey(key);
    write(CHECKPOINT, checkpoint);
  }

  /**
   * Keeps an end that contradicts the kept one, each in a file of its own.
   *
   * @return the file; nothing when there are {@link #MAX_BESIDE} already
   */
  public Optional<Path> keepContradicting(byte[] checkpoint) throws IOException {
    return keepBeside("checkpoint.other-", checkpoint);
  }

  /**
   * Keeps an end that was signed and not shown to continue the kept one. It may turn out to be
   * evidence.
   *
   * @return the file; nothing when there are {@link #MAX_BESIDE} already
   */
  public Optional<Path> keepUnproven(byte[] checkpoint) throws IOException {
    return keepBeside("checkpoint.unproven-", checkpoint);
  }

  /**
   * Keeps the end of a log that lacked a card which was in use, once for each card.
   *
   * @param leaf hash of the card's entry, as the log would have it
   * @return the file; nothing when there are {@link #MAX_BESIDE} already
   */
  public Optional<Path> keepWithoutCard(Hash256 leaf, byte[] checkpoint) throws IOException {
    return keepBeside("checkpoint.without-card-", leaf, checkpoint);
  }

  private Optional<Path> keepBeside(String prefix, byte[] checkpoint) throws IOException {
    return keepBeside(prefix, Hash256.sha256(checkpoint), checkpoint);
  }

  private Optional<Path> keepBeside(String prefix, Hash256 of, byte[] checkpoint)
      throws IOException {
    String name = prefix + of.hex().substring(0, NAME_DIGITS);
    Path file = folder.resolve(name);
    if (Files.notExists(file)) {
      if (count(prefix) >= MAX_BESIDE) {
        return Optional.empty();
      }
      write(name, checkpoint);
    }
    return Optional.of(file);
  }

  private long count(String prefix) throws IOException {
    if (Files.notExists(folder)) {
      return 0;
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> String.valueOf(file.getFileName()).startsWith(prefix)).count();
    }
  }

  private void write(String name, byte[] bytes) throws IOException {
    Files.createDirectories(folder);
    Path fresh = Files.createTempFile(folder, "new-", ".tmp");
    try {
      Files.write(fresh, bytes, StandardOpenOption.SYNC);
      Files.move(
          fresh,
          folder.resolve(name),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      // Without it a power cut may take the new name back.
      try (FileChannel all = FileChannel.open(folder, StandardOpenOption.READ)) {
        all.force(true);
      }
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
