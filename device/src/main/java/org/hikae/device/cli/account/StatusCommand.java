package org.hikae.device.cli.account;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.StorageView;
import org.hikae.device.AgentException;
import org.hikae.device.cli.access.SignedInAgent;
import org.hikae.device.cli.backup.SchedulePrinter;
import org.hikae.device.cli.command.AgentCommand;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.DisplayFormat;
import org.hikae.device.cli.log.LogAlarmPrinter;
import org.hikae.device.cli.possession.PossessionPrinter;
import org.hikae.device.cli.protection.RemindCommand;
import org.hikae.device.cli.vault.ReceiptsCommand;
import org.hikae.device.cli.vault.VaultActivityCheck;
import org.hikae.device.cli.vault.VaultActivityText;
import org.hikae.device.cli.vault.VaultStatusPrinter;
import org.hikae.device.drill.ProofHistory;
import org.hikae.device.drill.ProofHistoryStore;
import org.hikae.device.portal.PortalRefusalException;
import org.hikae.device.protection.PasswordPractice;
import org.hikae.device.state.AgentState;
import org.hikae.device.state.UnlockedSet;
import org.hikae.device.vaultclient.VaultChannel;
import org.hikae.enrollment.wire.DeviceContext;
import org.hikae.enrollment.wire.Reconsent;
import org.hikae.enrollment.wire.SetView;
import org.hikae.enrollment.wire.WrapView;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.TextCodec;
import org.hikae.hk1.WrapMethod;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.vault.wire.ReceiptHistory;
import org.hikae.vault.wire.ReceiptHistory.InterpretedReceipt;
import org.hikae.vault.wire.StatusDone;
import picocli.CommandLine.Command;

/** Shows where this device and its employee stand, at the portal and at the vault. */
@Command(
    name = "status",
    description =
        "Show where you stand: sign-in, opt-in, protections, attempts left at the vault, what"
            + " happened there lately, last backup.")
public final class StatusCommand extends AgentCommand {

  /** How many of the last things that happened are shown. */
  private static final int RECENT = 8;

  public StatusCommand(AgentEnvironment here) {
    super(here);
  }

  @Override
  public RunResult run(CommandOutput output) throws AgentException {
    try (SignedInAgent agent = SignedInAgent.open(here(), output.messages().language())) {
      AgentState state = agent.stateFile().require();
      DeviceContext context = agent.portal().context();
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("server", state.profile().server());
      fields.put("employee", context.displayName());
      fields.put("deviceId", TextCodec.hex(agent.identity().deviceId()));
      fields.put("deviceName", context.device().name());
      fields.put("deviceState", context.device().state());
      fields.put("state", context.state());
      fields.put("lastBackupAt", context.device().lastBackupAt());
      fields.put("vaultPinned", state.profile().vaultRoot() != null);
      fields.put("waitingReports", agent.spool().waiting().size());
      output.say(
          "status.server", state.profile().server(), DisplayFormat.name(context.displayName()));
      output.say(
          "status.device",
          DisplayFormat.name(context.device().name()),
          output.messages().get("devices.state." + DisplayFormat.key(context.device().state())));
      output.say("status.state." + DisplayFormat.key(context.state()));
      Instant backup = context.device().lastBackupAt();
      if (backup == null) {
        output.say("status.no-backup");
      } else {
        output.say("status.last-backup", DisplayFormat.time(backup, ZoneId.systemDefault()));
      }
      Instant held = context.legalHoldSince();
      fields.put("legalHoldSince", held);
      if (held != null) {
        output.say("status.legal-hold", DisplayFormat.time(held, ZoneId.systemDefault()));
      }
      reconsent(output, context, fields);
      new SchedulePrinter(here(), output).status(fields);
      SetView set = context.set();
      storage(output, agent, fields);
      if (set != null) {
        protections(output, agent, state, set, fields);
      }
      new LogAlarmPrinter(here(), output, agent.home().logFolder(state.profile().server()))
          .status(fields);
      new PossessionPrinter(here(), output).status(fields);
      fields.put(
          "reminderDueAt", PasswordPractice.dueAt(state).map(Instant::toString).orElse(null));
      shown(output, agent, fields);
      output.event("status", fields);
      RemindCommand.hint(here(), output, state);
      return RunResult.SUCCESS;
    }
  }

  /** What this device has shown of being able to recover. */
  private void shown(CommandOutput output, SignedInAgent agent, Map<String, Object> fields) {
    ProofHistory proofs = new ProofHistoryStore(agent.home()).read();
    Instant drilled = proofs.drilledAt();
    Instant practised = proofs.practisedAt();
    fields.put("drilledAt", drilled);
    fields.put("practisedAt", practised);
    if (drilled != null) {
      output.say("status.drilled", daysSince(drilled));
    }
    if (practised != null) {
      output.say("status.practised", daysSince(practised));
    }
  }

  private long daysSince(Instant then) {
    return Math.max(0, Duration.between(then, here().clock().instant()).toDays());
  }

  /** Whether a later consent text has to be agreed to, and by when. */
  private static void reconsent(
      CommandOutput output, DeviceContext context, Map<String, Object> fields) {
    Reconsent asked = context.reconsent();
    fields.put("reconsentBy", asked == null ? null : asked.by());
    fields.put("backupsPaused", asked == null ? null : asked.paused());
    if (asked != null) {
      output.say(
          asked.paused() ? "status.consent-paused" : "status.consent-asked",
          DisplayFormat.time(asked.by(), ZoneId.systemDefault()));
    }
  }

  /** What the backup takes, of how much; a portal that does not say so yet is not asked twice. */
  private static void storage(CommandOutput output, SignedInAgent agent, Map<String, Object> fields)
      throws AgentException {
    StorageView storage;
    try {
      storage = agent.portal().storage();
    } catch (PortalRefusalException e) {
      if (e.is(ProblemCode.NOT_FOUND)) {
        return;
      }
      throw e;
    }
    fields.put("usedBytes", storage.usedBytes());
    fields.put("quotaBytes", storage.quotaBytes());
    fields.put("heldBytes", storage.heldBytes());
    fields.put("heldLimitBytes", storage.heldLimitBytes());
    fields.put("waitingReleases", storage.waiting());
    output.say(
        "status.storage",
        DisplayFormat.bytes(storage.usedBytes()),
        DisplayFormat.bytes(storage.quotaBytes()));
    if (storage.heldBytes() > 0) {
      output.say(
          "status.held",
          DisplayFormat.bytes(storage.heldBytes()),
          DisplayFormat.bytes(storage.heldLimitBytes()));
    }
    if (storage.waiting() > 0) {
      output.say("status.waiting", storage.waiting());
    }
  }

  private void protections(
      CommandOutput output,
      SignedInAgent agent,
      AgentState state,
      SetView set,
      Map<String, Object> fields)
      throws AgentException {
    UnlockedSet mine = state.set();
    boolean unlocked = mine != null && mine.setId().equals(set.setId());
    List<String> methods =
        set.wraps().stream()
            .map(WrapView::method)
            .filter(method -> method != WrapMethod.CHAIN)
            .map(DisplayFormat::key)
            .distinct()
            .sorted()
            .toList();
    fields.put("setId", set.setId());
    fields.put("unlocked", unlocked);
    fields.put("protections", methods);
    output.say(unlocked ? "status.unlocked" : "status.locked");
    for (String method : methods) {
      output.say("status.protection." + method);
    }
    if (state.profile().vaultRoot() != null) {
      vault(output, agent, state, set, fields);
    } else {
      output.say("status.pin.NONE");
    }
  }

  private void vault(
      CommandOutput output,
      SignedInAgent agent,
      AgentState state,
      SetView set,
      Map<String, Object> fields)
      throws AgentException {
    VaultActivityCheck watch = new VaultActivityCheck(here(), output, agent);
    try {
      VaultChannel channel = agent.vaultConnector().open();
      StatusDone status = watch.look(channel, TextCodec.parseId("setId", set.setId()));
      new VaultStatusPrinter(output, fields)
          .show(
              status, set.setId(), channel.card().rootName(), channel.receipts().read().receipts());
      output.say("status.pin." + pinFrom(state));
      fields.put("vaultRootFrom", state.profile().vaultRootFrom());
      recent(output, agent, channel);
    } catch (AgentException e) {
      if (e.result() != RunResult.NETWORK) {
        throw e;
      }
      watch.trouble(e);
    } catch (MalformedException e) {
      throw new AgentException(RunResult.NETWORK, e, "network.not-the-portal", "");
    }
  }

  private static String pinFrom(AgentState state) {
    String from = state.profile().vaultRootFrom();
    return from != null && Set.of("MANAGED", "FLAG", "DEVICE").contains(from) ? from : "UNKNOWN";
  }

  private static void recent(CommandOutput output, SignedInAgent agent, VaultChannel channel)
      throws AgentException {
    List<InterpretedReceipt> shown =
        ReceiptHistory.of(channel.receipts().read().receipts()).stream()
            .filter(interpretedReceipt -> ReceiptsCommand.isShown(interpretedReceipt.meaning()))
            .toList();
    if (shown.isEmpty()) {
      return;
    }
    output.say("status.recent");
    VaultActivityText words = VaultActivityText.of(output, agent);
    for (InterpretedReceipt interpretedReceipt :
        shown.subList(Math.max(0, shown.size() - RECENT), shown.size())) {
      output.say("receipts.line", interpretedReceipt.seq(), words.sentence(interpretedReceipt));
    }
  }
}
