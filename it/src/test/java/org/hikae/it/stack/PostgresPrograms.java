package org.hikae.it.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;

/** The newest PostgreSQL of the operating system's packages. */
public final class PostgresPrograms {

  private static final Path VERSIONS = Path.of("/usr/lib/postgresql");

  private PostgresPrograms() {}

  /** The folder with {@code initdb} and the others. */
  public static Path folder() throws IOException {
    try (Stream<Path> versions = Files.list(VERSIONS)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Comparator.comparingInt(bin -> number(bin.getParent())))
          .orElseThrow(() -> new IOException("PostgreSQL is not installed (Debian: postgresql)"));
    }
  }

  private static int number(Path version) {
    return Integer.parseInt(Objects.toString(version.getFileName()));
  }
}
