package org.hikae.it.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hikae.testing.BuildOutput;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The bill of materials of what was built names what ships, the server's own jars included, and
 * advisories find in it what they are about. Time budget: 10 seconds.
 */
@EveryThirdRun
class BillOfMaterialsIT {

  private static final Pattern UNDERTOW =
      Pattern.compile("<version\\.undertow>(.+)</version\\.undertow>");

  @TempDir private static Path folder;
  private static Path bill;
  private static JsonNode components;

  /** How the program ended. */
  private record SbomResult(int exitCode, String said) {}

  @BeforeAll
  static void write_the_bill() throws Exception {
    Path keycloak;
    try (Stream<Path> built = Files.list(BuildOutput.root().resolve("keycloak-realm/target"))) {
      keycloak =
          built
              .filter(path -> String.valueOf(path.getFileName()).startsWith("keycloak-"))
              .findFirst()
              .orElseThrow();
    }
    bill = folder.resolve("hikae.cdx.json");
    SbomResult sbomResult =
        run(
            "sbom",
            "--out=" + bill,
            "portal=" + BuildOutput.server(),
            "vault=" + BuildOutput.root().resolve("vault/target/hikae-vault"),
            "agent=" + BuildOutput.root().resolve("device/target/hikae"),
            "admin=" + BuildOutput.root().resolve("admin/target/hikae-admin"),
            "keycloak=" + keycloak);
    assertThat(sbomResult.exitCode()).as(sbomResult.said()).isLessThanOrEqualTo(1);
    components = new ObjectMapper().readTree(bill.toFile()).path("components");
  }

  private static SbomResult run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(BuildOutput.root().resolve("admin/target/hikae-admin/bin/hikae-admin").toString());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new SbomResult(process.exitValue(), said);
  }

  private static SbomResult advisories(Path of) throws Exception {
    Path three =
        BuildOutput.root().resolve("admin/src/test/resources/org/hikae/admin/sbom/advisories");
    return run("advisories", "--lang=en", "--sbom=" + of, "--advisories=" + three);
  }

  private static String undertow() throws IOException {
    Matcher version = UNDERTOW.matcher(Files.readString(BuildOutput.root().resolve("pom.xml")));
    assertThat(version.find()).isTrue();
    return version.group(1);
  }

  private static List<String> places(JsonNode component) {
    List<String> places = new ArrayList<>();
    component
        .path("evidence")
        .path("occurrences")
        .forEach(place -> places.add(place.path("location").asText()));
    return places;
  }

  @Test
  void every_part_of_what_ships_is_in_it() throws Exception {
    List<String> purls = new ArrayList<>();
    for (JsonNode component : components) {
      if (component.has("purl")) {
        purls.add(component.path("purl").asText());
      }
    }
    assertThat(purls)
        .contains(
            // The server's own, which no POM names, in the version that it is provisioned with.
            "pkg:maven/io.undertow/undertow-core@" + undertow(),
            "pkg:maven/io.undertow/undertow-servlet@" + undertow())
        .doesNotHaveDuplicates()
        // A driver that was renamed, a library within the EAR, the vault's, the agent's,
        // Keycloak's.
        .anyMatch(purl -> purl.startsWith("pkg:maven/org.postgresql/postgresql@"))
        .anyMatch(purl -> purl.startsWith("pkg:maven/org.primefaces/primefaces@"))
        .anyMatch(purl -> purl.startsWith("pkg:maven/com.nimbusds/nimbus-jose-jwt@"))
        .anyMatch(purl -> purl.startsWith("pkg:maven/com.github.luben/zstd-jni@"))
        .anyMatch(purl -> purl.startsWith("pkg:maven/io.quarkus/quarkus-core@"))
        .hasSizeGreaterThan(800);
  }

  /** What has no name is what Keycloak's own build wrote; an advisory would miss anything else. */
  @Test
  void every_jar_but_those_that_keycloak_makes_itself_has_a_name() {
    List<String> unnamed = new ArrayList<>();
    for (JsonNode component : components) {
      if (!component.has("purl")) {
        unnamed.addAll(places(component));
      }
    }
    assertThat(unnamed)
        .allMatch(place -> place.matches("keycloak/lib/(quarkus/.+-bytecode|quarkus-run)\\.jar"));
  }

  @Test
  void advisories_find_the_server_of_before_and_not_this_one() throws Exception {
    SbomResult now = advisories(bill);
    assertThat(now.said()).contains("3 advisories read").doesNotContain("CVE-2026-");
    assertThat(now.exitCode()).as(now.said()).isLessThanOrEqualTo(1);
    Path before = folder.resolve("before.cdx.json");
    Files.writeString(
        before,
        Files.readString(bill)
            .replace("\"version\" : \"" + undertow() + "\"", "\"version\" : \"2.3.23.Final\""));
    SbomResult then = advisories(before);
    assertThat(then.exitCode()).as(then.said()).isEqualTo(2);
    assertThat(then.said()).contains("CVE-2026-28367", "CVE-2026-28368", "CVE-2026-28369");
  }
}
