package org.hikae.admin.dossier;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.hikae.hk1.Hash256;
import org.hikae.transparency.note.wire.NoteSigner;
import org.hikae.transparency.note.wire.SignedNote;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of a dossier: JSON, two PDFs, and one signature of them all (HK1-J-01, HK1-J-02). */
class DossierFilesTest {

  @TempDir private Path folder;

  private static final String BUNDLE = "org.hikae.admin.dossier.dossier";

  private byte[] read(String name) throws IOException {
    return Files.readAllBytes(folder.resolve(name));
  }

  @Test
  void the_report_says_each_claim_with_its_facts_in_both_languages() throws Exception {
    DossierFixture.write(folder);
    JsonNode report = new ObjectMapper().readTree(read(DossierFileStore.JSON));
    assertThat(report.path("form").asText()).isEqualTo("hikae-dossier/1");
    assertThat(report.path("madeAt").asText()).isEqualTo("2026-12-03T12:00:00Z");
    assertThat(report.path("challenge").asText()).isEqualTo("blue 7");
    JsonNode claim = report.path("claims").path(1);
    assertThat(claim.path("id").asText()).isEqualTo("database.grants");
    assertThat(claim.path("result").asText()).isEqualTo("FAILS");
    assertThat(claim.path("limit").path("en").asText()).contains("owner's login");
    JsonNode fact = claim.path("facts").path(0);
    assertThat(fact.path("code").asText()).isEqualTo("RIGHT_BEYOND");
    assertThat(fact.path("values").path(2).asText()).isEqualTo("audit_event");
    // A value that looks like a place for another stays as it is.
    assertThat(fact.path("en").asText()).startsWith("{1} has the right DELETE on audit_event");
    assertThat(fact.path("ja").asText()).startsWith("{1} に").endsWith("audit_event の DELETE。");
    assertThat(report.path("claims").path(2).path("result").asText()).isEqualTo("NOT_RUN");
  }

  @Test
  void one_signature_names_the_hash_of_each_file() throws Exception {
    NoteSigner signer = DossierFixture.write(folder);
    SignedNote note = SignedNote.parse(read(DossierFileStore.NOTE));
    assertThat(note.verify(List.of(signer.key()))).containsOnlyKeys(signer.key());
    StringBuilder expected =
        new StringBuilder("hikae dossier\nversion 1\nmade 2026-12-03T12:00:00Z\n");
    for (String name : List.of("dossier.en.pdf", "dossier.ja.pdf", "dossier.json")) {
      expected.append(Hash256.sha256(read(name)).hex()).append("  ").append(name).append('\n');
    }
    assertThat(note.text()).isEqualTo(expected.toString());
  }

  @Test
  void the_same_dossier_is_the_same_bytes_and_replaces_an_earlier_one() throws Exception {
    NoteSigner signer = DossierFixture.write(folder);
    byte[] json = read(DossierFileStore.JSON);
    byte[] pdf = read(DossierFileStore.pdf("ja"));
    DossierFixture.write(folder, signer);
    assertThat(read(DossierFileStore.JSON)).isEqualTo(json);
    assertThat(read(DossierFileStore.pdf("ja"))).isEqualTo(pdf);
    try (Stream<Path> all = Files.list(folder)) {
      assertThat(all.map(one -> one.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "dossier.json", "dossier.en.pdf", "dossier.ja.pdf", "dossier.note");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "ja"})
  void the_pdf_says_what_the_report_says(String language) throws Exception {
    NoteSigner signer = DossierFixture.write(folder);
    String text;
    try (var document = Loader.loadPDF(read(DossierFileStore.pdf(language)))) {
      assertThat(document.getDocumentCatalog().getLanguage()).isEqualTo(language);
      text = new PDFTextStripper().getText(document).replaceAll("\\s", "");
    }
    DossierMessages messages = new DossierMessages(language);
    List<String> expected = new ArrayList<>(List.of(messages.text("proves"), signer.key().text()));
    for (ClaimResult result : DossierFixture.dossier().results()) {
      expected.add(result.claim().id());
      expected.add(messages.limit(result.claim()));
      expected.add(messages.text("state." + result.state()));
      result.facts().forEach(fact -> expected.add(messages.fact(fact)));
    }
    for (String sentence : expected) {
      assertThat(text).contains(sentence.replaceAll("\\s", ""));
    }
    assertThat(text).doesNotContain("〓");
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "ja"})
  void everything_has_its_words_and_no_words_are_left(String language) {
    Set<String> needed = new TreeSet<>();
    for (DossierClaim claim : DossierClaim.values()) {
      needed.add("claim." + claim.id());
      needed.add("limit." + claim.id());
    }
    for (ClaimFactKind kind : ClaimFactKind.values()) {
      if (kind != ClaimFactKind.DOCTOR) {
        needed.add("fact." + kind);
      }
    }
    for (ClaimState state : ClaimState.values()) {
      needed.add("state." + state);
    }
    ResourceBundle bundle =
        ResourceBundle.getBundle(
            BUNDLE,
            java.util.Locale.forLanguageTag(language.equals("ja") ? "ja" : ""),
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    Set<String> spoken = new TreeSet<>(bundle.keySet());
    spoken.removeIf(key -> !key.matches("(claim|limit|fact|state)\\..*"));
    assertThat(spoken).isEqualTo(needed);
  }

  @Test
  void both_languages_have_the_same_places() {
    ResourceBundle english = ResourceBundle.getBundle(BUNDLE, java.util.Locale.ROOT);
    ResourceBundle japanese = ResourceBundle.getBundle(BUNDLE, java.util.Locale.JAPANESE);
    for (String key : english.keySet()) {
      assertThat(places(japanese.getString(key))).as(key).isEqualTo(places(english.getString(key)));
    }
  }

  private static Set<String> places(String sentence) {
    return java.util.regex.Pattern.compile("\\{\\d}")
        .matcher(sentence)
        .results()
        .map(java.util.regex.MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void a_claim_that_breaks_is_not_run_and_keeps_no_other_away() {
    ClaimCheck broken =
        new ClaimCheck() {
          @Override
          public DossierClaim claim() {
            return DossierClaim.LOG_SIGNED;
          }

          @Override
          public ClaimResult execute() {
            throw new IllegalStateException("a wrong setting");
          }
        };
    ClaimCheck fine =
        new ClaimCheck() {
          @Override
          public DossierClaim claim() {
            return DossierClaim.LOG_CARD;
          }

          @Override
          public ClaimResult execute() {
            return ClaimResult.of(
                claim(), List.of(), List.of(ClaimFact.of(ClaimFactKind.CARD_LOGGED, 1)));
          }
        };
    List<String> heard = new ArrayList<>();
    List<ClaimResult> results =
        new DossierRunner(List.of(broken, fine))
            .run((place, result) -> heard.add(place + " " + result.claim().id()));
    assertThat(results)
        .extracting(ClaimResult::state)
        .containsExactly(ClaimState.NOT_RUN, ClaimState.HOLDS);
    assertThat(results.getFirst().facts().getFirst().values()).contains("a wrong setting");
    assertThat(heard).containsExactly("1 log.signed", "2 log.card");
  }

  @Test
  void a_dossier_is_as_good_as_its_worst_claim() {
    assertThat(DossierFixture.dossier().worst()).isEqualTo(ClaimState.FAILS);
    assertThat(ClaimState.FAILS.exitCode()).isEqualTo(2);
    assertThat(
            new Dossier(
                    DossierFixture.dossier().origin(),
                    DossierFixture.dossier().results().subList(0, 1))
                .worst())
        .isEqualTo(ClaimState.HOLDS);
  }

  @Test
  void a_signed_text_is_no_end_of_a_log() throws Exception {
    String text =
        DossierNoteWriter.text(
            DossierFixture.MADE, Map.of("dossier.json", "x".getBytes(StandardCharsets.UTF_8)));
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> org.hikae.transparency.note.wire.Checkpoint.parse(text))
        .isInstanceOf(org.hikae.hk1.MalformedException.class);
  }
}
