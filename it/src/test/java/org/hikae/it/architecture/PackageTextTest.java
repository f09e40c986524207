package org.hikae.it.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hikae.it.tidy.SourceIndex;
import org.junit.jupiter.api.Test;

/** What a package says about itself is true: types that it names exist, and its rules hold. */
class PackageTextTest {

  private static final JavaClasses EVERYTHING =
      ReactorModule.importAll(EnumSet.allOf(ReactorModule.class));

  private static final List<PackageText> TEXTS = PackageText.all();

  /** Files of a package; with more of them nobody finds the one that is looked for. */
  private static final long MOST_FILES = 25;

  /** Programs of others with two words in their names. */
  private static final Set<String> FOREIGN = Set.of("WildFly");

  /** How a sentence says what a package does not know. */
  private static final Pattern STATES_A_RULE =
      Pattern.compile(
          "^(?:Knows|Calls|Pure|Only)\\b|\\b(?:[Ii]t|none) knows\\b|\\bdoes not know\\b");

  private static final String CLI = "org.hikae.device.cli..";
  private static final String[] COMMANDS =
      Stream.of(
              "account",
              "backup",
              "mount",
              "protection",
              "restic",
              "restore",
              "search",
              "snapshots",
              "vault",
              "window")
          .map(name -> "org.hikae.device.cli." + name)
          .toArray(String[]::new);
  private static final String[] PORTS_IMPLEMENTED =
      Stream.of("database", "token", "witness", "root..", "secret", "process", "cli")
          .map(name -> "org.hikae.vault." + name)
          .toArray(String[]::new);

  /** What a sentence means, for the package that says it. */
  @FunctionalInterface
  private interface Meaning {
    ArchRule of(String packageName);
  }

  private static final Map<String, Meaning> RULES =
      Map.ofEntries(
          // The portal.
          Map.entry("Knows no store.", knowsNone("..store")),
          Map.entry("Knows no entity.", knowsNone("..entity")),
          Map.entry(
              "Knows no use case.",
              knowsNone("..control", "..service", "..boundary", "..view", "..job")),
          Map.entry("Knows no entity, store or bean.", PackageTextTest::knowsNoBean),
          Map.entry("Pure: knows no entity, store or bean.", PackageTextTest::knowsNoBean),
          Map.entry("Calls no boundary and no job.", knowsNone("..boundary", "..job")),
          Map.entry("Calls no boundary.", knowsNone("..boundary")),
          Map.entry(
              "Each bean states its roles, and none knows HTTP or pages.",
              knowsNone(
                  "..rest", "..faces", "jakarta.ws.rs..", "jakarta.servlet..", "jakarta.faces..")),
          Map.entry("Knows no entity, store or page.", knowsNone("..entity", "..store", "..faces")),
          Map.entry(
              "Knows no entity, store or REST resource.",
              knowsNone("..entity", "..store", "..rest")),
          Map.entry("Knows nothing else of Hikae.", knowsOnly("org.hikae..")),
          Map.entry(
              "it knows keys and bytes only.",
              knowsOnly("org.hikae..", "org.hikae.hk1", "org.hikae.backup.volume.store")),
          // The agent.
          Map.entry("It knows no command.", PackageTextTest::knowsNoCommand),
          Map.entry(
              "It knows no command and no other package of the command line.", knowsOnly(CLI)),
          Map.entry("It knows no walk.", knowsNone("org.hikae.device.backup")),
          Map.entry("It knows no backup.", knowsNone(backup())),
          Map.entry("It knows no restore.", knowsNone(restore())),
          Map.entry("It restores nothing.", knowsNone(restore())),
          Map.entry("It knows no backup and no restore", knowsNone(both(backup(), restore()))),
          Map.entry(
              "It knows no backup and no manifest.",
              knowsNone(both(backup(), "org.hikae.device.manifest"))),
          Map.entry("It knows no backup and no command.", knowsNone(both(backup(), CLI))),
          Map.entry("It knows no operation of the portal.", knowsNone("org.hikae.device.portal")),
          Map.entry(
              "It opens nothing that is sealed.",
              knowsNone(
                  "org.hikae.device.sealing",
                  "org.hikae.device.keys",
                  "org.hikae.device.snapshot")),
          Map.entry(
              "It does not know the restore that asks.", knowsNone("org.hikae.device.restore")),
          Map.entry(
              "Nothing here talks to anyone",
              knowsNone("java.net..", "org.hikae.device.http", "org.hikae.device.portal")),
          Map.entry(
              "Only this package of the agent knows the libraries that draw",
              knowsAloneIn(
                  "org.hikae.device..",
                  "org.apache.pdfbox..",
                  "org.apache.fontbox..",
                  "io.nayuki.qrcodegen..")),
          // The vault.
          Map.entry(
              "Pure: no store, no clock, no key.",
              knowsOnly("org.hikae.vault..", "org.hikae.vault.wire")),
          Map.entry("It knows ports, never what implements them.", knowsNone(PORTS_IMPLEMENTED)),
          Map.entry("It knows nothing that implements them.", knowsNone(PORTS_IMPLEMENTED)),
          Map.entry(
              "It knows rows and bytes, and no use case.",
              knowsNone("org.hikae.vault.core", "org.hikae.vault.transaction")),
          Map.entry(
              "It knows no transaction and no use case.",
              knowsNone("org.hikae.vault.core", "org.hikae.vault.transaction")),
          Map.entry("It knows no use case.", knowsNone("org.hikae.vault.core")),
          Map.entry(
              "It knows no kind of root.",
              knowsNone(
                  "org.hikae.vault.root",
                  "org.hikae.vault.root.pkcs11",
                  "org.hikae.vault.root.software")),
          Map.entry("It knows no root in files.", knowsNone("org.hikae.vault.root.software")),
          Map.entry("It knows no token.", knowsNone("org.hikae.vault.root.pkcs11")),
          Map.entry("It knows nothing else of the vault.", knowsOnly("org.hikae.vault..")),
          // What ships has no such package at all.
          Map.entry("Only tests use it.", PackageTextTest::isNotShipped),
          Map.entry("Only the exploration uses it.", PackageTextTest::isNotShipped));

  @Test
  void the_types_that_a_text_names_exist() {
    assertThat(TEXTS).isNotEmpty();
    assertThat(TEXTS.stream().flatMap(text -> missing(text).stream())).isEmpty();
  }

  @Test
  void each_rule_that_a_text_states_is_one_that_is_enforced() {
    assertThat(TEXTS.stream().flatMap(text -> unknown(text).stream())).isEmpty();
  }

  @Test
  void each_rule_holds_where_it_is_stated() {
    List<String> broken = new ArrayList<>();
    Set<String> unused = new TreeSet<>(RULES.keySet());
    for (PackageText text : TEXTS) {
      RULES.forEach(
          (words, meaning) -> {
            if (states(text, words)) {
              unused.remove(words);
              broken.addAll(violations(meaning, text.name()));
            }
          });
    }
    assertThat(broken).isEmpty();
    assertThat(unused).as("no package says so").isEmpty();
  }

  @Test
  void each_package_is_small() {
    Map<String, Long> files =
        SourceIndex.ofRepository().texts().keySet().stream()
            .filter(source -> !source.endsWith("/package-info.java"))
            .collect(
                Collectors.groupingBy(
                    source -> source.substring(0, source.lastIndexOf('/')),
                    TreeMap::new,
                    Collectors.counting()));
    files.values().removeIf(count -> count <= MOST_FILES);
    assertThat(files).as("packages to split by what their types are for").isEmpty();
  }

  @Test
  void planted_lies_are_found() {
    PackageText planted =
        text("Uses {@link ReportDesk}, ReportBoard and {@code Refusal}. It knows no weather.");
    assertThat(missing(planted)).hasSize(2);
    assertThat(unknown(planted)).hasSize(1);
    assertThat(violations(knowsNone("..entity"), "org.hikae.backup.store")).isNotEmpty();
    assertThat(violations(knowsOnly("org.hikae..", "..wire"), "org.hikae.vault.core")).isNotEmpty();
    assertThat(violations(knowsAlone("jakarta.persistence.."), "org.hikae.backup.store"))
        .isNotEmpty();
  }

  @Test
  void an_honest_text_is_not() {
    PackageText honest =
        text("The port {@link org.hikae.device.store.BackupStore}. Knows no store.");
    assertThat(missing(honest)).isEmpty();
    assertThat(unknown(honest)).isEmpty();
  }

  private static PackageText text(String comment) {
    return PackageText.of("planted", "/** " + comment + " */\npackage org.hikae.planted;\n");
  }

  private static boolean states(PackageText text, String words) {
    return text.sentences().stream().anyMatch(sentence -> isSaid(words, sentence));
  }

  /** A whole sentence, or the beginning of one. */
  private static boolean isSaid(String words, String sentence) {
    return words.endsWith(".") ? sentence.endsWith(words) : sentence.startsWith(words);
  }

  private static List<String> missing(PackageText text) {
    return text.types().stream()
        .filter(type -> SourceIndex.ofRepository().find(type) == null)
        .filter(type -> !FOREIGN.contains(type) && !isOfJava(type))
        .map(type -> text.source() + " names " + type)
        .toList();
  }

  private static boolean isOfJava(String type) {
    try {
      Class.forName("java.lang." + type);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private static List<String> unknown(PackageText text) {
    return text.sentences().stream()
        .filter(sentence -> STATES_A_RULE.matcher(sentence).find())
        .filter(sentence -> RULES.keySet().stream().noneMatch(words -> isSaid(words, sentence)))
        .map(sentence -> text.source() + ": " + sentence)
        .toList();
  }

  private static List<String> violations(Meaning meaning, String packageName) {
    return meaning.of(packageName).evaluate(EVERYTHING).getFailureReport().getDetails();
  }

  private static Meaning knowsNone(String... forbidden) {
    return name ->
        noClasses()
            .that()
            .resideInAPackage(name)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(forbidden)
            .allowEmptyShould(true);
  }

  /** Of {@code all}, nothing but itself and these. */
  private static Meaning knowsOnly(String all, String... allowed) {
    return name ->
        noClasses()
            .that()
            .resideInAPackage(name)
            .should()
            .dependOnClassesThat(
                resideInAPackage(all).and(not(resideInAnyPackage(both(allowed, name)))))
            .allowEmptyShould(true);
  }

  /** Nobody else knows these. */
  private static Meaning knowsAlone(String... these) {
    return name ->
        noClasses()
            .that()
            .resideOutsideOfPackage(name)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(these);
  }

  /** The same among the packages of a program. */
  private static Meaning knowsAloneIn(String program, String... these) {
    return name ->
        noClasses()
            .that()
            .resideInAPackage(program)
            .and()
            .resideOutsideOfPackage(name)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(these);
  }

  private static ArchRule knowsNoBean(String name) {
    return knowsNone("..entity", "..store", "..service", "..boundary", "..job").of(name);
  }

  private static ArchRule knowsNoCommand(String name) {
    return name.startsWith("org.hikae.device.cli.")
        ? knowsNone(COMMANDS).of(name)
        : knowsNone(CLI).of(name);
  }

  private static ArchRule isNotShipped(String name) {
    return noClasses().should().resideInAPackage(name);
  }

  private static String[] backup() {
    return new String[] {"org.hikae.device.backup..", "org.hikae.device.cli.backup"};
  }

  private static String[] restore() {
    return new String[] {"org.hikae.device.restore..", "org.hikae.device.cli.restore"};
  }

  private static String[] both(String[] some, String... others) {
    return Stream.concat(Stream.of(some), Stream.of(others)).toArray(String[]::new);
  }
}
