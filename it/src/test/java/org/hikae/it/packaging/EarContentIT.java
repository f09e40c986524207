package org.hikae.it.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.hikae.testing.BuildOutput;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Opens the EAR that ships, archives within archives included: it holds nothing that could open a
 * backup or evaluate a vault record, and nothing that WildFly brings itself. Time budget: 10
 * seconds.
 */
@EveryThirdRun
class EarContentIT {

  private static final Set<String> ENTRIES = new TreeSet<>();

  @BeforeAll
  static void open_the_ear() throws IOException {
    try (InputStream in = Files.newInputStream(BuildOutput.ear())) {
      collect("", in);
    }
  }

  @Test
  void the_search_finds_what_is_there() {
    assertThat(classes())
        .anyMatch(name -> name.startsWith("org/hikae/hk1/"))
        .anyMatch(name -> name.startsWith("org/hikae/audit/boundary/"))
        .anyMatch(name -> name.startsWith("org/hikae/audit/entity/"))
        .anyMatch(name -> name.startsWith("org/hikae/identity/rest/"))
        .anyMatch(name -> name.startsWith("org/hikae/identity/faces/"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org/hikae/device/",
        "org/hikae/vault/core/",
        "org/hikae/crypto/",
        "org/bouncycastle/",
        "com/github/luben/"
      })
  void the_ear_holds_no_class_of(String forbidden) {
    assertThat(classes()).noneMatch(name -> name.startsWith(forbidden));
  }

  @ParameterizedTest
  @ValueSource(strings = {"vault", "device", "crypto"})
  void the_ear_holds_no_class_that_the_module_compiled(String module) throws IOException {
    Path compiled = BuildOutput.root().resolve(module).resolve("target/classes");
    try (Stream<Path> files = Files.walk(compiled)) {
      Set<String> theirs = new TreeSet<>();
      files
          .map(file -> compiled.relativize(file).toString())
          .filter(name -> name.endsWith(".class"))
          .forEach(theirs::add);
      assertThat(theirs).isNotEmpty();
      assertThat(classes()).doesNotContainAnyElementsOf(theirs);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jakarta/persistence/",
        "org/slf4j/",
        "jakarta/ws/rs/",
        "org/hibernate/",
        "com/fasterxml/",
        "org/h2/",
        "org/postgresql/",
        "org/jboss/"
      })
  void the_ear_leaves_to_wildfly(String provided) {
    assertThat(classes()).noneMatch(name -> name.startsWith(provided));
  }

  /** Class files with their path inside the innermost archive. */
  private static Set<String> classes() {
    Set<String> names = new TreeSet<>();
    for (String entry : ENTRIES) {
      if (entry.endsWith(".class")) {
        String inner = entry.substring(entry.lastIndexOf('!') + 1);
        names.add(inner.replaceFirst("^WEB-INF/classes/", ""));
      }
    }
    return names;
  }

  private static void collect(String prefix, InputStream archive) throws IOException {
    ZipInputStream zip = new ZipInputStream(archive);
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      String name = entry.getName();
      ENTRIES.add(prefix + name);
      if (name.endsWith(".jar") || name.endsWith(".war")) {
        collect(prefix + name + "!", new ByteArrayInputStream(zip.readAllBytes()));
      }
    }
  }
}
