package org.hikae.admin.sbom;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The repository that Maven keeps on the computer that builds. It names what was built from it:
 * many jars have no note about where they come from, and some were renamed, but their bytes are
 * there.
 */
final class LocalMavenRepository {

  private static final int MAX_JARS = 200_000;

  /** Group, name and version are at least one folder each. */
  private static final int LEAST_DEPTH = 4;

  private final Path root;
  private final Map<Long, List<Path>> bySize = new HashMap<>();

  private LocalMavenRepository(Path root) {
    this.root = root;
  }

  /** The repository in this folder; none when it is not there. */
  static LocalMavenRepository in(Path root) throws IOException {
    LocalMavenRepository repository = new LocalMavenRepository(root);
    if (Files.isDirectory(root)) {
      repository.index();
    }
    return repository;
  }

  private void index() throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          private int jars;

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (String.valueOf(file.getFileName()).endsWith(".jar")) {
              bySize.computeIfAbsent(attributes.size(), size -> new ArrayList<>()).add(file);
              jars++;
            }
            return jars < MAX_JARS ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
          }
        });
  }

  /** What these bytes are published as; null when the repository has no such file. */
  @Nullable PackageCoordinates of(byte[] bytes) throws IOException {
    for (Path candidate : bySize.getOrDefault((long) bytes.length, List.of())) {
      if (Arrays.compare(Files.readAllBytes(candidate), bytes) == 0) {
        PackageCoordinates named = named(root.relativize(candidate));
        if (named != null) {
          return named;
        }
      }
    }
    return null;
  }

  private static @Nullable PackageCoordinates named(Path file) {
    int depth = file.getNameCount();
    if (depth < LEAST_DEPTH) {
      return null;
    }
    String version = file.getName(depth - 2).toString();
    String name = file.getName(depth - 3).toString();
    String group =
        file.subpath(0, depth - 3).toString().replace(file.getFileSystem().getSeparator(), ".");
    boolean usual = String.valueOf(file.getFileName()).startsWith(name + "-" + version);
    return usual ? new PackageCoordinates(group, name, version) : null;
  }
}
