package org.hikae.device.cli.restic;

import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hikae.backup.wire.OwnResticRepository;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.cli.access.SignedInAgent;
import org.hikae.device.cli.command.AgentCommand;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.DisplayFormat;
import org.hikae.device.restic.ResticRepositoryChoice;
import org.hikae.device.restic.ResticRevocation;
import org.hikae.device.state.AgentState;
import org.hikae.enrollment.wire.BackupSetState;
import org.hikae.enrollment.wire.SetView;
import org.hikae.hk1.TextCodec;
import picocli.CommandLine.Command;

/** {@code hikae restic}: lists; the commands below it do the work. */
@Command(
    name = "restic",
    description =
        "For people who back up with restic: list your restic repositories at the portal, of all of"
            + " your devices; * marks that of this one. The commands below set one up, run restic,"
            + " and bring in a repository that you have already.")
public final class ResticCommand extends AgentCommand {

  public ResticCommand(AgentEnvironment here) {
    super(here);
  }

  @Override
  public RunResult run(CommandOutput output) throws AgentException {
    try (SignedInAgent agent = SignedInAgent.open(here(), output.messages().language())) {
      ResticRepositoryChoice repositories = repositories(agent);
      AgentState state = agent.stateFile().require();
      if (repositories.all().isEmpty()) {
        output.say("restic.none");
      }
      for (OwnResticRepository one : repositories.all()) {
        boolean mine = repositories.isOfThisDevice(one);
        boolean kept = !one.passwords().isEmpty();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("repository", one.repository());
        fields.put("deviceId", one.deviceId());
        fields.put("deviceName", repositories.deviceName(one));
        fields.put("thisDevice", mine);
        fields.put("createdAt", one.createdAt());
        fields.put("passwordKept", kept);
        fields.put("credentialHere", state.restic().containsKey(one.repository()));
        output.event("resticRepository", fields);
        output.say(
            kept ? "restic.line" : "restic.line-without-password",
            mine ? "*" : " ",
            DisplayFormat.plain(one.repository()),
            DisplayFormat.time(one.createdAt(), ZoneId.systemDefault()),
            DisplayFormat.name(repositories.deviceName(one)));
      }
      return RunResult.SUCCESS;
    }
  }

  /** Those of the employee's active set. */
  static ResticRepositoryChoice repositories(SignedInAgent agent) throws AgentException {
    SetView set = agent.portal().context().set();
    if (set == null || set.state() != BackupSetState.ACTIVE) {
      throw new AgentException(RunResult.REFUSED, "problem.not-opted-in", "", "");
    }
    new ResticRevocation(agent.portal(), agent.home()).revokeWaiting();
    return ResticRepositoryChoice.ask(
        agent.portal(), set.setId(), TextCodec.hex(agent.identity().deviceId()));
  }

  /** What restic calls a repository. */
  static String address(AgentState state, String repository) {
    return "rest:" + state.profile().server() + "/api/restic/" + repository + "/";
  }
}
