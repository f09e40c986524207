package org.hikae.device.cli.snapshots;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.AgentException;
import org.hikae.device.cli.access.SignedInAgent;
import org.hikae.device.cli.command.AgentCommand;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.DisplayFormat;
import org.hikae.device.store.BackupStoreException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hikae release}. */
@Command(
    name = "release",
    description =
        "Release snapshots that you no longer need. They can still be restored and taken back for the"
            + " time that your company has set, which is said; then what only they need is"
            + " removed. The newest snapshot of a device stays.")
public final class ReleaseCommand extends AgentCommand {

  @Parameters(
      arity = "1..*",
      paramLabel = "SNAPSHOT",
      description = "Identifiers of snapshots or their beginnings.")
  private List<String> names = List.of();

  @Option(
      names = "--undo",
      description = "Take released snapshots back. No rule of your company drops them then.")
  private boolean undo;

  public ReleaseCommand(AgentEnvironment here) {
    super(here);
  }

  @Override
  public RunResult run(CommandOutput output) throws AgentException, BackupStoreException {
    try (SignedInAgent agent = SignedInAgent.open(here(), output.messages().language())) {
      // All names are looked up first, so that a wrong one changes nothing.
      List<SnapshotView> meant = new ArrayList<>();
      try (SnapshotCatalog snapshots = SnapshotCatalog.unopened(here(), output, agent)) {
        for (String name : names) {
          if (name.equalsIgnoreCase("latest")) {
            throw new AgentException(RunResult.REFUSED, "release.latest");
          }
          meant.add(snapshots.named(name, null).view());
        }
      }
      ReleaseStatusText words = new ReleaseStatusText(output.messages());
      for (SnapshotView view : meant) {
        SnapshotView now =
            undo
                ? agent.portal().takeBack(view.snapshotId())
                : agent.portal().release(view.snapshotId());
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("snapshotId", now.snapshotId());
        ReleaseStatusText.put(fields, now);
        output.event("release", fields);
        String sentence = words.of(now);
        output.say(
            "release.done",
            DisplayFormat.plain(view.snapshotId()),
            sentence.isEmpty() ? output.messages().get("snapshots.release-status.NONE") : sentence);
      }
      return RunResult.SUCCESS;
    }
  }
}
