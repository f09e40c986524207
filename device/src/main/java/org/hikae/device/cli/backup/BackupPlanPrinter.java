package org.hikae.device.cli.backup;

import java.io.IOException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.backup.Backup;
import org.hikae.device.backup.BackupRequest;
import org.hikae.device.backup.BackupResult;
import org.hikae.device.backup.PlannedFile;
import org.hikae.device.cli.command.AgentExitCode;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.DisplayFormat;
import org.hikae.device.cli.run.ProgressPrinter;
import org.hikae.device.run.ProgressListener;
import org.hikae.device.run.RunTotals;
import org.hikae.device.store.BackupStoreException;
import org.hikae.hk1.TextCodec;

/** Shows what a backup would do: each new and changed file, and sums at the end. */
final class BackupPlanPrinter implements ProgressListener {

  private final CommandOutput output;
  private final Map<PlannedFile.State, Long> files = new EnumMap<>(PlannedFile.State.class);
  private int warnings;

  BackupPlanPrinter(CommandOutput output) {
    this.output = output;
  }

  /** SUCCESS, or PARTIAL when something cannot be read. */
  RunResult show(Backup backup, BackupRequest request) throws BackupStoreException, IOException {
    BackupResult result = backup.plan(request, this::show, this);
    if (warnings > ProgressPrinter.MAX_WARNINGS) {
      output.note("warning.more", warnings - ProgressPrinter.MAX_WARNINGS);
    }
    RunTotals runTotals = result.tally();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("result", result.result().name());
    fields.put("exitCode", AgentExitCode.of(result.result()));
    fields.put("files", runTotals.files());
    fields.put("new", count(PlannedFile.State.NEW));
    fields.put("changed", count(PlannedFile.State.CHANGED));
    fields.put("unchanged", count(PlannedFile.State.UNCHANGED));
    fields.put("bytesToRead", runTotals.bytesRead());
    fields.put("plainBytes", runTotals.plainBytes());
    fields.put("leftOut", runTotals.leftOut());
    fields.put("failed", runTotals.failed());
    output.event("backupPlan", fields);
    output.say(
        "backup.plan.numbers",
        runTotals.files(),
        count(PlannedFile.State.NEW),
        count(PlannedFile.State.CHANGED),
        count(PlannedFile.State.UNCHANGED),
        DisplayFormat.bytes(runTotals.bytesRead()),
        runTotals.leftOut(),
        runTotals.failed());
    return result.result();
  }

  private long count(PlannedFile.State state) {
    return files.getOrDefault(state, 0L);
  }

  private void show(PlannedFile file) {
    files.merge(file.state(), 1L, Long::sum);
    if (file.state() == PlannedFile.State.UNCHANGED) {
      return;
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("path", file.path().toString());
    fields.put("rawPath", TextCodec.base64(file.path().toBytes()));
    fields.put("state", file.state().name());
    fields.put("size", file.size());
    output.event("planned", fields);
    output.say("backup.plan." + file.state(), file.path());
  }

  @Override
  public void warning(Warning warning) {
    warnings++;
    if (warnings <= ProgressPrinter.MAX_WARNINGS) {
      ProgressPrinter.tell(output, warning);
    }
  }
}
