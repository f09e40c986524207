package org.hikae.device.cli;

import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.AgentException;
import org.hikae.device.backup.StoreException;
import org.hikae.device.remote.SeriesMemory;
import org.hikae.device.state.UnlockedSet;
import org.hikae.enrollment.wire.DeviceView;
import org.hikae.hk1.Ids;
import org.hikae.hk1.MalformedException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "snapshots",
    description =
        "List the snapshots of all your devices, newest first, and check that none that this device"
            + " has seen before is gone or changed.")
final class SnapshotsCommand extends AgentCommand {

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

  SnapshotsCommand(Surroundings here) {
    super(here);
  }

  @Override
  RunResult run(Output output) throws AgentException, StoreException {
    try (Agent agent = Agent.open(here(), output.messages().language())) {
      Map<String, String> names =
          agent.portal().devices().stream()
              .collect(Collectors.toMap(DeviceView::deviceId, DeviceView::name, (a, b) -> a));
      Snapshots snapshots = Snapshots.read(agent, output.messages());
      List<SnapshotView> shown =
          snapshots.newestFirst().stream()
              .filter(view -> device == null || view.deviceId().startsWith(device))
              .toList();
      if (shown.isEmpty()) {
        output.say("snapshots.none");
      }
      long removed = shown.stream().filter(SnapshotView::removed).count();
      for (SnapshotView view : shown) {
        if (view.removed() && !all) {
          continue;
        }
        show(output, view, names.getOrDefault(view.deviceId(), view.deviceId()), agent);
      }
      if (removed > 0 && !all) {
        output.say("snapshots.hidden", removed);
      }
      UnlockedSet mine = agent.stateFile().require().set();
      if (mine == null) {
        return RunResult.SUCCESS;
      }
      boolean unaltered = snapshots.unaltered(output, mine.setId());
      boolean accepted = !unaltered && acceptRestored && accept(output, agent, mine, snapshots);
      boolean fresh = fresh(output, agent, mine, snapshots);
      return accepted || (fresh && unaltered) ? RunResult.SUCCESS : RunResult.CORRUPT;
    }
  }

  /** Goes back with the portal, tells from where to where; true when all is well then. */
  private static boolean accept(Output output, Agent agent, UnlockedSet mine, Snapshots snapshots)
      throws AgentException {
    for (SeriesMemory.SetBack back : agent.memory().accept(mine.setId(), snapshots.newestFirst())) {
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
          shown == null ? "" : date(output, shown.committedAt()));
    }
    output.note("snapshots.accepted-next");
    return snapshots.unaltered(output, mine.setId());
  }

  private static String date(Output output, @Nullable String committedAt) {
    return committedAt == null
        ? output.messages().get("snapshots.some-date")
        : Sizes.time(committedAt, ZoneId.systemDefault());
  }

  private boolean fresh(Output output, Agent agent, UnlockedSet mine, Snapshots snapshots)
      throws AgentException {
    Freshness freshness = new Freshness(output, agent, new VaultWatch(here(), output, agent));
    try {
      List<Freshness.Stale> stale =
          freshness.stale(Ids.parseId("setId", mine.setId()), snapshots.newestFirst());
      stale.forEach(freshness::tell);
      return stale.isEmpty();
    } catch (MalformedException e) {
      throw new AgentException(RunResult.LOCAL, "state.damaged");
    }
  }

  private static void show(Output output, SnapshotView view, String deviceName, Agent agent) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("snapshotId", view.snapshotId());
    fields.put("deviceId", view.deviceId());
    fields.put("deviceName", deviceName);
    fields.put("sequence", view.sequence());
    fields.put("committedAt", view.committedAt());
    fields.put("files", view.files());
    fields.put("plainBytes", view.plainBytes());
    fields.put("storedBytes", view.storedBytes());
    FateWords.put(fields, view);
    output.event("snapshot", fields);
    boolean own = view.deviceId().equals(Ids.hex(agent.identity().deviceId()));
    output.line(
        String.format(
            Locale.ROOT,
            "%s  %s  %8d  %10s  %s%s",
            view.snapshotId().substring(0, 12),
            Sizes.time(view.committedAt(), ZoneId.systemDefault()),
            view.files(),
            Sizes.bytes(view.plainBytes()),
            Sizes.plain(deviceName),
            own ? " *" : ""));
    String fate = new FateWords(output.messages()).of(view);
    if (!fate.isEmpty()) {
      output.line("    " + fate);
    }
  }
}
