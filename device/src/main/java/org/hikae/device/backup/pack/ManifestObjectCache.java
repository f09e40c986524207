package org.hikae.device.backup.pack;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Set;
import org.hikae.device.snapshot.SealedObjectCache;
import org.hikae.hk1.Hash256;
import org.jspecify.annotations.Nullable;

/**
 * Copies of sealed objects of the last manifest, so that a run need not fetch them again. They are
 * the same ciphertext that the store has. Losing any of it costs a download and nothing else, so
 * every failure here is passed over.
 */
public final class ManifestObjectCache implements SealedObjectCache {

  private static final String SUFFIX = ".sealed";

  /** Files that a run makes for a moment; what is there after one was left by a killed run. */
  private static final String MOMENTARY = "*.{new,index}";

  private final @Nullable Path folder;

  /** Keeps files in {@code folder}, or nothing when there is none. */
  public ManifestObjectCache(@Nullable Path folder) {
    this.folder = folder;
  }

  @Override
  public Optional<byte[]> get(Hash256 name) {
    if (folder == null) {
      return Optional.empty();
    }
    try {
      byte[] object = Files.readAllBytes(file(folder, name));
      return Hash256.sha256(object).equals(name) ? Optional.of(object) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Keeps a copy. */
  public void put(Hash256 name, byte[] object) {
    if (folder == null) {
      return;
    }
    try {
      Path fresh = Files.createTempFile(folder, "object", ".new");
      try {
        Files.write(fresh, object);
        Files.move(fresh, file(folder, name), StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException e) {
      // The next run fetches it.
    }
  }

  /** Drops all others, and what killed runs left behind; called when nothing is being written. */
  public void keepOnly(Set<Hash256> names) {
    if (folder == null) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (Path file : files) {
        String hex = String.valueOf(file.getFileName()).replace(SUFFIX, "");
        if (names.stream().noneMatch(name -> name.hex().equals(hex))) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // What is left over is dropped by a later run.
      return;
    }
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, MOMENTARY)) {
      for (Path file : left) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | DirectoryIteratorException e) {
      // The same.
    }
  }

  private static Path file(Path folder, Hash256 name) {
    return folder.resolve(name.hex() + SUFFIX);
  }
}
