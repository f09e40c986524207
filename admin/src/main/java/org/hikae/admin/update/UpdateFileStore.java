package org.hikae.admin.update;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.hikae.enrollment.update.wire.UpdateMetadata;
import org.hikae.enrollment.update.wire.UpdateMetadataKind;
import org.hikae.enrollment.update.wire.UpdateSource;
import org.hikae.enrollment.update.wire.UpdateVerifier;
import org.hikae.hk1.MalformedException;
import org.hikae.transparency.note.wire.SignedNote;
import org.jspecify.annotations.Nullable;

/** The folder with the signed files of updates, and with drafts that nobody has signed yet. */
public final class UpdateFileStore implements UpdateSource {

  private final Path folder;

  /** Of a folder that is there. */
  public UpdateFileStore(Path folder) {
    this.folder = folder;
  }

  @Override
  public byte @Nullable [] get(String file) throws IOException {
    Path path = folder.resolve(file);
    return Files.notExists(path) ? null : read(path);
  }

  /** The bytes of a small file. */
  public static byte[] read(Path file) throws IOException {
    if (Files.size(file) > UpdateVerifier.MAX_FILE_BYTES) {
      throw new IOException(file + " has more than " + UpdateVerifier.MAX_FILE_BYTES + " bytes");
    }
    return Files.readAllBytes(file);
  }

  /**
   * A note with the signatures so far: of a draft none.
   *
   * @throws MalformedException when the file has another form
   */
  public static SignedNote note(Path file) throws IOException, MalformedException {
    byte[] bytes = read(file);
    String all = new String(bytes, StandardCharsets.UTF_8);
    if (!all.endsWith("\n\n")) {
      return SignedNote.parse(bytes);
    }
    try {
      return new SignedNote(all.substring(0, all.length() - 1), List.of());
    } catch (IllegalArgumentException e) {
      throw new MalformedException(file + " is no text that could be signed.");
    }
  }

  /** What a file says, signed or not, whatever it is called. */
  public static UpdateMetadata metadata(SignedNote note) throws MalformedException {
    for (UpdateMetadataKind kind : UpdateMetadataKind.values()) {
      try {
        return UpdateMetadata.parse(kind, note.text());
      } catch (MalformedException e) {
        // Then of the next kind.
      }
    }
    throw new MalformedException("The text is about no update.");
  }

  /** The newest version of this kind in the folder; 0 for none. */
  public int newest(UpdateMetadataKind kind) throws IOException, MalformedException {
    if (kind == UpdateMetadataKind.TIMESTAMP) {
      Path file = folder.resolve(kind.code());
      return Files.exists(file) ? metadata(note(file)).version() : 0;
    }
    String end = "." + kind.code();
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.matches("[1-9][0-9]{0,8}\\" + end))
          .mapToInt(name -> Integer.parseInt(name.substring(0, name.length() - end.length())))
          .max()
          .orElse(0);
    }
  }

  /** Writes a draft under its own name, in place of a draft or a timestamp of before. */
  public Path write(UpdateMetadata draft) throws IOException {
    Path file = folder.resolve(draft.kind().file(draft.version()));
    write(file, new SignedNote(draft.text(), List.of()));
    return file;
  }

  /** Replaces a file; a kill in between leaves the one before. */
  public static void write(Path file, SignedNote note) throws IOException {
    Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
    Path fresh = folder.resolve(file.getFileName() + ".new");
    try {
      // Readable as the umask says: unlike a temporary file it is to be handed out.
      Files.write(
          fresh,
          note.encode(),
          StandardOpenOption.CREATE,
          StandardOpenOption.WRITE,
          StandardOpenOption.TRUNCATE_EXISTING,
          StandardOpenOption.SYNC);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
