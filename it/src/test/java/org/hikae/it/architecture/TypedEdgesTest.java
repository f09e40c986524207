package org.hikae.it.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hikae.enrollment.wire.DeviceState;
import org.hikae.identity.value.EmployeeId;
import org.hikae.testing.BuildOutput;
import org.junit.jupiter.api.Test;

/**
 * Records that go over an edge name times and the constants of enums by their types; text is made
 * of them, and read, at the edge alone. Use cases take rows, also those where a page of a list
 * begins or ends, by types of their own.
 */
class TypedEdgesTest {

  private static final JavaClasses SERVER = ReactorModule.importAll(ReactorModule.SERVER);

  /** Leaves of packages whose records go over an edge. */
  private static final Set<String> EDGES = Set.of("wire", "view");

  private static final Pattern TIME = Pattern.compile(".*(At|Until|Since)|at|since|until|moment");

  private static final Pattern ROW = Pattern.compile(".*Id|before|after");

  private static final Set<Class<?>> NUMBERS =
      Set.of(int.class, Integer.class, long.class, Long.class);

  /** Times of a day in a zone that stands beside them. */
  private static final Set<String> TIMES_OF_DAY = Set.of("quietUntil", "digestAt");

  private static final Pattern CONSTANT = Pattern.compile("\\b[A-Z][A-Z0-9_]+\\b");

  /** What the documentation says of each component, as the OpenAPI document has it. */
  private static final Path SENTENCES =
      BuildOutput.root().resolve("web/api/target/classes/META-INF/api-words.properties");

  @Test
  void no_time_is_text() {
    assertThat(timesAsText(recordsOfEdges())).isEmpty();
  }

  @Test
  void no_constant_of_an_enum_is_text() {
    assertThat(constantsAsText(recordsOfEdges(), sentences())).isEmpty();
  }

  @Test
  void no_use_case_takes_two_numbers_that_may_change_places() {
    assertThat(takesTwoNumbers(boundaries())).isEmpty();
  }

  @Test
  void no_use_case_takes_a_plain_number_for_a_row() {
    assertThat(takesRowAsNumber(boundaries())).isEmpty();
  }

  /** Planted. */
  interface UntypedUseCase {
    void removeWave(long campaignId, long waveId);

    void list(EmployeeId employeeId, Long before);

    void list(EmployeeId after, Integer beforeVersion, int limit, String deviceId);
  }

  private record UntypedRecord(
      String startedAt,
      String seenSince,
      String until,
      String moment,
      String state,
      String kind,
      Instant endedAt,
      DeviceState typed,
      String madeBy,
      String latest) {}

  @Test
  void what_is_planted_is_found() {
    JavaClass useCase = new ClassFileImporter().importClass(UntypedUseCase.class);
    assertThat(takesTwoNumbers(List.of(useCase)))
        .extracting(JavaMethod::getName)
        .containsExactly("removeWave");
    assertThat(takesRowAsNumber(List.of(useCase)))
        .extracting(JavaMethod::getName)
        .containsExactlyInAnyOrder("removeWave", "list");
    List<JavaClass> planted = List.of(new ClassFileImporter().importClass(UntypedRecord.class));
    assertThat(timesAsText(planted))
        .extracting(JavaField::getName)
        .containsExactlyInAnyOrder("startedAt", "seenSince", "until", "moment");
    Properties sentences = new Properties();
    String name = UntypedRecord.class.getName() + "#";
    sentences.setProperty(name + "state", "where it stands: ACTIVE, PAUSED or REVOKED");
    sentences.setProperty(name + "kind", "REVOKED for good; ACTIVE, or PAUSED for now");
    sentences.setProperty(name + "typed", "ACTIVE, PAUSED or REVOKED");
    sentences.setProperty(name + "madeBy", "absent while ACTIVE; ISO-8601");
    assertThat(constantsAsText(planted, sentences))
        .extracting(JavaField::getName)
        .containsExactlyInAnyOrder("state", "kind");
  }

  private static List<JavaClass> boundaries() {
    List<JavaClass> boundaries =
        SERVER.stream()
            .filter(c -> c.getPackageName().endsWith(".boundary"))
            .filter(JavaClass::isTopLevelClass)
            .toList();
    assertThat(boundaries).isNotEmpty();
    return boundaries;
  }

  private static Stream<JavaMethod> useCases(List<JavaClass> boundaries) {
    return boundaries.stream()
        .flatMap(c -> c.getMethods().stream())
        .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC));
  }

  private static List<JavaMethod> takesTwoNumbers(List<JavaClass> boundaries) {
    return useCases(boundaries)
        .filter(
            method ->
                method.getRawParameterTypes().stream()
                        .filter(
                            type ->
                                type.isEquivalentTo(long.class) || type.isEquivalentTo(Long.class))
                        .count()
                    > 1)
        .toList();
  }

  /** Those with a number that is called like a row, or like one where a page begins or ends. */
  private static List<JavaMethod> takesRowAsNumber(List<JavaClass> boundaries) {
    return useCases(boundaries)
        .filter(
            method ->
                Arrays.stream(method.reflect().getParameters())
                    .filter(one -> NUMBERS.contains(one.getType()))
                    .anyMatch(one -> ROW.matcher(one.getName()).matches()))
        .toList();
  }

  private static List<JavaClass> recordsOfEdges() {
    List<JavaClass> records =
        SERVER.stream()
            .filter(JavaClass::isRecord)
            .filter(c -> EDGES.contains(c.getPackageName().replaceAll(".*\\.", "")))
            .toList();
    assertThat(records).isNotEmpty();
    return records;
  }

  private static List<JavaField> timesAsText(List<JavaClass> records) {
    return texts(records).stream()
        .filter(field -> TIME.matcher(field.getName()).matches())
        .filter(field -> !TIMES_OF_DAY.contains(field.getName()))
        .toList();
  }

  /** Those whose sentence names every constant of an enum. */
  private static List<JavaField> constantsAsText(List<JavaClass> records, Properties sentences) {
    List<Set<String>> enums =
        SERVER.stream().filter(JavaClass::isEnum).map(TypedEdgesTest::constants).toList();
    return texts(records).stream()
        .filter(
            field -> {
              Set<String> named = named(sentences, field);
              return enums.stream().anyMatch(all -> all.size() > 1 && named.containsAll(all));
            })
        .toList();
  }

  private static List<JavaField> texts(List<JavaClass> records) {
    return records.stream()
        .flatMap(c -> c.getFields().stream())
        .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
        .filter(field -> field.getRawType().isEquivalentTo(String.class))
        .toList();
  }

  private static Set<String> constants(JavaClass type) {
    return type.getFields().stream()
        .filter(field -> field.getModifiers().contains(JavaModifier.ENUM))
        .map(JavaField::getName)
        .collect(Collectors.toSet());
  }

  private static Set<String> named(Properties sentences, JavaField field) {
    String about = sentences.getProperty(field.getOwner().getName() + "#" + field.getName(), "");
    return CONSTANT.matcher(about).results().map(MatchResult::group).collect(Collectors.toSet());
  }

  private static Properties sentences() {
    Properties sentences = new Properties();
    try (Reader in = Files.newBufferedReader(SENTENCES)) {
      sentences.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(sentences.getProperty("org.hikae.enrollment.wire.DeviceView#state"))
        .contains("ACTIVE", "PAUSED", "REVOKED");
    return sentences;
  }
}
