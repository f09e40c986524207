package org.hikae.device.cli.restic;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.PortalTime;
import org.hikae.device.cli.access.SignedInAgent;
import org.hikae.device.cli.access.UnlockOptions;
import org.hikae.device.cli.command.AgentCommand;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.PersonDialog;
import org.hikae.device.cli.command.PersonDialog.DialogStep;
import org.hikae.device.restic.ResticRevocation;
import org.hikae.device.state.ResticRevocationStore;
import org.hikae.enrollment.wire.NewResticCredential;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hikae restic show}. */
@Command(
    name = "show",
    description =
        "Print what restic needs on a computer of yours on which this program does not run: address,"
            + " user name and password of a new credential, and restic's password. Whoever has all"
            + " four can read and add to this backup.")
public final class ResticShowCommand extends AgentCommand {

  @Mixin private ResticDeviceOption deviceOption = new ResticDeviceOption();

  @Mixin private UnlockOptions unlock = new UnlockOptions();

  public ResticShowCommand(AgentEnvironment here) {
    super(here);
  }

  @Override
  public RunResult run(CommandOutput output) throws AgentException {
    try (UnlockedResticRepository access =
        UnlockedResticRepository.open(here(), output, deviceOption, unlock)) {
      SignedInAgent agent = access.agent();
      String repository = access.repository().repository();
      NewResticCredential given = agent.portal().giveResticCredential(repository);
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put(
          "RESTIC_REPOSITORY", ResticCommand.address(agent.stateFile().require(), repository));
      fields.put("RESTIC_REST_USERNAME", given.username());
      fields.put("RESTIC_REST_PASSWORD", given.password());
      fields.put("RESTIC_PASSWORD", access.password());
      Optional<PersonDialog> dialog = output.dialog();
      if (dialog.isPresent()) {
        return shown(output, agent, given, fields, dialog.get());
      }
      output.event("resticShow", fields);
      fields.forEach((name, value) -> output.line(name + "=" + value));
      access.notes().note("restic.shown", PortalTime.text(given.expiresAt()));
      return RunResult.SUCCESS;
    }
  }

  /** A credential that nobody has seen, or that is not wanted any more, ends. */
  private RunResult shown(
      CommandOutput output,
      SignedInAgent agent,
      NewResticCredential given,
      Map<String, Object> fields,
      PersonDialog dialog)
      throws AgentException {
    List<String> lines = new ArrayList<>();
    fields.forEach((name, value) -> lines.add(name + "=" + value));
    ResticRevocation revocation = new ResticRevocation(agent.portal(), agent.home());
    boolean kept = false;
    // From here on it ends unless the person wants it, also when this process dies.
    try (ResticRevocationStore.ShownName _ = revocation.show(given.username())) {
      try {
        Map<String, Object> facts = Map.of("expiresAt", PortalTime.text(given.expiresAt()));
        kept = !dialog.shown(DialogStep.RESTIC_VALUES, facts, lines).equals("forget");
      } finally {
        if (!kept) {
          ended(revocation, given);
        }
      }
      if (kept) {
        revocation.wanted(given.username());
      }
    }
    output.say(kept ? "restic.shown.kept" : "restic.shown.forgotten");
    return RunResult.SUCCESS;
  }

  /** Who closes the window without a network has it ended later, and is told. */
  private void ended(ResticRevocation revocation, NewResticCredential given) throws AgentException {
    try {
      revocation.revoke(given.username(), here().pause());
    } catch (AgentException e) {
      String said =
          revocation.isWaiting(given.username())
              ? "restic.shown.not-ended"
              : "restic.shown.not-noted";
      throw new AgentException(e.result(), e, said, PortalTime.text(given.expiresAt()));
    }
  }
}
