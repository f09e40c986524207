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
import org.hikae.device.cli.command.ExitCode;
import org.hikae.device.cli.command.Output;
import org.hikae.device.cli.command.Sizes;
import org.hikae.device.cli.run.ProgressView;
import org.hikae.device.run.Progress;
import org.hikae.device.run.Tally;
import org.hikae.device.store.StoreException;
import org.hikae.hk1.Ids;

/** Shows what a backup would do: each new and changed file, and sums at the end. */
final class BackupPlanView implements Progress {

  private final Output output;
  private final Map<PlannedFile.State, Long> files = new EnumMap<>(PlannedFile.State.class);
  private int warnings;

  BackupPlanView(Output output) {
    this.output = output;
  }

  /** SUCCESS, or PARTIAL when something cannot be read. */
  RunResult show(Backup backup, BackupRequest request) throws StoreException, IOException {
    BackupResult result = backup.plan(request, this::show, this);
    if (warnings > ProgressView.MAX_WARNINGS) {
      output.note("warning.more", warnings - ProgressView.MAX_WARNINGS);
    }
    Tally tally = result.tally();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("result", result.result().name());
    fields.put("exitCode", ExitCode.of(result.result()));
    fields.put("files", tally.files());
    fields.put("new", count(PlannedFile.State.NEW));
    fields.put("changed", count(PlannedFile.State.CHANGED));
    fields.put("unchanged", count(PlannedFile.State.UNCHANGED));
    fields.put("bytesToRead", tally.bytesRead());
    fields.put("plainBytes", tally.plainBytes());
    fields.put("leftOut", tally.leftOut());
    fields.put("failed", tally.failed());
    output.event("backupPlan", fields);
    output.say(
        "backup.plan.numbers",
        tally.files(),
        count(PlannedFile.State.NEW),
        count(PlannedFile.State.CHANGED),
        count(PlannedFile.State.UNCHANGED),
        Sizes.bytes(tally.bytesRead()),
        tally.leftOut(),
        tally.failed());
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
    fields.put("rawPath", Ids.base64(file.path().toBytes()));
    fields.put("state", file.state().name());
    fields.put("size", file.size());
    output.event("planned", fields);
    output.say("backup.plan." + file.state(), file.path());
  }

  @Override
  public void warning(Warning warning) {
    warnings++;
    if (warnings <= ProgressView.MAX_WARNINGS) {
      ProgressView.tell(output, warning);
    }
  }
}
