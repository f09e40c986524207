package org.hikae.device.cli.snapshots;

import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.AgentException;
import org.hikae.device.cli.access.SignedInAgent;
import org.hikae.device.cli.command.AgentCommand;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.DisplayFormat;
import org.hikae.device.history.SealedSnapshotInfo;
import org.hikae.device.history.SeenSeriesHeads;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.protection.KeyUnlock;
import org.hikae.device.state.UnlockedSet;
import org.hikae.device.store.BackupStoreException;
import org.hikae.enrollment.wire.DeviceView;
import org.hikae.hk1.TextCodec;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the snapshots of all devices of the employee. */
@Command(
    name = "snapshots",
    description =
        "List the snapshots of all your devices, newest first, and check that none that this device"
            + " has seen before is gone or changed.")
public final class SnapshotsCommand extends AgentCommand {

  @Option(
      names = "--device",
      paramLabel = "ID",
      description = "Only of the device whose identifier begins so.")
  private @Nullable String device;

  @Option(
      names = "--all",
      description = "List removed ones too: when they went, and by which rule.")
  private boolean all;

  @Option(
      names = "--accept-restored-server",
      description =
          "Take what the portal shows for the newest from now on, although this device has seen"
              + " later snapshots. Only after your IT has said that the portal was restored from a"
              + " backup, and to which time.")
  private boolean acceptRestored;

  @Option(
      names = "--accept-removed",
      description =
          "Take it from now on that the newest snapshot of a device is gone, as the portal says."
              + " Only when you released it yourself after that device was revoked.")
  private boolean acceptRemoved;

  public SnapshotsCommand(AgentEnvironment here) {
    super(here);
  }

  @Override
  public RunResult run(CommandOutput output) throws AgentException, BackupStoreException {
    try (SignedInAgent agent = SignedInAgent.open(here(), output.messages().language())) {
      UnlockedSet mine = agent.stateFile().require().set();
      if (mine == null) {
        try (SnapshotCatalog snapshots = SnapshotCatalog.unopened(here(), output, agent)) {
          list(output, agent, snapshots);
          output.note("snapshots.unopened");
          return snapshots.isWhole() ? RunResult.SUCCESS : RunResult.CORRUPT;
        }
      }
      try (BackupKey key = KeyUnlock.stored(mine);
          SnapshotCatalog snapshots = SnapshotCatalog.read(here(), output, agent, key)) {
        list(output, agent, snapshots);
        if (!snapshots.isWhole()) {
          return ofPart(output, snapshots);
        }
        boolean unaltered = snapshots.unaltered();
        boolean accepted = !unaltered && acceptRestored && accept(output, agent, mine, snapshots);
        boolean fresh = snapshots.fresh();
        if (acceptRemoved) {
          acceptRemoved(output, agent, mine, snapshots);
        }
        return accepted || (fresh && unaltered) ? RunResult.SUCCESS : RunResult.CORRUPT;
      }
    }
  }

  /** Of a part of the list nobody can say what has gone, so nothing of it is taken over. */
  private RunResult ofPart(CommandOutput output, SnapshotCatalog snapshots)
      throws AgentException, BackupStoreException {
    var _ = snapshots.sound();
    if (acceptRestored || acceptRemoved) {
      output.note("snapshots.accept-whole");
    }
    return RunResult.CORRUPT;
  }

  private void list(CommandOutput output, SignedInAgent agent, SnapshotCatalog snapshots)
      throws AgentException, BackupStoreException {
    Map<String, String> names = names(agent);
    List<SnapshotView> named =
        snapshots.all().stream()
            .filter(view -> device == null || view.deviceId().startsWith(device))
            .toList();
    if (named.isEmpty() && snapshots.isWhole()) {
      output.say("snapshots.none");
    }
    long removed = named.stream().filter(SnapshotView::removed).count();
    boolean anyOfPortal = false;
    for (SnapshotView view : snapshots.newestFirst(named)) {
      if (!view.removed() || all) {
        Optional<SealedSnapshotInfo> sealedSnapshotInfo = snapshots.made(view);
        show(
            output,
            view,
            sealedSnapshotInfo,
            names.getOrDefault(view.deviceId(), view.deviceId()),
            agent);
        anyOfPortal |= sealedSnapshotInfo.isEmpty();
      }
    }
    if (anyOfPortal) {
      output.say("snapshots.times-of-portal");
    }
    if (removed > 0 && !all) {
      output.say("snapshots.hidden", removed);
    }
  }

  /** Of devices by identifier; none when the portal does not name them, which decides nothing. */
  private static Map<String, String> names(SignedInAgent agent) {
    try {
      return agent.portal().devices().stream()
          .collect(Collectors.toMap(DeviceView::deviceId, DeviceView::name, (a, b) -> a));
    } catch (AgentException e) {
      return Map.of();
    }
  }

  /** Goes back with the portal, tells from where to where; true when all is well then. */
  private static boolean accept(
      CommandOutput output, SignedInAgent agent, UnlockedSet mine, SnapshotCatalog snapshots)
      throws AgentException, BackupStoreException {
    for (SeenSeriesHeads.AcceptedRollback back :
        agent.memory().accept(mine.setId(), snapshots.all())) {
      SnapshotView shown = back.shown();
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("deviceId", back.deviceId());
      fields.put("seenSequence", back.seen().sequence());
      fields.put("shownSequence", shown == null ? 0 : shown.sequence());
      output.event("accepted", fields);
      output.note(
          shown == null ? "snapshots.accepted-none" : "snapshots.accepted",
          back.deviceId(),
          back.seen().sequence(),
          date(output, back.seen().committedAt()),
          shown == null ? 0 : shown.sequence(),
          shown == null ? "" : snapshots.when(shown));
    }
    output.note("snapshots.accepted-next");
    return snapshots.unaltered();
  }

  /** Remembers which newest ones a person has released; the next run has no doubt about them. */
  private static void acceptRemoved(
      CommandOutput output, SignedInAgent agent, UnlockedSet mine, SnapshotCatalog snapshots)
      throws AgentException {
    List<SnapshotView> gone = snapshots.removedNewest();
    agent.memory().acceptRemoved(mine.setId(), gone);
    for (SnapshotView view : gone) {
      output.event(
          "acceptedRemoved", Map.of("deviceId", view.deviceId(), "sequence", view.sequence()));
      output.note("snapshots.accepted-removed", view.deviceId(), view.sequence());
    }
  }

  private static String date(CommandOutput output, @Nullable String committedAt) {
    return committedAt == null
        ? output.messages().get("snapshots.some-date")
        : DisplayFormat.time(committedAt, ZoneId.systemDefault());
  }

  private static void show(
      CommandOutput output,
      SnapshotView view,
      Optional<SealedSnapshotInfo> sealedSnapshotInfo,
      String deviceName,
      SignedInAgent agent) {
    long files = sealedSnapshotInfo.map(SealedSnapshotInfo::files).orElse(view.files());
    long plainBytes =
        sealedSnapshotInfo.map(SealedSnapshotInfo::plainBytes).orElse(view.plainBytes());
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("snapshotId", view.snapshotId());
    fields.put("deviceId", view.deviceId());
    fields.put("deviceName", deviceName);
    fields.put("sequence", view.sequence());
    fields.put("madeAt", sealedSnapshotInfo.map(known -> known.at().toString()).orElse(null));
    fields.put("committedAt", view.committedAt());
    fields.put("signed", sealedSnapshotInfo.map(SealedSnapshotInfo::signed).orElse(null));
    fields.put("files", files);
    fields.put("plainBytes", plainBytes);
    fields.put("storedBytes", view.storedBytes());
    ReleaseStatusText.put(fields, view);
    output.event("snapshot", fields);
    boolean own = view.deviceId().equals(TextCodec.hex(agent.identity().deviceId()));
    Instant at = sealedSnapshotInfo.map(SealedSnapshotInfo::at).orElse(view.committedAt());
    output.line(
        String.format(
            Locale.ROOT,
            "%s  %s%s  %8d  %10s  %s%s",
            view.snapshotId().substring(0, 12),
            DisplayFormat.time(at, ZoneId.systemDefault()),
            sealedSnapshotInfo.isPresent() ? " " : "?",
            files,
            DisplayFormat.bytes(plainBytes),
            DisplayFormat.name(deviceName),
            own ? " *" : ""));
    String sentence = new ReleaseStatusText(output.messages()).of(view);
    if (!sentence.isEmpty()) {
      output.line("    " + sentence);
    }
  }
}
