package org.hikae.device.cli.account;

import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.cli.access.SignedInAgent;
import org.hikae.device.cli.command.AgentCommand;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.DisplayFormat;
import org.hikae.enrollment.wire.DeviceView;
import org.hikae.hk1.TextCodec;
import picocli.CommandLine.Command;

/** Lists the devices of the employee who is signed in. */
@Command(name = "devices", description = "List your devices; * marks this one.")
public final class DevicesCommand extends AgentCommand {

  public DevicesCommand(AgentEnvironment here) {
    super(here);
  }

  @Override
  public RunResult run(CommandOutput output) throws AgentException {
    try (SignedInAgent agent = SignedInAgent.open(here(), output.messages().language())) {
      String own = TextCodec.hex(agent.identity().deviceId());
      for (DeviceView view : agent.portal().devices()) {
        boolean mine = view.deviceId().equals(own);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("deviceId", view.deviceId());
        fields.put("name", view.name());
        fields.put("platform", view.platform());
        fields.put("agentVersion", view.agentVersion());
        fields.put("state", view.state());
        fields.put("thisDevice", mine);
        fields.put("enrolledAt", view.enrolledAt());
        fields.put("lastSeenAt", view.lastSeenAt());
        fields.put("lastBackupAt", view.lastBackupAt());
        fields.put("lastBackupBy", view.lastBackupBy());
        output.event("device", fields);
        print(output, view, mine);
      }
      return RunResult.SUCCESS;
    }
  }

  /** A row of a table; to a person in the window, where there is none, in words. */
  private static void print(CommandOutput output, DeviceView view, boolean mine) {
    Instant backup = view.lastBackupAt();
    String name = DisplayFormat.name(view.name());
    String state = output.messages().get("devices.state." + DisplayFormat.key(view.state()));
    String last =
        backup == null
            ? output.messages().get("devices.no-backup")
            : DisplayFormat.time(backup, ZoneId.systemDefault());
    if (output.dialog().isPresent()) {
      output.say(mine ? "devices.in-words-own" : "devices.in-words", name, state, last);
      return;
    }
    output.line(
        String.format(
            Locale.ROOT,
            "%s %s  %-8s  %s  %s",
            mine ? "*" : " ",
            view.deviceId().substring(0, Math.min(12, view.deviceId().length())),
            state,
            last,
            name));
  }
}
