package org.hikae.device.state;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Names of restic credentials that are to end and that the portal was not told about yet: an empty
 * file each. They end by themselves in time, so trouble with these files fails nothing.
 */
public final class ResticRevocationStore {

  /** Most that are looked at. */
  static final int MAX_NAMES = 100;

  private static final Pattern NAME = Pattern.compile("[0-9a-f]{32}");

  private final Path folder;

  /** Keeps them in the home. */
  public ResticRevocationStore(AgentHome home) {
    this.folder = home.resticRevocations();
  }

  /** Keeps one. */
  public void keep(String username) {
    try {
      Files.createDirectories(folder);
      Files.createFile(folder.resolve(username));
    } catch (FileAlreadyExistsException e) {
      // It is kept.
    } catch (IOException e) {
      // It ends by itself in time.
    }
  }

  /** Those that were kept. */
  public List<String> all() {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> NAME.matcher(name).matches())
          .limit(MAX_NAMES)
          .toList();
    } catch (IOException e) {
      // There are none yet, or they end by themselves in time.
      return List.of();
    }
  }

  /** Forgets one that has ended. */
  public void drop(String username) {
    try {
      Files.deleteIfExists(folder.resolve(username));
    } catch (IOException e) {
      // It is ended again next time, which the portal takes.
    }
  }
}
