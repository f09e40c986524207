package org.hikae.device.cli.drill;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hikae.backup.wire.RunReport;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.AgentException;
import org.hikae.device.cli.access.UnlockOptions;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.DisplayFormat;
import org.hikae.device.cli.run.RunSupervisor;
import org.hikae.device.cli.snapshots.OpenedCatalog;
import org.hikae.device.cli.snapshots.SnapshotCatalog;
import org.hikae.device.drill.DrillResult;
import org.hikae.device.drill.RestoreDrill;
import org.hikae.device.history.SnapshotChoice;
import org.hikae.device.http.BandwidthLimits;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.store.BackupStoreException;
import org.hikae.hk1.TextCodec;
import org.jspecify.annotations.Nullable;

/** One drill: of the newest snapshot of this device, or of any device when it has none. */
final class DrillRunner {

  private final AgentEnvironment here;
  private final CommandOutput output;

  DrillRunner(AgentEnvironment here, CommandOutput output) {
    this.here = here;
    this.output = output;
  }

  RunResult run(UnlockOptions unlock, BandwidthLimits bandwidth)
      throws AgentException, BackupStoreException, IOException {
    return OpenedCatalog.around(here, output, unlock, bandwidth, this::drill);
  }

  private RunResult drill(OpenedCatalog opened)
      throws AgentException, BackupStoreException, IOException {
    SnapshotCatalog snapshots = opened.snapshots();
    String setId = TextCodec.hex(opened.key().setId());
    String own = TextCodec.hex(opened.agent().identity().deviceId());
    if (snapshots.ofSet(setId, null).isEmpty()) {
      throw snapshots.sound()
          ? new AgentException(RunResult.REFUSED, "drill.none")
          : new AgentException(RunResult.CORRUPT, "snapshots.none-left");
    }
    @Nullable String device = snapshots.ofSet(setId, own).isEmpty() ? null : own;
    SnapshotChoice choice = snapshots.toShow("latest", device);
    boolean sound = snapshots.sound() && choice.doubtful().isEmpty();
    SnapshotView view = choice.view();
    output.say("drill.what", snapshots.when(view));
    DrillResult[] ended = new DrillResult[1];
    RunResult result;
    try (BackupKey key = opened.reading(view.generation())) {
      result =
          new RunSupervisor(here, output, opened.agent(), RunReport.Kind.VERIFY)
              .around(
                  progress -> {
                    DrillResult drill =
                        new RestoreDrill(opened.agent().store(), key, here.random())
                            .run(view, progress);
                    ended[0] = drill;
                    return ending(view, drill, sound);
                  });
    }
    if (result == RunResult.SUCCESS && ended[0].files() > 0) {
      new RecoveryProofReporter(here, output)
          .drilled(
              new RecoveryProofReporter.UsedKey(setId, view.generation()),
              view.snapshotId(),
              ended[0].files(),
              ended[0].bytes());
    }
    return result;
  }

  private RunSupervisor.RunEnd ending(SnapshotView view, DrillResult drill, boolean sound) {
    RunResult result =
        drill.result() == RunResult.SUCCESS && !sound ? RunResult.CORRUPT : drill.result();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("snapshotId", view.snapshotId());
    fields.put("generation", view.generation());
    fields.put("filesOpened", drill.files());
    fields.put("bytesOpened", drill.bytes());
    fields.put("filesFailed", drill.failed());
    fields.put("result", result.name());
    return new RunSupervisor.RunEnd(
        result,
        drill.totals(),
        Map.of("drill", true),
        () -> {
          output.event("drill", fields);
          tell(drill);
        });
  }

  private void tell(DrillResult drill) {
    if (drill.failed() > 0) {
      output.note("drill.damaged", drill.failed(), drill.files() + drill.failed());
    } else if (drill.result() == RunResult.SUCCESS) {
      output.say(
          drill.files() == 0 ? "drill.empty" : "drill.opened",
          drill.files(),
          DisplayFormat.bytes(drill.bytes()));
    }
  }
}
