import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Files that go beside the classes as they are. */
final class Resources {

  private Resources() {}

  /** What Maven fills in before it copies it; see the POMs of device and ejb. */
  static boolean filtered(String file) {
    return file.contains("/src/main/filtered/")
        || file.equals("device/src/main/resources/org/hikae/device/version.properties");
  }

  /** Copies what changed since the last time, and forgets what is gone. */
  static void copy(Reactor reactor, Tree tree, Table compiled) throws IOException {
    for (Map.Entry<String, String> file : tree.digests().entrySet()) {
      if (!compiled.get(file.getKey(), 0).equals(file.getValue())) {
        for (Path copy : copiesOf(reactor, file.getKey())) {
          Files.createDirectories(copy.getParent());
          Files.copy(tree.path(file.getKey()), copy, StandardCopyOption.REPLACE_EXISTING);
          compiled.put(file.getKey(), file.getValue());
        }
      }
    }
    for (String known : compiled.rows().keySet().toArray(String[]::new)) {
      if (!tree.digests().containsKey(known)) {
        for (Path copy : copiesOf(reactor, known)) {
          Files.deleteIfExists(copy);
          compiled.rows().remove(known);
        }
      }
    }
  }

  private static List<Path> copiesOf(Reactor reactor, String file) {
    List<Path> all = new ArrayList<>();
    if (filtered(file)) {
      return all;
    }
    for (Module module : reactor.modules()) {
      for (Module.Part part : Module.Part.values()) {
        String from = module.source(part, "resources");
        if (file.startsWith(from)) {
          all.add(module.output(part).resolve(file.substring(from.length())));
        }
      }
    }
    // See the POM of admin.
    Path admin = reactor.module("admin").output(Module.Part.MAIN);
    if (file.startsWith("persistence/src/main/resources/db/")) {
      all.add(admin.resolve(file.substring("persistence/src/main/resources/".length())));
    }
    if (file.equals("keycloak-realm/hikae-realm.json")) {
      all.add(admin.resolve("org/hikae/admin/check/hikae-realm.json"));
    }
    return all;
  }
}
