package org.hikae.admin.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hikae.admin.check.FakeWebClient;
import org.hikae.admin.doctor.DoctorFinding;
import org.hikae.admin.doctor.FindingCode;
import org.hikae.admin.doctor.InstallationCheck;
import org.hikae.admin.dossier.ClaimFact;
import org.hikae.admin.dossier.ClaimFactKind;
import org.hikae.admin.dossier.ClaimResult;
import org.hikae.admin.dossier.ClaimState;
import org.hikae.admin.dossier.DossierClaim;
import org.hikae.admin.port.PortalSettings;
import org.hikae.admin.search.CanaryFile;
import org.hikae.admin.search.CanaryFile.Canary;
import org.hikae.hk1.Hash256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Claims about logs, memory, programs, settings and what a portal answers to anybody. */
class HostClaimTest {

  private static final String SECRET = "canary-content-1";
  private static final CanaryFile CANARIES =
      new CanaryFile(
          List.of(
              new Canary(true, CanaryFile.DEVICE, false, "canary-device-1"),
              new Canary(false, "content", false, SECRET)));

  private static final SecureRandom RANDOM = new SecureRandom();

  @TempDir private Path folder;

  private static ClaimFactKind first(ClaimResult result) {
    return result.facts().getFirst().kind();
  }

  @Test
  void logs_hold_until_one_has_a_secret() throws Exception {
    assertThat(first(new LogBlindnessCheck(List.of(), CANARIES).execute()))
        .isEqualTo(ClaimFactKind.NO_PLACE);
    Path logs = Files.createDirectory(folder.resolve("logs"));
    Files.writeString(logs.resolve("a.log"), "2026-12-03 12:00:00 a line that is long enough\n");
    LogBlindnessCheck check = new LogBlindnessCheck(List.of(logs), CANARIES);
    ClaimResult good = check.execute();
    assertThat(good.state()).isEqualTo(ClaimState.HOLDS);
    assertThat(good.facts())
        .contains(
            ClaimFact.of(ClaimFactKind.KNOWN_FOUND, logs),
            ClaimFact.of(ClaimFactKind.FILES_READ, 1));
    Files.writeString(logs.resolve("b.log"), "failed on " + SECRET + "\n");
    assertThat(check.execute().state()).isEqualTo(ClaimState.FAILS);
    assertThat(check.execute().toString()).doesNotContain(SECRET);
  }

  @Test
  void logs_that_are_not_there_or_have_no_text_prove_nothing() throws Exception {
    assertThat(first(new LogBlindnessCheck(List.of(folder.resolve("none")), CANARIES).execute()))
        .isEqualTo(ClaimFactKind.UNREADABLE);
    Path empty = Files.createFile(folder.resolve("empty.log"));
    assertThat(first(new LogBlindnessCheck(List.of(empty), CANARIES).execute()))
        .isEqualTo(ClaimFactKind.UNREADABLE);
  }

  /** Reads lines, keeps each, and says that it has. */
  private static final String KEEPER =
      "all=; while read -r line; do all=\"$all $line\"; echo kept; done";

  private static void tell(Process keeper, BufferedReader answers, String line) throws IOException {
    OutputStream in = keeper.getOutputStream();
    in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    in.flush();
    assertThat(answers.readLine()).isEqualTo("kept");
  }

  @Test
  void memory_holds_when_what_was_planted_is_found_and_no_secret() throws Exception {
    Process keeper = new ProcessBuilder("/bin/sh", "-c", KEEPER).start();
    try (BufferedReader answers =
        new BufferedReader(
            new InputStreamReader(keeper.getInputStream(), StandardCharsets.UTF_8))) {
      MemoryBlindnessCheck asking =
          new MemoryBlindnessCheck(
              keeper.pid(), text -> tell(keeper, answers, text), CANARIES, RANDOM);
      assertThat(asking.execute().state()).isEqualTo(ClaimState.HOLDS);
      ClaimResult silent =
          new MemoryBlindnessCheck(keeper.pid(), text -> {}, CANARIES, RANDOM).execute();
      assertThat(silent.state()).isEqualTo(ClaimState.NOT_RUN);
      assertThat(first(silent)).isEqualTo(ClaimFactKind.SEARCH_UNPROVEN);
      tell(keeper, answers, SECRET);
      assertThat(asking.execute().state()).isEqualTo(ClaimState.FAILS);
    } finally {
      keeper.destroyForcibly();
    }
  }

  @Test
  void memory_that_nobody_named_or_that_is_not_there_proves_nothing() {
    assertThat(first(new MemoryBlindnessCheck(0, text -> {}, CANARIES, RANDOM).execute()))
        .isEqualTo(ClaimFactKind.NO_PLACE);
    assertThat(
            first(new MemoryBlindnessCheck(Long.MAX_VALUE, text -> {}, CANARIES, RANDOM).execute()))
        .isEqualTo(ClaimFactKind.UNREADABLE);
  }

  private static final String ROLES =
      """
      | operation | anybody | agent |
      |---|---|---|
      | `GET /health/live` | yes | yes |
      | `GET /v1/admin/audit` | | |
      | `GET /v1/admin/audit/{id}` | | |
      | `POST /v1/admin/audit` | | |
      | `GET /v1/my/devices` (recent sign-in) | | yes |
      """;

  private static ClaimResult anonymous(int live, int audit, int devices) throws IOException {
    FakeWebClient web =
        new FakeWebClient()
            .answers("https://portal.example/api/health/live", live, "")
            .answers("https://portal.example/api/v1/admin/audit", audit, "")
            .answers("https://portal.example/api/v1/my/devices", devices, "");
    return new AnonymousAccessCheck(web, URI.create("https://portal.example"), ROLES).execute();
  }

  @Test
  void whoever_answers_without_a_token_is_named() throws Exception {
    assertThat(anonymous(200, 401, 403).facts())
        .containsExactly(ClaimFact.of(ClaimFactKind.ANONYMOUS_REFUSED, 2));
    ClaimResult open = anonymous(200, 200, 401);
    assertThat(open.state()).isEqualTo(ClaimState.FAILS);
    assertThat(open.facts())
        .startsWith(ClaimFact.of(ClaimFactKind.ANONYMOUS_ANSWERED, "GET /api/v1/admin/audit", 200));
    assertThat(anonymous(200, 404, 401).state())
        .as("what is not there was not refused")
        .isEqualTo(ClaimState.FAILS);
    assertThatThrownBy(() -> anonymous(503, 401, 401)).isInstanceOf(IOException.class);
  }

  @Test
  void the_release_has_many_operations_to_ask_for() throws Exception {
    FakeWebClient live =
        new FakeWebClient().answers("https://portal.example/api/health/live", 200, "");
    AnonymousAccessCheck check =
        AnonymousAccessCheck.ofRelease(live, URI.create("https://portal.example"));
    // The first of them is asked for, and nobody answers.
    assertThatThrownBy(check::execute).isInstanceOf(java.net.ConnectException.class);
  }

  private Path program() throws IOException {
    Path program = Files.createDirectories(folder.resolve("hikae-server/lib")).getParent();
    Files.writeString(program.resolve("start"), "one");
    Files.writeString(program.resolve("lib/a.jar"), "two");
    return program;
  }

  private static String line(String name, String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    return Hash256.sha256(bytes).hex() + "  hikae-server/" + name + "\n";
  }

  @Test
  void programs_are_those_of_the_list_or_each_difference_is_named() throws Exception {
    Path program = program();
    Path list =
        Files.writeString(folder.resolve("list"), line("lib/a.jar", "two") + line("start", "one"));
    ReleaseProgramCheck check = new ReleaseProgramCheck(List.of(program), list);
    ClaimResult good = check.execute();
    assertThat(good.state()).isEqualTo(ClaimState.HOLDS);
    assertThat(good.facts().getFirst().values())
        .containsExactly(program.toString(), "2", Hash256.sha256(Files.readAllBytes(list)).hex());
    Files.writeString(program.resolve("start"), "other");
    Files.writeString(program.resolve("more"), "three");
    Files.delete(program.resolve("lib/a.jar"));
    ClaimResult bad = check.execute();
    assertThat(bad.state()).isEqualTo(ClaimState.FAILS);
    assertThat(bad.facts())
        .startsWith(
            ClaimFact.of(ClaimFactKind.PROGRAM_UNLISTED, "hikae-server/more"),
            ClaimFact.of(ClaimFactKind.PROGRAM_DIFFERS, "hikae-server/start"),
            ClaimFact.of(ClaimFactKind.PROGRAM_MISSING, "hikae-server/lib/a.jar"));
  }

  @Test
  void without_a_list_hashes_are_told_and_nothing_is_claimed() throws Exception {
    ClaimResult told = new ReleaseProgramCheck(List.of(program()), null).execute();
    assertThat(told.state()).isEqualTo(ClaimState.NOT_RUN);
    assertThat(told.facts())
        .extracting(ClaimFact::kind)
        .containsExactly(ClaimFactKind.NO_RELEASE_LIST, ClaimFactKind.PROGRAM_TREE);
    assertThat(first(new ReleaseProgramCheck(List.of(), null).execute()))
        .isEqualTo(ClaimFactKind.NO_PLACE);
    Path odd = Files.writeString(folder.resolve("odd"), "no hash\n");
    assertThatThrownBy(() -> new ReleaseProgramCheck(List.of(program()), odd).execute())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("line 1");
  }

  @Test
  void settings_that_weaken_a_promise_are_named() throws Exception {
    Path key = Files.createFile(folder.resolve("key"));
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    Map<String, String> strong =
        Map.of(
            "HIKAE_DB_KIND", "PostgreSQL",
            "HIKAE_PORTAL_URL", "https://portal.example",
            "HIKAE_OIDC_PROVIDER_URL", "https://sso.example/realms/hikae",
            "HIKAE_DB_PASSWORD", "strong-1",
            "HIKAE_DB_OWNER_PASSWORD", "strong-2",
            "HIKAE_TLS_KEYSTORE_PASSWORD", "strong-3",
            "HIKAE_LOG_KEY", key.toString());
    assertThat(settings(strong).state()).isEqualTo(ClaimState.HOLDS);
    Map<String, String> weak = new HashMap<>(strong);
    weak.put("HIKAE_DB_KIND", "H2");
    weak.put("HIKAE_PORTAL_URL", "http://portal.example");
    weak.put("HIKAE_TLS_KEYSTORE_PASSWORD", "changeit");
    weak.put("HIKAE_NOTICES_TO_THIS_MACHINE", "true");
    weak.put("HIKAE_SMTP_SECURITY", "NONE");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    ClaimResult result = settings(weak);
    assertThat(result.facts())
        .startsWith(
            ClaimFact.of(ClaimFactKind.SETTING_EMBEDDED, "HIKAE_DB_KIND"),
            ClaimFact.of(ClaimFactKind.SETTING_PLAIN, "HIKAE_PORTAL_URL"),
            ClaimFact.of(ClaimFactKind.SETTING_DEFAULT_PASSWORD, "HIKAE_TLS_KEYSTORE_PASSWORD"),
            ClaimFact.of(ClaimFactKind.SETTING_OTHERS_READ, "HIKAE_LOG_KEY"),
            ClaimFact.of(ClaimFactKind.SETTING_WEAK, "HIKAE_NOTICES_TO_THIS_MACHINE"),
            ClaimFact.of(ClaimFactKind.SETTING_WEAK, "HIKAE_SMTP_SECURITY"));
    assertThat(result.state()).isEqualTo(ClaimState.FAILS);
    assertThat(result.toString()).doesNotContain("strong-", "changeit");
  }

  private static ClaimResult settings(Map<String, String> environment) throws IOException {
    return new WeakSettingCheck(new PortalSettings(environment)).execute();
  }

  private static ClaimState doctor(DoctorFinding... findings) throws IOException {
    InstallationCheck check =
        new InstallationCheck() {
          @Override
          public String name() {
            return "realm";
          }

          @Override
          public List<DoctorFinding> look() {
            return List.of(findings);
          }
        };
    return new DoctorClaimCheck(DossierClaim.REALM_CLIENTS, "realm", check).execute().state();
  }

  @Test
  void what_the_doctor_found_decides_and_what_it_could_not_see_does_not() throws Exception {
    DoctorFinding same = DoctorFinding.of(FindingCode.REALM_SAME, "r");
    DoctorFinding unbound = DoctorFinding.of(FindingCode.REALM_UNBOUND, "r");
    DoctorFinding hidden = DoctorFinding.of(FindingCode.REALM_HIDDEN);
    DoctorFinding silent = DoctorFinding.of(FindingCode.REALM_SILENT, "r", "why");
    DoctorFinding elsewhere = DoctorFinding.of(FindingCode.DISK_FULL, "/", "1");
    assertThat(doctor(same, elsewhere)).isEqualTo(ClaimState.HOLDS);
    assertThat(doctor(same, hidden)).isEqualTo(ClaimState.NOT_RUN);
    assertThat(doctor(silent)).isEqualTo(ClaimState.NOT_RUN);
    assertThat(doctor(hidden, unbound)).isEqualTo(ClaimState.FAILS);
    assertThat(doctor(elsewhere)).isEqualTo(ClaimState.NOT_RUN);
  }
}
