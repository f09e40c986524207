package org.hikae.device.cli.restic;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.cli.access.UnlockOptions;
import org.hikae.device.cli.command.AgentCommand;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hikae restic password}: nothing but the password on standard output. */
@Command(
    name = "password",
    description =
        "Print restic's password and nothing else, as restic's --password-command wants it. A device"
            + " that does not have the key of your backup asks for your password or 64-digit key"
            + " first.")
public final class ResticPasswordCommand extends AgentCommand {

  @Mixin private ResticDeviceOption deviceOption = new ResticDeviceOption();

  @Mixin private UnlockOptions unlock = new UnlockOptions();

  public ResticPasswordCommand(AgentEnvironment here) {
    super(here);
  }

  @Override
  public RunResult run(CommandOutput output) throws AgentException {
    try (UnlockedResticRepository access =
        UnlockedResticRepository.open(here(), output, deviceOption, unlock)) {
      if (output.json()) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("repository", access.repository().repository());
        fields.put("password", access.password());
        output.event("resticPassword", fields);
      } else {
        // In UTF-8 whatever the locale, because restic takes it so.
        byte[] bytes = (access.password() + "\n").getBytes(StandardCharsets.UTF_8);
        here().out().write(bytes, 0, bytes.length);
        here().out().flush();
      }
      return RunResult.SUCCESS;
    }
  }
}
