package org.hikae.admin.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalInt;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of stored objects, from wherever they lie: the database, or the folder of files that it
 * names, or a copy of that folder. They are as they were stored; who takes them compares them with
 * their names.
 */
final class StoredObjectReader {

  private final JdbcSetReader database;
  private final long repositoryId;
  private final @Nullable Path folder;

  /** Reads objects of a repository; {@code folder} is null where none is set. */
  StoredObjectReader(JdbcSetReader database, long repositoryId, @Nullable Path folder) {
    this.database = database;
    this.repositoryId = repositoryId;
    this.folder = folder;
  }

  /** The bytes of an object; empty when it is not there. */
  Optional<byte[]> read(Hash256 name) throws SQLException, IOException {
    OptionalInt slot = database.slot(repositoryId, name);
    if (slot.isEmpty() || folder == null) {
      return database.object(repositoryId, name);
    }
    Optional<byte[]> found = file(folder, name, slot.getAsInt());
    // A database that was restored may name the slot from before bytes were replaced.
    return found.isPresent() ? found : file(folder, name, 1 - slot.getAsInt());
  }

  private Optional<byte[]> file(Path stored, Hash256 name, int slot) throws IOException {
    String hex = name.hex();
    Path file =
        stored
            .resolve("objects")
            .resolve(Long.toString(repositoryId))
            .resolve(hex.substring(0, 2))
            .resolve(slot == 0 ? hex : hex + "." + slot);
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.of(in.readNBytes(Hk1Constants.MAX_OBJECT_BYTES));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }
}
