package org.hikae.it.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.hikae.testing.BuildOutput;

/**
 * The reactor's modules, the packages each may hold, and which other modules each may know.
 *
 * <p>Leaves are disjoint, so the package of a class alone tells its module.
 */
enum ReactorModule {
  PROTOCOL("protocol", "hk1(\\..+)?|[a-z]+(\\.[a-z]+)?\\.wire"),
  CRYPTO("crypto", "crypto(\\..+)?", PROTOCOL),
  VAULT(
      "vault",
      "vault\\.(?!(wire|value|entity|store|control|service|boundary|view|job|rest|faces)$).+",
      CRYPTO,
      PROTOCOL),
  DEVICE("device", "device(\\..+)?", CRYPTO, PROTOCOL),
  ADMIN("admin", "admin(\\..+)?", PROTOCOL),
  PERSISTENCE("persistence", "(?!device\\.)[a-z]+(\\.[a-z]+)?\\.(value|entity|store)", PROTOCOL),
  EJB("ejb", "[a-z]+(\\.[a-z]+)?\\.(control|service|boundary|view|job)", PERSISTENCE, PROTOCOL),
  API("web/api", "[a-z]+(\\.[a-z]+)?\\.rest", EJB, PERSISTENCE, PROTOCOL),
  PORTAL("web/portal", "[a-z]+(\\.[a-z]+)?\\.faces", EJB, PERSISTENCE, PROTOCOL);

  /** What the EAR is made of. */
  static final Set<ReactorModule> SERVER = Set.of(PROTOCOL, PERSISTENCE, EJB, API, PORTAL);

  /** What must never be in the EAR: whatever can open a backup or evaluate a vault record. */
  static final Set<ReactorModule> OUTSIDE = Set.of(CRYPTO, VAULT, DEVICE);

  private static final String ROOT = "org.hikae.";

  /** Reading takes longer than judging, and the suites look at the same classes. */
  private static final Map<Set<ReactorModule>, JavaClasses> READ = new ConcurrentHashMap<>();

  private final String folder;

  @SuppressWarnings("ImmutableEnumChecker") // a Pattern is immutable
  private final Pattern packages;

  @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
  private final List<ReactorModule> mayKnow;

  ReactorModule(String folder, String packages, ReactorModule... mayKnow) {
    this.folder = folder;
    this.packages = Pattern.compile(packages);
    this.mayKnow = List.of(mayKnow);
  }

  Path classes() {
    return BuildOutput.root().resolve(folder).resolve("target/classes");
  }

  String folder() {
    return folder;
  }

  boolean mayHold(String packageName) {
    return packageName.startsWith(ROOT)
        && packages.matcher(packageName.substring(ROOT.length())).matches();
  }

  boolean mayKnow(ReactorModule other) {
    return other == this || mayKnow.contains(other);
  }

  JavaClasses imported() {
    return importAll(Set.of(this));
  }

  /** The package of a class says its module. */
  static Optional<ReactorModule> of(JavaClass javaClass) {
    return Arrays.stream(values()).filter(m -> m.mayHold(javaClass.getPackageName())).findFirst();
  }

  static JavaClasses importAll(Set<ReactorModule> modules) {
    return READ.computeIfAbsent(
        Set.copyOf(modules),
        all ->
            new ClassFileImporter()
                .importPaths(all.stream().map(ReactorModule::classes).toArray(Path[]::new)));
  }

  /** Packages that have at least one class file in this module. */
  Set<String> packageNames() {
    if (!Files.isDirectory(classes())) {
      throw new IllegalStateException(folder + " is not compiled");
    }
    Set<String> names = new TreeSet<>();
    imported().forEach(c -> names.add(c.getPackageName()));
    return names;
  }
}
