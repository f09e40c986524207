package org.hikae.device.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hikae.backup.wire.OwnResticRepository;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
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
final class ResticShowCommand extends AgentCommand {

  @Mixin private ResticDeviceOption of = new ResticDeviceOption();

  @Mixin private UnlockOptions unlock = new UnlockOptions();

  ResticShowCommand(Surroundings here) {
    super(here);
  }

  @Override
  RunResult run(Output output) throws AgentException {
    Surroundings beside = here().besideTheResult();
    Output notes = new Output(beside, output.messages(), false, false);
    try (Agent agent = Agent.open(beside, output.messages().language())) {
      ResticAccess access = new ResticAccess(beside, notes, agent);
      OwnResticRepository repository = access.repository(of.device());
      char[] password = access.password(repository, unlock.person());
      NewResticCredential given = agent.portal().giveResticCredential(repository.repository());
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put(
          "RESTIC_REPOSITORY",
          ResticCommand.address(agent.stateFile().require(), repository.repository()));
      fields.put("RESTIC_REST_USERNAME", given.username());
      fields.put("RESTIC_REST_PASSWORD", given.password());
      fields.put("RESTIC_PASSWORD", new String(password));
      Arrays.fill(password, '\0');
      output.event("resticShow", fields);
      fields.forEach((name, value) -> output.line(name + "=" + value));
      notes.note("restic.shown", given.expiresAt());
      return RunResult.SUCCESS;
    }
  }
}
