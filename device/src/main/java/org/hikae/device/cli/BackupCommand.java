package org.hikae.device.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hikae.backup.wire.RunReport;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.AgentException;
import org.hikae.device.backup.Backup;
import org.hikae.device.backup.BackupRequest;
import org.hikae.device.backup.BackupResult;
import org.hikae.device.backup.Excludes;
import org.hikae.device.backup.SeriesPosition;
import org.hikae.device.backup.StoreException;
import org.hikae.device.files.RawPath;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.remote.SeriesMemory;
import org.hikae.device.state.RunLock;
import org.hikae.device.state.SeriesHead;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Ids;
import org.hikae.hk1.MalformedException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "backup",
    description = "Encrypt files and directories on this device and store them as a new snapshot.")
final class BackupCommand extends AgentCommand {

  @Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description = "Files and directories to back up.")
  private List<String> paths = List.of();

  @Mixin private ExcludeOptions excludes = new ExcludeOptions();

  @Option(names = "--one-file-system", description = "Stay on the file system of each path.")
  private boolean oneFileSystem;

  @Option(
      names = "--dry-run",
      description =
          "Only say what is new, changed and unchanged, and how much would be read; send and change"
              + " nothing.")
  private boolean dryRun;

  @Mixin private UnlockOptions unlock = new UnlockOptions();

  BackupCommand(Surroundings here) {
    super(here);
  }

  @Override
  RunResult run(Output output) throws AgentException, StoreException, IOException {
    List<RawPath> absolute = new ArrayList<>();
    for (String path : paths) {
      absolute.add(Paths.absolute(here(), path));
    }
    if (absolute.size() > BackupRequest.MAX_PATHS) {
      throw new AgentException(RunResult.REFUSED, "backup.too-many-paths", BackupRequest.MAX_PATHS);
    }
    try (Agent agent = Agent.open(here(), output.messages().language());
        RunLock _ = RunLock.take(agent.home())) {
      Excludes patterns = excludes.patterns(here(), agent.home());
      if (dryRun) {
        try (BackupKey key = new Keyring(here(), output, agent, unlock.person()).key()) {
          BackupRequest request =
              new BackupRequest(absolute, patterns, oneFileSystem, lastSeen(agent, key));
          return new BackupPlanView(output).show(engine(agent, key), request);
        }
      }
      RunResult result =
          new Run(here(), output, agent, RunReport.Kind.BACKUP)
              .around(
                  progress -> {
                    try (BackupKey key =
                        new Keyring(here(), output, agent, unlock.person()).key()) {
                      BackupRequest request =
                          new BackupRequest(
                              absolute, patterns, oneFileSystem, lastSeen(agent, key));
                      return ended(agent, engine(agent, key).run(request, progress));
                    }
                  });
      if (result != RunResult.CANCELLED) {
        new VaultWatch(here(), output, agent).afterBackup();
      }
      RemindCommand.hint(here(), output, agent.stateFile().require());
      return result;
    }
  }

  private Backup engine(Agent agent, BackupKey key) {
    return new Backup(
        agent.store(),
        key,
        agent.identity().deviceId(),
        agent.home().cacheFolder(),
        here().clock(),
        here().random());
  }

  private static @Nullable SeriesPosition lastSeen(Agent agent, BackupKey key)
      throws AgentException {
    SeriesHead head =
        agent.memory().head(Ids.hex(key.setId()), Ids.hex(agent.identity().deviceId()));
    try {
      return head == null
          ? null
          : new SeriesPosition(head.sequence(), Hash256.parse(head.stubHash()));
    } catch (MalformedException e) {
      throw new AgentException(RunResult.LOCAL, "state.damaged");
    }
  }

  private static Run.Ending ended(Agent agent, BackupResult result) throws AgentException {
    Map<String, Object> more = new LinkedHashMap<>();
    SnapshotView snapshot = result.snapshot();
    if (snapshot != null) {
      SeriesMemory memory = agent.memory();
      memory.committed(snapshot);
      more.put("snapshotId", snapshot.snapshotId());
      more.put("sequence", snapshot.sequence());
    }
    return new Run.Ending(result.result(), result.tally(), more);
  }
}
