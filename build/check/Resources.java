import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Files that go beside the classes as they are. */
final class Resources {

  private Resources() {}

  /** What Maven fills in before it copies it; see the POMs of device and ejb. */
  static boolean isFiltered(String file) {
    return file.contains("/src/main/filtered/")
        || file.equals("device/src/main/resources/org/hikae/device/version.properties");
  }

  /** Copies what changed since the last time, and deletes what is gone. */
  static void copy(Reactor reactor, SourceTree tree, TsvTable copied) throws IOException {
    for (Map.Entry<String, String> file : tree.digests().entrySet()) {
      if (!copied.get(file.getKey(), 0).equals(file.getValue())) {
        for (Path copy : copiesOf(file.getKey(), reactor)) {
          Files.createDirectories(copy.getParent());
          Files.copy(tree.path(file.getKey()), copy, StandardCopyOption.REPLACE_EXISTING);
          copied.put(file.getKey(), file.getValue());
        }
      }
    }
    for (String known : Set.copyOf(copied.rows().keySet())) {
      if (!tree.digests().containsKey(known)) {
        for (Path copy : copiesOf(known, reactor)) {
          Files.deleteIfExists(copy);
          copied.rows().remove(known);
        }
      }
    }
  }

  private static List<Path> copiesOf(String file, Reactor reactor) {
    List<Path> all = new ArrayList<>();
    for (SourceSet one : reactor.sourceSets()) {
      String folder = one.folder("resources");
      if (file.startsWith(folder) && !isFiltered(file)) {
        all.add(one.output().resolve(file.substring(folder.length())));
      }
    }
    // See the POM of admin.
    Path admin = reactor.root().resolve("admin/target/classes");
    if (file.startsWith("persistence/src/main/resources/db/")) {
      all.add(admin.resolve(file.substring("persistence/src/main/resources/".length())));
    }
    if (file.equals("keycloak-realm/hikae-realm.json")) {
      all.add(admin.resolve("org/hikae/admin/check/hikae-realm.json"));
    }
    return all;
  }
}
