package org.hikae.it.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hikae.it.tidy.SourceIndex.DeclaredField;
import org.hikae.it.tidy.SourceIndex.DeclaredType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Types and fields are called by the words of the terminology, no two types alike. */
class VocabularyTest {

  private static final Vocabulary VOCABULARY = Vocabulary.ofPages();
  private static final List<DeclaredType> TYPES = SourceIndex.ofRepository().types();

  private static final String PLANTED = "planted/Planted.java";

  private static final Pattern PUBLISHED =
      Pattern.compile("@(?:SchemaName\\(|Entity\\(name = )\"(\\w+)\"\\)");

  @Test
  void every_type_is_called_by_the_vocabulary_and_no_two_alike() {
    assertThat(VOCABULARY.faults(TYPES)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "ReportDesk, refused word Desk",
    "Nightly2, digit in Nightly2",
    "Run, Run stands in",
    "ReportService, neither a role nor a noun",
    "HoldCheck, refused word Hold",
    "VaultGate, refused word Gate",
    "Unit, refused name",
    "Report_Check, not made of words"
  })
  void a_planted_type_is_refused(String name, String why) {
    assertThat(faultsWith("class " + name + " {}")).singleElement().asString().contains(why);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ReportCommands",
        "LegalHoldCheck",
        "GateReadingRow",
        "ReportSha256Check",
        "ReportIT"
      })
  void a_planted_type_within_the_vocabulary_is_not(String name) {
    assertThat(faultsWith("class " + name + " {}")).isEmpty();
  }

  @Test
  void nested_types_have_no_refused_word_and_no_name_of_another_type() {
    String planted =
        """
        /** No class Desk in a comment, nor in a text. */
        class PlantedCheck {
          private static final String TEXT = "class Board {";
          record Happening(int at) { enum Kind { A } }
          interface Campaign {}
        }
        """;
    assertThat(faultsWith(planted))
        .satisfiesExactlyInAnyOrder(
            fault -> assertThat(fault).contains("PlantedCheck has the refused word Planted"),
            fault -> assertThat(fault).contains("Happening has the refused word Happening"),
            fault -> assertThat(fault).contains("Campaign is the name of persistence/"));
  }

  @Test
  void some_refused_names_are_refused_within_another_type_too() {
    assertThat(faultsWith("class ReportCheck { enum Outcome { A } record Target() {} }"))
        .singleElement()
        .asString()
        .contains("Outcome is a refused name");
  }

  @Test
  void every_field_is_called_by_the_vocabulary_and_an_injected_one_as_its_type() {
    List<DeclaredField> fields = SourceIndex.ofRepository().fields();
    assertThat(fields).filteredOn(DeclaredField::injected).hasSizeGreaterThan(1000);
    assertThat(VOCABULARY.fieldFaults(fields, TYPES)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "@Inject private MaintenanceStateStore housekeeping;, refused word Housekeeping",
    "private final MinimumBodyRate pace;, refused word Pace",
    "protected static volatile @Nullable String bodyPace = null;, refused word Pace",
    "private byte @Nullable [] whoAsks;, refused word Who",
    "'public final Map<String, Long> ways = new HashMap<>();', refused word Ways",
    "@Inject private CoverageQueries insight;, no word of CoverageQueries",
    "@Inject private transient Instance<CoverageQueries> people;, no word of CoverageQueries"
  })
  void a_planted_field_is_refused(String field, String why) {
    assertThat(fieldFaults(field)).anySatisfy(fault -> assertThat(fault).contains(why));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@Inject private MaintenanceStateStore maintenanceStates;",
        "@Inject private Clock wall;",
        "@Inject private LegalHolds legalHold;",
        "private final CoverageQueries insight;",
        "private void ways(String pace) { String housekeeping = pace; }",
        "/** private String pace; */"
      })
  void a_planted_field_within_the_vocabulary_is_not(String field) {
    assertThat(fieldFaults(field)).isEmpty();
  }

  /** So that the pages do not keep what nobody says any more. */
  @Test
  void every_word_of_the_pages_is_in_use() {
    assertThat(VOCABULARY.unused(TYPES)).isEmpty();
  }

  @Test
  void what_is_published_under_another_name_stands_there() {
    Set<String> annotated =
        SourceIndex.ofRepository().texts().entrySet().stream()
            .filter(source -> source.getKey().contains("/src/main/"))
            .flatMap(
                source ->
                    PUBLISHED
                        .matcher(source.getValue())
                        .results()
                        .map(found -> found.group(1))
                        .filter(name -> !isOwn(name, source.getKey(), source.getValue())))
            .collect(Collectors.toSet());
    assertThat(annotated).isNotEmpty();
    assertThat(VOCABULARY.published()).containsAll(annotated);
  }

  /** Whether a type of this file is called so, or one in it by both names together. */
  private static boolean isOwn(String published, String file, String source) {
    String outer = file.replaceAll(".*/|\\.java$", "");
    return published.equals(outer)
        || (published.startsWith(outer)
            && Pattern.compile(
                    "\\b(?:class|enum|record) " + published.substring(outer.length()) + "\\b")
                .matcher(source)
                .find());
  }

  @Test
  void the_types_that_the_pages_show_are_there() {
    assertThat(VOCABULARY.examples())
        .isNotEmpty()
        .filteredOn(name -> SourceIndex.ofRepository().find(name) == null)
        .isEmpty();
  }

  private static List<String> fieldFaults(String field) {
    String source = "class PlantedCheck { " + field + " }";
    return VOCABULARY.fieldFaults(SourceIndex.fieldsIn(PLANTED, source), TYPES);
  }

  /** What is wrong with the types of a source beside the others. */
  private static List<String> faultsWith(String source) {
    List<DeclaredType> types = new ArrayList<>(TYPES);
    types.addAll(SourceIndex.typesIn(PLANTED, source));
    return VOCABULARY.faults(types).stream().filter(fault -> fault.startsWith(PLANTED)).toList();
  }
}
