package org.hikae.device.cli.restore;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.browse.ListedEntry;
import org.hikae.device.cli.command.AgentExitCode;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.DisplayFormat;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.restore.PlannedEntry;
import org.hikae.device.restore.RestorePlan;
import org.hikae.device.restore.RestoreRequest;
import org.hikae.device.store.BackupStore;
import org.hikae.device.store.BackupStoreException;
import org.hikae.hk1.TextCodec;

/** Shows what a restore would do, entry by entry, and sums at the end. */
final class RestorePlanPrinter {

  private final CommandOutput output;
  private final Map<PlannedEntry.Action, Long> entries = new EnumMap<>(PlannedEntry.Action.class);
  private long bytes;

  RestorePlanPrinter(CommandOutput output) {
    this.output = output;
  }

  /** SUCCESS, or PARTIAL when something is in the way that is never replaced. */
  RunResult show(BackupStore store, BackupKey key, RestoreRequest request)
      throws AgentException, BackupStoreException, IOException {
    for (PlannedEntry.Action action : PlannedEntry.Action.values()) {
      entries.put(action, 0L);
    }
    try {
      new RestorePlan(store, key).plan(request, this::show);
    } catch (NoSuchFileException e) {
      throw new AgentException(
          RunResult.REFUSED, e, "restore.not-in-snapshot", request.selection());
    }
    RunResult result =
        count(PlannedEntry.Action.BLOCKED) > 0 ? RunResult.PARTIAL : RunResult.SUCCESS;
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("result", result.name());
    fields.put("exitCode", AgentExitCode.of(result));
    entries.forEach((action, count) -> fields.put(action.name().toLowerCase(Locale.ROOT), count));
    fields.put("plainBytes", bytes);
    fields.put("snapshotId", request.snapshot().snapshotId());
    output.event("restorePlan", fields);
    output.say(
        "restore.plan.numbers",
        count(PlannedEntry.Action.CREATE),
        count(PlannedEntry.Action.REPLACE),
        count(PlannedEntry.Action.LEAVE),
        count(PlannedEntry.Action.BLOCKED),
        DisplayFormat.bytes(bytes));
    return result;
  }

  private long count(PlannedEntry.Action action) {
    return entries.getOrDefault(action, 0L);
  }

  private void show(PlannedEntry entry) {
    entries.merge(entry.action(), 1L, Long::sum);
    boolean written =
        entry.action() == PlannedEntry.Action.CREATE
            || entry.action() == PlannedEntry.Action.REPLACE;
    if (written && entry.type() == ListedEntry.Type.FILE) {
      bytes += entry.size();
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("path", entry.path().toString());
    fields.put("rawPath", TextCodec.base64(entry.path().toBytes()));
    fields.put("type", entry.type().name());
    fields.put("action", entry.action().name());
    fields.put("size", entry.size());
    output.event("planned", fields);
    output.say("restore.plan." + entry.action(), entry.path());
  }
}
