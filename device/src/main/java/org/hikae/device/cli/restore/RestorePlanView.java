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
import org.hikae.device.cli.command.ExitCode;
import org.hikae.device.cli.command.Output;
import org.hikae.device.cli.command.Sizes;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.restore.Planned;
import org.hikae.device.restore.RestorePlan;
import org.hikae.device.restore.RestoreRequest;
import org.hikae.device.store.SnapshotStore;
import org.hikae.device.store.StoreException;
import org.hikae.hk1.Ids;

/** Shows what a restore would do, entry by entry, and sums at the end. */
final class RestorePlanView {

  private final Output output;
  private final Map<Planned.Action, Long> entries = new EnumMap<>(Planned.Action.class);
  private long bytes;

  RestorePlanView(Output output) {
    this.output = output;
  }

  /** SUCCESS, or PARTIAL when something is in the way that is never replaced. */
  RunResult show(SnapshotStore store, BackupKey key, RestoreRequest request)
      throws AgentException, StoreException, IOException {
    for (Planned.Action action : Planned.Action.values()) {
      entries.put(action, 0L);
    }
    try {
      new RestorePlan(store, key).plan(request, this::show);
    } catch (NoSuchFileException e) {
      throw new AgentException(
          RunResult.REFUSED, e, "restore.not-in-snapshot", request.selection());
    }
    RunResult result = count(Planned.Action.BLOCKED) > 0 ? RunResult.PARTIAL : RunResult.SUCCESS;
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("result", result.name());
    fields.put("exitCode", ExitCode.of(result));
    entries.forEach((action, count) -> fields.put(action.name().toLowerCase(Locale.ROOT), count));
    fields.put("plainBytes", bytes);
    fields.put("snapshotId", request.snapshot().snapshotId());
    output.event("restorePlan", fields);
    output.say(
        "restore.plan.numbers",
        count(Planned.Action.CREATE),
        count(Planned.Action.REPLACE),
        count(Planned.Action.LEAVE),
        count(Planned.Action.BLOCKED),
        Sizes.bytes(bytes));
    return result;
  }

  private long count(Planned.Action action) {
    return entries.getOrDefault(action, 0L);
  }

  private void show(Planned entry) {
    entries.merge(entry.action(), 1L, Long::sum);
    boolean written =
        entry.action() == Planned.Action.CREATE || entry.action() == Planned.Action.REPLACE;
    if (written && entry.type() == ListedEntry.Type.FILE) {
      bytes += entry.size();
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("path", entry.path().toString());
    fields.put("rawPath", Ids.base64(entry.path().toBytes()));
    fields.put("type", entry.type().name());
    fields.put("action", entry.action().name());
    fields.put("size", entry.size());
    output.event("planned", fields);
    output.say("restore.plan." + entry.action(), entry.path());
  }
}
