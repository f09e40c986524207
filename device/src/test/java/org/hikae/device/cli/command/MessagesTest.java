package org.hikae.device.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.history.SeenSeriesHeads;
import org.hikae.device.history.SnapshotChoice;
import org.hikae.device.keys.DigitKeyException;
import org.hikae.device.keys.PasswordException;
import org.hikae.device.protection.OptInFlow;
import org.hikae.device.restore.PlannedEntry;
import org.hikae.device.run.ProgressListener;
import org.hikae.device.schedule.BackupDeferral;
import org.hikae.device.vaultclient.ReceiptChainCheck;
import org.hikae.device.verify.Damage;
import org.hikae.enrollment.update.wire.UpdateFault;
import org.hikae.enrollment.update.wire.UpdateTargetKind;
import org.hikae.enrollment.wire.DeviceState;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.transparency.log.wire.TransparencyLogFault;
import org.hikae.vault.wire.ReceiptHistory;
import org.hikae.vault.wire.RecordState;
import org.hikae.vault.wire.StatusDone;
import org.hikae.vault.wire.VaultRefusal;
import org.junit.jupiter.api.Test;

class MessagesTest {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\d}");
  private static final Pattern KEY =
      Pattern.compile(
          "\"((?:address|network|tls|state|login|problem|vault|optin|password|digits|secret|unlock"
              + "|run|backup|path|snapshots|restore|status|devices|optout|logout|receipts|watch|freshness"
              + "|forget|order|event|span|sheet|remind|keys|verify|diff"
              + "|limit|schedule|scheduled|missing|pause|daemon|policy|restic|mount|find|window|report|log|update)\\.[a-zA-Z-]+[a-z])\"");

  @Test
  void both_languages_have_the_same_sentences_with_the_same_placeholders() throws Exception {
    Properties english = read("messages.properties");
    Properties japanese = read("messages_ja.properties");

    assertThat(japanese.stringPropertyNames())
        .containsExactlyInAnyOrderElementsOf(english.stringPropertyNames());
    for (String key : english.stringPropertyNames()) {
      assertThat(placeholders(japanese.getProperty(key)))
          .as(key)
          .isEqualTo(placeholders(english.getProperty(key)));
    }
  }

  @Test
  void every_closed_list_has_a_sentence_for_each_case() throws Exception {
    Properties english = read("messages.properties");
    Stream<String> needed =
        Stream.of(
                names("problem.", Stream.of(ProblemCode.values()).map(ProblemCode::code)),
                names("vault.refused.", Stream.of(VaultRefusal.values()).map(Enum::name)),
                names("status.vault.", Stream.of(RecordState.values()).map(Enum::name)),
                names("warning.", Stream.of(ProgressListener.WarningKind.values()).map(Enum::name)),
                names("restore.plan.", Stream.of(PlannedEntry.Action.values()).map(Enum::name)),
                names("backup.plan.", Stream.of("NEW", "CHANGED")),
                names("alarm.", Stream.of(SeenSeriesHeads.Fault.values()).map(Enum::name)),
                questions(),
                names("store.", Stream.of(RunResult.values()).map(Enum::name)),
                names(
                    "password.",
                    Stream.of(PasswordException.PasswordProblem.values()).map(Enum::name)),
                names(
                    "digits.",
                    Stream.of(DigitKeyException.DigitKeyProblem.values()).map(Enum::name)),
                names("event.", Stream.of(ReceiptHistory.Meaning.values()).map(Enum::name)),
                names(
                    "watch.announced.",
                    Stream.of(StatusDone.Announcement.values())
                        .filter(a -> a != StatusDone.Announcement.NONE)
                        .map(Enum::name)),
                names(
                    "receipts.fault.", Stream.of(ReceiptChainCheck.Fault.values()).map(Enum::name)),
                names(
                    "log.fault.",
                    Stream.of(TransparencyLogFault.values())
                        .filter(fault -> fault != TransparencyLogFault.NO_ANSWER)
                        .map(Enum::name)),
                names("update.refused.", Stream.of(UpdateFault.values()).map(Enum::name)),
                names("update.install.", Stream.of(UpdateTargetKind.values()).map(Enum::name)),
                names("log.", Stream.of("NONE", "FIRST", "FITS", "fault.CARD_MISSING")),
                names("verify.damage.", Stream.of(Damage.Kind.values()).map(Enum::name)),
                names(
                    "scheduled.deferred.",
                    Stream.of(BackupDeferral.Reason.values()).map(Enum::name)),
                names("devices.state.", Stream.of(DeviceState.values()).map(Enum::name)),
                names("restic.setup.password.", Stream.of("NEW", "OWN", "KEPT")),
                names("order.done.", Stream.of("FREEZE", "UNFREEZE", "VETO")),
                names("order.nothing-to-do.", Stream.of("FREEZE", "UNFREEZE", "VETO")),
                names("status.pin.", Stream.of("MANAGED", "FLAG", "UNKNOWN", "NONE")),
                names("optin.outcome.", Stream.of(OptInFlow.OptInOutcome.values()).map(Enum::name)))
            .flatMap(s -> s);

    assertThat(english.stringPropertyNames()).containsAll(needed.toList());
  }

  private static Stream<String> questions() {
    return names("freshness.", Stream.of(SnapshotChoice.Question.values()).map(Enum::name))
        .map(name -> name.toLowerCase(Locale.ROOT))
        .flatMap(name -> Stream.of(name, name + "-type", name + "-refused"));
  }

  @Test
  void every_key_in_the_code_has_a_sentence() throws Exception {
    Properties english = read("messages.properties");
    TreeSet<String> used = new TreeSet<>();
    try (Stream<Path> sources = Files.walk(Path.of("src/main/java/org/hikae/device"))) {
      for (Path source : sources.filter(p -> p.toString().endsWith(".java")).toList()) {
        KEY.matcher(Files.readString(source)).results().map(r -> r.group(1)).forEach(used::add);
      }
    }
    assertThat(used).hasSizeGreaterThan(80);
    // Names of files, not of sentences.
    used.removeAll(Set.of("run.lock", "receipts.lock", "schedule.json", "pause.json"));
    used.removeAll(Set.of("window.css", "window.html", "window.js", "base.js", "dialog.js"));
    used.removeAll(Set.of("files.js", "schedule.js"));
    assertThat(english.stringPropertyNames()).containsAll(used);
  }

  @Test
  void the_language_follows_the_environment_as_elsewhere() {
    assertThat(Messages.languageOf(Map.of())).isEqualTo("en");
    assertThat(Messages.languageOf(Map.of("LANG", "ja_JP.UTF-8"))).isEqualTo("ja");
    assertThat(Messages.languageOf(Map.of("LANG", "ja_JP.UTF-8", "LC_ALL", "C"))).isEqualTo("en");
    assertThat(Messages.languageOf(Map.of("LANG", "de_DE", "LC_MESSAGES", "ja_JP")))
        .isEqualTo("ja");
    assertThat(Messages.in("ja").get("run.cancelled")).isEqualTo("中止しました。");
    assertThat(Messages.in("en").get("run.cancelled")).isEqualTo("Cancelled.");
  }

  @Test
  void spans_are_rounded_up_so_that_nobody_comes_too_early() {
    Messages english = Messages.in("en");
    assertThat(english.get("status.wait", Duration.ofSeconds(0))).contains(" 2 seconds");
    assertThat(english.get("status.wait", Duration.ofSeconds(119))).contains("119 seconds");
    assertThat(english.get("status.wait", Duration.ofSeconds(121))).contains("3 minutes");
    assertThat(english.get("status.wait", Duration.ofSeconds(7199))).contains("120 minutes");
    assertThat(english.get("status.wait", Duration.ofSeconds(7201))).contains("3 hours");
    assertThat(english.get("status.wait", Duration.ofDays(3))).contains("3 days");
    assertThat(Messages.in("ja").get("status.wait", Duration.ofMinutes(10))).contains("10 分後");
  }

  @Test
  void placeholders_are_filled_and_nothing_else_is_special() {
    assertThat(Messages.in("en").get("path.malformed", "it's {1} '{0}'"))
        .isEqualTo("This is no path: it's {1} '{0}'");
  }

  @Test
  void what_others_have_written_moves_no_cursor_and_turns_no_text() {
    String written = "a\u001b[2J\rb\nc\u202ed\u2066e\u0085";
    assertThat(Messages.in("en").get("path.malformed", written))
        .isEqualTo("This is no path: a?[2J?b?c?d?e?");
    assertThat(Messages.in("en").get("path.malformed", "a\u2028b\u2029c\u200fd\u061ce\ud800"))
        .isEqualTo("This is no path: a?b?c?d?e?");
    String family = "\u0646\u200c\u0627 \uD83D\uDC68\u200D\uD83D\uDC69";
    assertThat(Messages.in("ja").get("path.malformed", family)).contains(family);
    assertThat(DisplayFormat.plain(written + "\u200d")).isEqualTo("a?[2J?b?c?d?e??");
  }

  /** HK1-D-16. */
  @Test
  void a_name_is_no_longer_than_an_honest_one() {
    String honest = "\ud842\udfb7".repeat(100);
    assertThat(DisplayFormat.name(honest)).isEqualTo(honest);
    assertThat(DisplayFormat.name(honest + "\u001b")).isEqualTo(honest + "\u2026");
  }

  @Test
  void what_fills_a_sentence_does_not_control_the_terminal() {
    String hostile = "https://sso.example.com/\u001b[2J\u202ecod\r\n";
    assertThat(Messages.in("en").get("login.realm", hostile))
        .contains("https://sso.example.com/?[2J?cod??");
    assertThat(Messages.in("ja").get("login.wrong-issuer", List.of("a", hostile)))
        .contains("https://sso.example.com/?[2J?cod??");
  }

  private static Stream<String> names(String prefix, Stream<String> names) {
    return names.map(name -> prefix + name);
  }

  private static String placeholders(String sentence) {
    return PLACEHOLDER
        .matcher(sentence)
        .results()
        .map(MatchResult::group)
        .sorted()
        .distinct()
        .collect(Collectors.joining());
  }

  private static Properties read(String name) throws Exception {
    Properties properties = new Properties();
    try (Reader in =
        new InputStreamReader(
            MessagesTest.class.getResourceAsStream("/org/hikae/device/cli/" + name),
            StandardCharsets.UTF_8)) {
      properties.load(in);
    }
    return properties;
  }
}
