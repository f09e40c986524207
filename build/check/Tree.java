import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Every file of the repository that somebody wrote, with the digest of what is in it. */
final class Tree {

  private static final Set<String> MADE =
      Set.of("target", ".git", ".hikae", ".idea", "node_modules");

  private final Path root;
  private final Map<String, String> digests = new TreeMap<>();

  private Tree(Path root) {
    this.root = root;
  }

  /** Looks at all files; what has the size and time of the last look is not read again. */
  static Tree read(Path root, Table cache) throws IOException {
    Tree tree = new Tree(root);
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return MADE.contains(folder.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isRegularFile()) {
              tree.add(file, attributes, cache);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    cache.rows().keySet().retainAll(tree.digests.keySet());
    return tree;
  }

  private void add(Path file, BasicFileAttributes attributes, Table cache) throws IOException {
    String name = root.relativize(file).toString();
    String seen = attributes.size() + "/" + attributes.lastModifiedTime().toMillis();
    if (!cache.get(name, 0).equals(seen)) {
      cache.put(name, seen, Digest.of(Files.readAllBytes(file)));
    }
    digests.put(name, cache.get(name, 1));
  }

  /** By path below the root. */
  Map<String, String> digests() {
    return digests;
  }

  Path path(String name) {
    return root.resolve(name);
  }
}
