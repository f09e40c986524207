package org.hikae.device.cli;

import java.security.SecureRandom;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.state.AgentState;
import org.hikae.device.state.UnlockedSet;
import org.hikae.device.vaultclient.VaultStatus;
import org.hikae.enrollment.wire.DeviceContext;
import org.hikae.enrollment.wire.SetView;
import org.hikae.enrollment.wire.WrapView;
import org.hikae.hk1.Ids;
import org.hikae.hk1.MalformedException;
import org.hikae.vault.wire.RecordState;
import org.hikae.vault.wire.VaultPayload;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

@Command(
    name = "status",
    description =
        "Show where you stand: sign-in, opt-in, protections, attempts left at the vault, last backup.")
final class StatusCommand extends AgentCommand {

  StatusCommand(Surroundings here) {
    super(here);
  }

  @Override
  RunResult run(Output output) throws AgentException {
    try (Agent agent = Agent.open(here(), output.messages().language())) {
      AgentState state = agent.stateFile().require();
      DeviceContext context = agent.portal().context();
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("server", state.profile().server());
      fields.put("employee", context.displayName());
      fields.put("deviceId", Ids.hex(agent.identity().deviceId()));
      fields.put("deviceName", context.device().name());
      fields.put("deviceState", context.device().state());
      fields.put("state", context.state());
      fields.put("lastBackupAt", context.device().lastBackupAt());
      fields.put("vaultPinned", state.profile().vaultRoot() != null);
      fields.put("waitingReports", agent.spool().waiting().size());
      output.say("status.server", state.profile().server(), Sizes.plain(context.displayName()));
      output.say("status.device", Sizes.plain(context.device().name()), context.device().state());
      output.say("status.state." + known(context.state()));
      String backup = context.device().lastBackupAt();
      if (backup == null) {
        output.say("status.no-backup");
      } else {
        output.say("status.last-backup", Sizes.time(backup, ZoneId.systemDefault()));
      }
      SetView set = context.set();
      if (set != null) {
        protections(output, agent, state, set, fields);
      }
      output.event("status", fields);
      return RunResult.SUCCESS;
    }
  }

  private void protections(
      Output output, Agent agent, AgentState state, SetView set, Map<String, Object> fields)
      throws AgentException {
    UnlockedSet mine = state.set();
    boolean unlocked = mine != null && mine.setId().equals(set.setId());
    List<String> methods = set.wraps().stream().map(WrapView::method).distinct().sorted().toList();
    fields.put("setId", set.setId());
    fields.put("unlocked", unlocked);
    fields.put("protections", methods);
    output.say(unlocked ? "status.unlocked" : "status.locked");
    for (String method : methods) {
      output.say("status.protection." + known(method));
    }
    if (methods.contains("PASSWORD_VAULT") && state.profile().vaultRoot() != null) {
      vault(output, agent, set, fields);
    }
  }

  private void vault(Output output, Agent agent, SetView set, Map<String, Object> fields)
      throws AgentException {
    VaultPayload.StatusDone status = vaultStatus(agent, set, here().random());
    if (status == null) {
      return;
    }
    fields.put("vaultRecord", status.state().name());
    fields.put("attemptsLeft", status.attemptsLeft());
    output.say("status.vault." + status.state(), status.attemptsLeft());
    if (status.state() == RecordState.ACTIVE && !Ids.hex(status.setId()).equals(set.setId())) {
      output.note("vault.record-of-another-set");
    }
  }

  private static VaultPayload.@Nullable StatusDone vaultStatus(
      Agent agent, SetView set, SecureRandom random) throws AgentException {
    try {
      return VaultStatus.ask(agent.door().open(), Ids.parseId("setId", set.setId()), random);
    } catch (MalformedException e) {
      return null;
    }
  }

  /** Keys of the bundle are built from closed lists only. */
  private static String known(String name) {
    return name.matches("[A-Z_]{1,40}") ? name : "UNKNOWN";
  }
}
