package org.hikae.device.cli.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.hikae.backup.wire.RunReport;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentJson;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.DisplayFormat;
import org.hikae.device.cli.command.Messages;
import org.hikae.device.cli.command.PersonTerminal;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.cli.harness.CompanyTestBase;
import org.hikae.device.company.FakeCompany;
import org.hikae.device.schedule.FakeProgramRunner;
import org.hikae.device.schedule.HostComputer;
import org.hikae.device.state.AgentHome;
import org.hikae.device.state.AgentState;
import org.hikae.device.state.StateFile;
import org.hikae.diagnostics.wire.Diagnostics;
import org.hikae.diagnostics.wire.DiagnosticsProblem;
import org.hikae.diagnostics.wire.DiagnosticsRun;
import org.hikae.diagnostics.wire.PortalReach;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code hikae report} (HK1-R-17): what is shown, what is sent, and when. Budget: 15 seconds. */
class ReportCommandTest extends CompanyTestBase {

  private static final String HEADING =
      "This would be sent to your IT. It holds no file names, no contents, no passwords.";

  private static final int CANCELLED = 4;
  private static final int NETWORK = 5;
  private static final int REFUSED = 6;
  private static final int LOCAL = 9;

  /** A person who types the same whatever they are asked. */
  private record OneAnswer(String typed) implements PersonTerminal {
    @Override
    public char @Nullable [] hidden(String prompt) {
      return null;
    }

    @Override
    public String visible(String prompt) {
      return typed;
    }
  }

  private static AgentState state(AgentHarness device) throws Exception {
    AgentEnvironment here = device.environment();
    return new StateFile(AgentHome.of(here.environment(), here.userHome())).require();
  }

  private List<String> sent() {
    return company.responses().diagnostics;
  }

  private static Diagnostics read(String json) throws Exception {
    Diagnostics read = AgentJson.mapper().readValue(json, Diagnostics.class);
    read.requireValid();
    return read;
  }

  private static String time(Instant instant) {
    return DisplayFormat.time(instant, ZoneId.systemDefault());
  }

  private AgentHarness signedIn() throws IOException {
    AgentHarness device = device("first");
    assertThat(signIn(device)).as(device.err()).isZero();
    return device;
  }

  /** A device with a backup and a restore that was refused. */
  private AgentHarness used() throws Exception {
    AgentHarness device = optedIn("first");
    assertThat(device.run("backup", tree.toString())).as(device.err()).isZero();
    assertThat(device.run("restore", "--target", tree.toString())).isEqualTo(LOCAL);
    return device;
  }

  @Test
  void all_that_is_sent_was_shown_before() throws Exception {
    AgentHarness device = used();
    assertThat(device.run("report", "--yes")).as(device.err()).isZero();
    Diagnostics sent = read(sent().getFirst());
    String shown = device.out();
    long offset = Objects.requireNonNull(sent.clockOffsetSeconds());

    assertThat(shown).startsWith(HEADING + System.lineSeparator());
    assertThat(shown)
        .contains(time(sent.madeAt()), sent.agentVersion(), sent.javaVersion(), sent.language())
        .contains(sent.system(), sent.systemVersion(), sent.architecture())
        .contains("(" + sent.freeBytes() + " bytes)", "the portal's: " + Math.abs(offset))
        .contains("takes the sign-in", "Signed in: yes", "the key of your backup: yes")
        .contains("agent that stays answers: no", "by schedule: no", "paused: no")
        .contains("schedule names: 0", "start backups: no", "show messages: no");
    for (DiagnosticsRun run : sent.runs()) {
      assertThat(shown).contains(time(run.startedAt()), run.seconds() + " s: ");
    }
    for (DiagnosticsProblem problem : sent.problems()) {
      assertThat(shown).contains(time(problem.lastAt()) + "  " + problem.code());
    }
    assertThat(shown.indexOf("Sent.")).isGreaterThan(shown.indexOf("What went wrong last"));
    assertThat(shown).contains("help desk", "administrators", "2026-01-31");

    assertThat(sent.portal()).isEqualTo(PortalReach.OK);
    assertThat(sent.signedIn()).isTrue();
    assertThat(sent.hasKey()).isTrue();
    assertThat(offset).isBetween(-5L, 5L);
    assertThat(sent.runs())
        .extracting(DiagnosticsRun::kind, DiagnosticsRun::result, DiagnosticsRun::problem)
        .first()
        .asString()
        .contains("RESTORE", "LOCAL", "restore-not-empty");
    assertThat(sent.runs().getLast().kind()).isEqualTo(RunReport.Kind.BACKUP);
    assertThat(sent.runs().getLast().result()).isEqualTo(RunResult.SUCCESS);
    assertThat(sent.runs().getLast().problem()).isNull();
    assertThat(sent.problems()).extracting(DiagnosticsProblem::code).contains("restore-not-empty");
  }

  @Test
  void scripts_are_shown_the_same_object_that_is_sent() throws Exception {
    AgentHarness device = used();
    assertThat(device.run("report", "--json")).as(device.err()).isZero();
    assertThat(sent()).as("without --yes").isEmpty();
    assertThat(device.run("report", "--json", "--yes")).as(device.err()).isZero();
    List<String> lines = device.out().lines().toList();
    assertThat(lines).hasSize(2);
    ObjectNode shown = (ObjectNode) AgentJson.mapper().readTree(lines.getFirst());
    assertThat(shown.remove("event").textValue()).isEqualTo("diagnostics");
    assertThat(AgentJson.mapper().readTree(sent().getFirst())).isEqualTo(shown);
    JsonNode answer = AgentJson.mapper().readTree(lines.getLast());
    assertThat(answer.get("event").textValue()).isEqualTo("diagnosticsSent");
    assertThat(answer.get("keptUntil").textValue()).isEqualTo("2026-01-31T00:00:00Z");
  }

  @Test
  void nothing_of_a_person_a_file_a_set_or_a_secret_is_in_it() throws Exception {
    AgentHarness device = used();
    Path named = Files.createDirectories(folder.resolve("Secret plan"));
    device.on(
        Map.of("USER", "canary-user", "LOGNAME", "canary-user", "HOSTNAME", "canary-host"),
        device.environment().clock(),
        device.environment().pause(),
        device.environment().computer());
    assertThat(device.run("backup", named.resolve("not-there").toString())).isNotZero();
    assertThat(device.run("schedule", named.toString(), "--exclude", "canary-*"))
        .as(device.err())
        .isZero();
    assertThat(device.run("report", "--yes", "--verbose")).as(device.err()).isZero();
    AgentState state = state(device);
    assertThat(sent().getFirst())
        .doesNotContain("Secret plan", "not-there", "letter", "canary", folder.toString(), "home")
        .doesNotContain(Objects.requireNonNull(state.set()).setId())
        .doesNotContain(Objects.requireNonNull(state.refreshToken()), state.profile().subject())
        .doesNotContain(state.profile().displayName(), company.url(), "127.0.0.1", "hikae-agent")
        .doesNotContain("session-of-", "Bearer", state.device().privateKey());
    Diagnostics sent = read(sent().getFirst());
    assertThat(sent.scheduled()).isTrue();
    assertThat(sent.folders()).isEqualTo(1);
    assertThat(sent.nextRunAt()).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"n", "", "no", "yes please"})
  void nothing_is_sent_when_the_person_does_not_say_yes(String typed) throws Exception {
    AgentHarness device = signedIn().at(new OneAnswer(typed));
    assertThat(device.run("report")).isEqualTo(CANCELLED);
    assertThat(device.out()).contains(HEADING);
    assertThat(device.err()).contains("Nothing was sent");
    assertThat(sent()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"y", "YES", "はい"})
  void it_is_sent_when_they_do(String typed) throws Exception {
    AgentHarness device = signedIn().at(new OneAnswer(typed));
    assertThat(device.run("report")).as(device.err()).isZero();
    assertThat(sent()).hasSize(1);
  }

  @Test
  void without_a_terminal_it_is_only_shown_and_said_how_to_send_it() throws Exception {
    AgentHarness device = signedIn();
    assertThat(device.run("report")).as(device.err()).isZero();
    assertThat(device.out()).contains(HEADING, "Nothing was sent", "hikae report --yes");
    assertThat(sent()).isEmpty();
    assertThat(device.run("report", "--lang", "ja")).isZero();
    assertThat(device.out()).contains("ファイルの中身、パスワードは含まれません", "ポータルへの接続: 応答があり");
  }

  @Test
  void a_device_that_knows_nothing_yet_writes_a_file_that_nobody_else_reads() throws Exception {
    AgentHarness device = device("never");
    Path file = folder.resolve("never/for-it.json");
    assertThat(device.run("report", "--output", "for-it.json")).as(device.err()).isZero();
    assertThat(device.out()).contains(HEADING, file.toString(), "Give the file to your IT");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    String written = Files.readString(file);
    Diagnostics read = read(written);
    assertThat(read.portal()).isEqualTo(PortalReach.NO_ADDRESS);
    assertThat(read.signedIn()).isFalse();
    assertThat(read.runs()).isEmpty();
    assertThat(read.freeBytes()).isPositive();

    assertThat(device.run("report", "--output", file.toString())).isEqualTo(LOCAL);
    assertThat(device.err()).contains("must not be there yet");
    assertThat(file).hasContent(written);
    assertThat(device.run("report", "--yes")).isEqualTo(REFUSED);
    assertThat(device.err()).contains("hikae login", "--output");
    assertThat(folder.resolve("never/hikae")).as("looking leaves nothing").doesNotExist();
  }

  @Test
  void a_portal_that_is_away_leaves_the_file_as_the_way_out() throws Exception {
    AgentHarness device = device("first");
    try (FakeCompany gone = new FakeCompany()) {
      assertThat(device.run("login", "--server", gone.url())).as(device.err()).isZero();
    }
    assertThat(device.run("report", "--yes")).isEqualTo(NETWORK);
    assertThat(device.out()).contains("nothing answers there");
    assertThat(device.err()).contains("There is no connection", "hikae report --output FILE");
    assertThat(device.run("report", "--output", "report.json")).as(device.err()).isZero();
    Diagnostics read = read(Files.readString(folder.resolve("first/report.json")));
    assertThat(read.portal()).isEqualTo(PortalReach.REFUSED);
    assertThat(read.signedIn()).isTrue();
    assertThat(read.problems())
        .extracting(DiagnosticsProblem::code)
        .contains("report-not-delivered");
  }

  @Test
  void who_signed_out_is_told_so_and_keeps_what_is_remembered_until_the_keys_go() throws Exception {
    AgentHarness device = used();
    assertThat(device.run("logout")).as(device.err()).isZero();
    assertThat(device.run("report", "--json")).isZero();
    assertThat(device.out())
        .contains("\"portal\":\"SIGN_IN\"", "\"signedIn\":false", "\"kind\":\"RESTORE\"");
    signIn(device);
    assertThat(device.run("logout", "--forget")).as(device.err()).isZero();
    assertThat(device.run("report", "--json")).isZero();
    assertThat(device.out()).contains("\"portal\":\"NO_ADDRESS\"", "\"runs\":[]");
  }

  @Test
  void another_person_on_this_computer_says_nothing_of_the_first_one() throws Exception {
    AgentHarness device = device("first");
    signIn(device);
    assertThat(device.run("backup", folder.resolve("x").toString())).isNotZero();
    assertThat(device.run("report", "--json")).isZero();
    assertThat(device.out()).doesNotContain("\"problems\":[]");
    company.signsIn("subject-of-bob", "Bob");
    assertThat(signIn(device)).as(device.err()).isZero();
    assertThat(device.run("report", "--json")).isZero();
    assertThat(device.out()).contains("\"problems\":[]", "\"runs\":[]");
  }

  @Test
  void refusals_of_the_portal_say_what_to_do() throws Exception {
    AgentHarness device = signedIn();
    company.responses().refusesDiagnostics = ProblemCode.TOO_MANY_REQUESTS;
    assertThat(device.run("report", "--yes")).isEqualTo(NETWORK);
    assertThat(device.err()).contains("no more today", "--output");
    assertThat(company.requests().stream().filter(one -> one.contains("diagnostics")))
        .as("nobody waits for another try")
        .hasSize(1);
    company.responses().refusesDiagnostics = ProblemCode.NOT_FOUND;
    assertThat(device.run("report", "--yes")).isEqualTo(REFUSED);
    assertThat(device.err()).contains("takes no diagnostics", "--output");
    company.responses().refusesDiagnostics = ProblemCode.DEVICE_REVOKED;
    assertThat(device.run("report", "--yes")).isEqualTo(REFUSED);
    assertThat(device.err()).contains("was revoked", "has got nothing", "--output");
  }

  @Test
  void a_hostile_portal_moves_no_cursor_and_is_not_believed() throws Exception {
    AgentHarness device = signedIn();
    company.rewords(
        json ->
            json.contains("keptUntil")
                ? "{\"receivedAt\":\"\\u001b[2J\",\"keptUntil\":\"+999999999-12-31T23:59:59Z\"}"
                : json);
    assertThat(device.run("report", "--yes")).as(device.err()).isZero();
    assertThat(device.out()).contains("It is deleted at ? at the latest").doesNotContain("\u001b");
    assertThat(device.run("report", "--yes", "--json")).isZero();
    assertThat(device.out().lines().toList().getLast())
        .isEqualTo("{\"event\":\"diagnosticsSent\"}");
    for (String hostile : Stream.of("{}", "[]", "null", "{\"keptUntil\":7}").toList()) {
      company.rewords(json -> json.contains("keptUntil") ? hostile : json);
      assertThat(device.run("report", "--yes")).as(hostile).isEqualTo(NETWORK);
      assertThat(device.err()).as(hostile).contains("does not speak like a Hikae portal");
    }
  }

  @Test
  void clock_and_tools_are_what_they_are_and_damaged_files_stop_nothing() throws Exception {
    AgentHarness device = signedIn();
    Path home = folder.resolve("first/hikae");
    Files.writeString(home.resolve("schedule.json"), "{");
    Files.writeString(home.resolve("pause.json"), "{");
    Files.writeString(home.resolve("last-runs"), "{");
    FakeProgramRunner programs =
        new FakeProgramRunner()
            .answer("systemctl --user show", 0, "Version=257")
            .answer("notify-send --version", 0, "notify-send 0.8");
    device.on(
        Map.of(),
        Clock.offset(Clock.systemUTC(), Duration.ofHours(2)),
        duration -> {},
        new HostComputer(programs, folder.resolve("power"), false));
    assertThat(device.run("report", "--yes")).as(device.err()).isZero();
    assertThat(device.out()).contains("ahead of the portal's: 7", "show messages: yes");
    Diagnostics sent = read(sent().getFirst());
    assertThat(sent.clockOffsetSeconds()).isBetween(7195L, 7205L);
    assertThat(sent.tools().systemd()).isTrue();
    assertThat(sent.tools().notifications()).isTrue();
    assertThat(sent.scheduled()).isFalse();
    assertThat(sent.paused()).isFalse();
    assertThat(sent.runs()).isEmpty();
  }

  @Test
  void a_secrets_file_that_cannot_be_read_leaves_the_file_for_it() throws Exception {
    AgentHarness device = signedIn();
    Files.writeString(folder.resolve("first/hikae/secrets.json"), "{");
    assertThat(device.run("report", "--output", "report.json")).as(device.err()).isZero();
    Diagnostics read = read(Files.readString(folder.resolve("first/report.json")));
    assertThat(read.signedIn()).isFalse();
    assertThat(read.portal()).isEqualTo(PortalReach.NO_ADDRESS);
  }

  @Test
  void the_address_that_the_company_names_is_tried_before_anybody_signed_in() throws Exception {
    AgentHarness device = device("never");
    Files.writeString(folder.resolve("never/agent.properties"), "server=" + company.url() + "\n");
    assertThat(device.run("report", "--json")).as(device.err()).isZero();
    assertThat(device.out()).contains("\"portal\":\"SIGN_IN\"", "\"clockOffsetSeconds\":");
  }

  @Test
  void every_word_of_a_closed_list_has_its_sentence() {
    for (String language : List.of("en", "ja")) {
      Messages messages = Messages.in(language);
      Stream.of(
              Stream.of(PortalReach.values()).map(one -> "report.portal." + one),
              Stream.of(RunReport.Kind.values()).map(one -> "report.kind." + one),
              Stream.of(RunResult.values()).map(one -> "report.result." + one))
          .flatMap(all -> all)
          .forEach(key -> assertThat(messages.has(key)).as(key).isTrue());
    }
  }

  @Test
  void a_file_and_sending_exclude_each_other() throws IOException {
    AgentHarness device = device("never");
    assertThat(device.run("report", "--yes", "--output", "x")).isEqualTo(2);
    assertThat(folder.resolve("never/x")).doesNotExist();
  }
}
