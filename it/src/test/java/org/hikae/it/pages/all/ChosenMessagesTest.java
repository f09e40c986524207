package org.hikae.it.pages.all;

import static java.util.Map.entry;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hikae.approval.value.ApprovalState;
import org.hikae.audit.view.AuditVerdict;
import org.hikae.backup.value.RotKind;
import org.hikae.backup.view.RetentionReason;
import org.hikae.backup.wire.ReleaseCause;
import org.hikae.backup.wire.RunReport;
import org.hikae.diagnostics.view.LikelyCauseKind;
import org.hikae.diagnostics.wire.PortalReach;
import org.hikae.enrollment.distribution.view.AgentPackageFault;
import org.hikae.enrollment.distribution.view.AgentPackageKind;
import org.hikae.enrollment.value.ConsentAction;
import org.hikae.enrollment.wire.BackupProgram;
import org.hikae.enrollment.wire.DeviceState;
import org.hikae.enrollment.wire.OptInState;
import org.hikae.hk1.WrapMethod;
import org.hikae.identity.value.DirectoryReadFailure;
import org.hikae.identity.value.EmployeeState;
import org.hikae.insight.system.view.ColumnKind;
import org.hikae.insight.system.view.SystemJob;
import org.hikae.insight.view.BackupVerdictState;
import org.hikae.insight.view.DeviceCriteria;
import org.hikae.insight.view.EmployeeCriteria;
import org.hikae.insight.view.RunState;
import org.hikae.lifecycle.view.LeaverStage;
import org.hikae.notice.value.ChannelOrigin;
import org.hikae.notice.value.DeliveryFailure;
import org.hikae.notice.value.DeliveryState;
import org.hikae.notice.value.NoticeChannel;
import org.hikae.notice.value.RecipientAudience;
import org.hikae.notice.view.ChannelFault;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.policy.control.PolicyKey;
import org.hikae.policy.control.PolicyTemplate;
import org.hikae.policy.control.PolicyValueKind;
import org.hikae.policy.view.PolicyValueType;
import org.hikae.rollout.value.AudienceKind;
import org.hikae.rollout.value.CampaignState;
import org.hikae.rollout.value.GateKind;
import org.hikae.rollout.view.WaveListFault;
import org.hikae.rollout.view.WaveState;
import org.hikae.vault.wire.ReceiptHistory.Meaning;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Texts that pages choose by a value: {@code my['device.'.concat(row.state)]}. */
class ChosenMessagesTest {

  private static final Set<String> JOBS = names(SystemJob.values());
  private static final Set<String> BOOLEANS = Set.of("true", "false");
  private static final Set<String> ROOTS = Set.of("software", "pkcs11");
  private static final Set<String> MEANINGS =
      without(
          with(names(Meaning.values()), "AUDITED"),
          Meaning.BEGUN,
          Meaning.REGISTERED,
          Meaning.CLAIMED,
          Meaning.DROPPED,
          Meaning.TRIED);

  /** What the help page explains: runs that are not well, and two things more. */
  private static final Set<String> TOPICS =
      set(
          Stream.concat(
              Arrays.stream(RunState.values()).filter(RunState::isAdvised).map(Enum::name),
              Stream.of("MISSED", "PASSWORD_LOST")));

  /** What can stand behind each; a new one in a page needs its line here. */
  private static final Map<String, Set<String>> VALUES =
      Map.ofEntries(
          entry("adm account.", names(EmployeeState.values())),
          entry("adm employees.", Set.of("optIn", "devices", "lastRun", "lastBackup", "stored")),
          entry("adm kind.", names(RunReport.Kind.values())),
          entry("adm optIn.", names(OptInState.values())),
          entry("adm run.", names(RunState.values())),
          entry("adm vault.root.", ROOTS),
          entry("cam audience.", names(AudienceKind.values())),
          entry("cam fault.", names(WaveListFault.values())),
          entry("cam gate.", names(GateKind.values())),
          entry("cam gate.limit.", names(GateKind.values())),
          entry("cam halt.", names(GateKind.values())),
          entry("cam state.", names(CampaignState.values())),
          entry("cam state.text.", names(CampaignState.values())),
          entry("cam wave.", names(WaveState.values())),
          entry("dgn cause.", names(LikelyCauseKind.values())),
          entry("dgn do.", names(LikelyCauseKind.values())),
          entry("dgn fuse.", BOOLEANS),
          entry("dgn hasKey.", BOOLEANS),
          entry("dgn notifications.", BOOLEANS),
          entry("dgn portal.", names(PortalReach.values())),
          entry("dgn scheduled.", BOOLEANS),
          entry("dgn signedIn.", BOOLEANS),
          entry("dgn staying.", BOOLEANS),
          entry("dgn systemd.", BOOLEANS),
          entry(
              "hlp act.",
              without(names(BackupVerdictState.values()), BackupVerdictState.PROTECTED)),
          entry("hlp cause.", TOPICS),
          entry("hlp next.", forReaders(TOPICS)),
          entry("hlp text.", names(BackupVerdictState.values())),
          entry("hlp title.", TOPICS),
          entry("ins get.notYet.", Set.of("LINUX", "WINDOWS", "MACOS", "OTHER")),
          entry("ins kind.", names(AgentPackageKind.values())),
          entry("lst day.", Set.of("added", "backedUp", "failed")),
          entry("lst health.", names(EmployeeCriteria.Health.values())),
          entry("lst lately.", names(DeviceCriteria.Lately.values())),
          entry("msg scheme.", Set.of("system", "light", "dark")),
          entry("my decision.", names(ConsentAction.values())),
          entry("my device.", names(DeviceState.values())),
          entry("my language.", Set.of("en", "ja")),
          entry("my releasedBy.", names(ReleaseCause.values())),
          entry("my vault.root.", ROOTS),
          entry(
              "my vaultDue.",
              Set.of(
                  "LOCKED",
                  "RETIRED",
                  "REPLACE_ANNOUNCED",
                  "DELETE_ANNOUNCED",
                  "ADMIN_DELETE_ANNOUNCED",
                  "FROZEN")),
          entry("my vaultEvent.", MEANINGS),
          entry("my wrap.", names(WrapMethod.values())),
          entry("ntc audience.", names(RecipientAudience.values())),
          entry("ntc audience.text.", names(RecipientAudience.values())),
          entry("ntc channel.", names(NoticeChannel.values())),
          entry("ntc channel.advice.", names(DeliveryFailure.values())),
          entry("ntc channel.environment.", names(NoticeChannel.values())),
          entry("ntc channel.fault.", names(ChannelFault.values())),
          entry("ntc channel.origin.", names(ChannelOrigin.values())),
          entry("ntc channel.sent.", names(NoticeChannel.values())),
          entry("ntc kind.", set(Arrays.stream(NoticeKind.values()).map(NoticeKind::code))),
          entry("ntc severity.", names(NoticeKind.Severity.values())),
          entry("ntc state.", names(DeliveryState.values())),
          entry("ntc trouble.", names(DeliveryFailure.values())),
          entry("pol approval.", names(ApprovalState.values())),
          entry("pol choice.", policyForms(form -> stream(form.choices()))),
          entry("pol help.", policyKeys()),
          entry("pol key.", policyKeys()),
          entry("pol kind.", Set.of("default", "group", "employee")),
          entry(
              "pol effect.", Set.of("retention", "holdDays", "optOutGraceDays", "leaverKeepDays")),
          entry("pol part.", Set.of("content", "schedule", "keeping", "keys", "leaving", "limits")),
          entry(
              "pol request.", Set.of("policy.weaken", "legal-hold.lift", "notice-channel.change")),
          entry(
              "pol unit.", with(policyForms(ChosenMessagesTest::countedBy), "perSecond", "weeks")),
          entry("pol template.", names(PolicyTemplate.values())),
          entry("pol template.text.", names(PolicyTemplate.values())),
          entry("pol why.", proposals()),
          entry("ppl age.", names(DeviceCriteria.Age.values())),
          entry("ppl decision.", names(ConsentAction.values())),
          entry("ppl fault.", names(AuditVerdict.Fault.values())),
          entry("ppl job.", JOBS),
          entry("ppl keptBy.", names(RetentionReason.values())),
          entry("ppl leaver.", names(LeaverStage.values())),
          entry("ppl origin.", Set.of("builtIn", "default", "group", "employee")),
          entry("ppl vaultEvent.", MEANINGS),
          entry("ppl vaultWord.", names(AuditVerdict.Vault.values())),
          entry("rst by.", names(BackupProgram.values())),
          entry("sch kind.", suffixed(names(ColumnKind.values()), ".text")),
          entry("sys directory.failure.", names(DirectoryReadFailure.values())),
          entry("sys job.", JOBS),
          entry("sys job.text.", JOBS),
          entry("sys packages.fault.", names(AgentPackageFault.values())),
          entry("sys rot.kind.", names(RotKind.values())));

  @Test
  void each_value_that_a_page_may_meet_has_its_text() throws IOException {
    Map<String, String> bundles = PageMessagesTest.bundles();
    Set<String> missing = new TreeSet<>();
    for (Map.Entry<String, Set<String>> chosen : VALUES.entrySet()) {
      List<String> use = List.of(chosen.getKey().split(" ", -1));
      for (String language : List.of("_en", "_ja")) {
        Properties texts = PageMessagesTest.read(bundles.get(use.getFirst()) + language);
        chosen.getValue().stream()
            .map(value -> use.getLast() + value)
            .filter(key -> !texts.containsKey(key))
            .forEach(key -> missing.add(use.getFirst() + language + " " + key));
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void every_choice_of_a_page_is_known_here() throws IOException {
    Pattern choice =
        Pattern.compile(
            "\\b("
                + String.join("|", PageMessagesTest.bundles().keySet())
                + ")\\['([\\w.]+)'.concat");
    Set<String> found = new TreeSet<>();
    try (Stream<Path> pages = Files.walk(PageMessagesTest.PORTAL.resolve("webapp"))) {
      for (Path page : pages.filter(file -> file.toString().endsWith(".xhtml")).toList()) {
        Matcher use = choice.matcher(Files.readString(page));
        while (use.find()) {
          found.add(use.group(1) + " " + use.group(2));
        }
      }
    }
    assertThat(VALUES.keySet()).containsAll(found);
  }

  private static Set<String> names(Enum<?>[] values) {
    return set(Arrays.stream(values).map(Enum::name));
  }

  private static Set<String> policyKeys() {
    return set(Arrays.stream(PolicyKey.values()).map(PolicyKey::wireName));
  }

  private static Set<String> proposals() {
    return set(
        Arrays.stream(PolicyTemplate.values())
            .flatMap(
                template ->
                    template.proposed().named().keySet().stream()
                        .map(key -> template.name() + "." + key)));
  }

  private static Set<String> policyForms(Function<PolicyValueKind.Form, Stream<String>> texts) {
    return set(Arrays.stream(PolicyKey.values()).flatMap(key -> texts.apply(key.kind().form())));
  }

  private static Stream<String> stream(@Nullable List<String> texts) {
    return Stream.ofNullable(texts).flatMap(List::stream);
  }

  /** What a number counts; bytes have units of their own. */
  private static Stream<String> countedBy(PolicyValueKind.Form form) {
    String unit = form.unit();
    boolean named =
        form.type() == PolicyValueType.NUMBER && unit != null && !unit.startsWith("bytes");
    return named ? Stream.ofNullable(unit) : Stream.empty();
  }

  private static Set<String> with(Set<String> values, String... others) {
    return set(Stream.concat(values.stream(), Arrays.stream(others)));
  }

  private static Set<String> without(Set<String> values, Enum<?>... others) {
    Set<String> left = new TreeSet<>(values);
    left.removeAll(names(others));
    return left;
  }

  private static Set<String> forReaders(Set<String> values) {
    return set(
        Stream.of("EMPLOYEE.", "HELPDESK.", "IT.")
            .flatMap(reader -> values.stream().map(value -> reader + value)));
  }

  private static Set<String> suffixed(Set<String> values, String end) {
    return set(values.stream().map(value -> value + end));
  }

  private static Set<String> set(Stream<String> values) {
    return values.collect(toCollection(TreeSet::new));
  }
}
