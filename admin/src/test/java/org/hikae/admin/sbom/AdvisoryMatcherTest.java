package org.hikae.admin.sbom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hikae.admin.sbom.AdvisoryMatcher.Match;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Advisories in OSV's format against what ships, hostile ones among them. */
class AdvisoryMatcherTest {

  private static final String CORE = "undertow-core";

  @TempDir private Path folder;

  /** What Undertow's strict parser closes, as test data. */
  private static Path three() throws URISyntaxException {
    return Path.of(
        Objects.requireNonNull(AdvisoryMatcherTest.class.getResource("advisories")).toURI());
  }

  private static List<BomComponent> undertow(String version) {
    return List.of(library("io.undertow", CORE, version), library("org.other", CORE, "1.0"));
  }

  private static BomComponent library(String group, String name, String version) {
    PackageCoordinates coordinates = new PackageCoordinates(group, name, version);
    return new BomComponent(name, coordinates, List.of("portal/modules/" + name), Set.of());
  }

  private AdvisoryMatcher.Result check(List<BomComponent> components) throws IOException {
    return AdvisoryMatcher.check(components, folder, VexExemptions.none());
  }

  private void advisory(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.writeString(file, text);
  }

  private static String affecting(String range) {
    return """
        {"id": "A-1", "affected": [
          {"package": {"ecosystem": "Maven", "name": "io.undertow:undertow-core"}, %s}]}
        """
        .replace("%s", range);
  }

  @Test
  void the_server_of_before_is_found_and_the_one_that_ships_is_not() throws Exception {
    var before = AdvisoryMatcher.check(undertow("2.3.23.Final"), three(), VexExemptions.none());
    assertThat(before.read()).isEqualTo(3);
    assertThat(before.open())
        .extracting(match -> match.aliases().iterator().next())
        .containsExactlyInAnyOrder("CVE-2026-28367", "CVE-2026-28368", "CVE-2026-28369");
    assertThat(before.open())
        .allMatch(match -> match.coordinates().group().equals("io.undertow"))
        .allMatch(match -> match.fixedIn().equals(Optional.of("2.3.25.Final")));
    for (String fixed : List.of("2.3.25.Final", "2.3.26.Final", "2.4.0.Final", "2.2.40.Final")) {
      assertThat(AdvisoryMatcher.check(undertow(fixed), three(), VexExemptions.none()).matches())
          .as(fixed)
          .isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0.9, false",
    "1.0-rc1, false",
    "1.0, true",
    "1.0.0.Final, true",
    "1.9.9, true",
    "1.10-alpha-1, true",
    "1.10, false",
    "2.0, true",
    "2.5, true",
    "2.5.1, false"
  })
  void versions_are_in_the_order_of_maven(String version, boolean affected) throws Exception {
    advisory(
        "a.json",
        affecting(
            """
            "ranges": [{"type": "ECOSYSTEM", "events": [
              {"last_affected": "2.5"}, {"introduced": "1.0"}, {"fixed": "1.10"},
              {"introduced": "2.0"}]}]
            """));
    assertThat(check(undertow(version)).matches()).hasSize(affected ? 1 : 0);
  }

  @Test
  void single_versions_are_found_and_what_was_withdrawn_or_is_no_java_is_not() throws Exception {
    advisory("a/b/one.json", affecting("\"versions\": [\"2.3.23.Final\"]"));
    advisory(
        "gone.json",
        affecting("\"versions\": [\"2.3.23.Final\"]")
            .replace("{\"id\"", "{\"withdrawn\": \"x\", \"id\""));
    advisory(
        "npm.json", affecting("\"versions\": [\"2.3.23.Final\"]").replace("\"Maven\"", "\"npm\""));
    advisory("read me.txt", "no advisory");
    AdvisoryMatcher.Result result = check(undertow("2.3.23.Final"));
    assertThat(result.matches()).hasSize(1);
    assertThat(result.read()).isEqualTo(3);
    assertThat(result.notRead()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{\"id\": \"A-1\"",
        "{\"id\": \"A-1\"}",
        "{\"affected\": []}",
        "not JSON",
      })
  void what_is_no_advisory_is_named(String text) throws Exception {
    advisory("wrong.json", text);
    AdvisoryMatcher.Result result = check(undertow("2.3.23.Final"));
    assertThat(result.notRead()).isEqualTo(1);
    assertThat(result.unreadable()).singleElement().asString().startsWith("wrong.json: ");
  }

  @Test
  void what_would_use_up_the_memory_or_the_stack_is_not_read() throws Exception {
    advisory("deep.json", "[".repeat(100_000));
    advisory("large.json", " ".repeat(AdvisoryMatcher.MAX_BYTES + 1));
    advisory(
        "version.json",
        affecting(
            "\"ranges\": [{\"type\": \"ECOSYSTEM\", \"events\": [{\"introduced\": \""
                + "9".repeat(1_000_000)
                + "\"}]}]"));
    Files.createSymbolicLink(folder.resolve("link.json"), folder.resolve("large.json"));
    AdvisoryMatcher.Result result = check(undertow("2.3.23.Final"));
    assertThat(result.matches()).isEmpty();
    assertThat(result.notRead()).isEqualTo(4);
  }

  @Test
  void what_others_wrote_does_not_command_the_terminal() throws Exception {
    advisory(
        "a.json",
        affecting("\"versions\": [\"2.3.23.Final\"]")
            .replace(
                "\"A-1\"", "\"A\\u001b[2J\", \"summary\": \"" + "x".repeat(5000) + "\\u0007\""));
    Match match = check(undertow("2.3.23.Final")).matches().getFirst();
    assertThat(match.id() + match.summary()).doesNotContainPattern("\\p{Cc}").hasSizeLessThan(400);
  }

  @Test
  void an_exception_has_a_reason_and_holds_for_one_version() throws Exception {
    Path vex = folder.resolve("vex");
    String exempt =
        """
        {"bomFormat": "CycloneDX", "specVersion": "1.6", "vulnerabilities": [
          {"id": "CVE-2026-28367", "analysis": {"state": "STATE", "detail": "DETAIL"},
           "affects": [{"ref": "pkg:maven/io.undertow/undertow-core@2.3.23.Final"}]}]}
        """;
    Files.writeString(
        vex,
        exempt.replace("STATE", "not_affected").replace("DETAIL", "No proxy stands before it."));
    VexExemptions vexExemptions = VexExemptions.read(vex);
    AdvisoryMatcher.Result result =
        AdvisoryMatcher.check(undertow("2.3.23.Final"), three(), vexExemptions);
    assertThat(result.matches()).hasSize(3);
    assertThat(result.open()).hasSize(2);
    assertThat(AdvisoryMatcher.check(undertow("2.3.22.Final"), three(), vexExemptions).open())
        .hasSize(3);
    Files.writeString(
        vex, exempt.replace("STATE", "in_triage").replace("DETAIL", "Nobody has looked yet."));
    assertThat(
            AdvisoryMatcher.check(undertow("2.3.23.Final"), three(), VexExemptions.read(vex))
                .open())
        .hasSize(3);
    Files.writeString(vex, exempt.replace("STATE", "not_affected").replace("DETAIL", " "));
    assertThatThrownBy(() -> VexExemptions.read(vex)).hasMessageContaining("no reason");
  }

  @Test
  void the_test_data_is_what_it_says() throws Exception {
    try (Stream<Path> files = Files.list(three())) {
      assertThat(files).hasSize(3);
    }
  }
}
