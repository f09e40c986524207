package org.hikae.device.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotPage;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.AgentException;
import org.hikae.device.backup.SnapshotStore;
import org.hikae.device.backup.StoreException;
import org.hikae.device.remote.SeriesMemory;
import org.hikae.hk1.Ids;
import org.jspecify.annotations.Nullable;

/**
 * All snapshots of the employee, checked against what this device remembers, and the one that a
 * person means.
 */
final class Snapshots {

  /** Most snapshots that are read. */
  static final int MAX = 100_000;

  private static final int SHORTEST_PREFIX = 4;

  private final Agent agent;
  private final Messages messages;
  private final List<SnapshotView> newestFirst;

  private Snapshots(Agent agent, Messages messages, List<SnapshotView> newestFirst) {
    this.agent = agent;
    this.messages = messages;
    this.newestFirst = newestFirst;
  }

  /** Reads all pages. */
  static Snapshots read(Agent agent, Messages messages) throws AgentException, StoreException {
    SnapshotStore store = agent.store();
    List<SnapshotView> all = new ArrayList<>();
    String after = null;
    do {
      SnapshotPage page = store.snapshots(null, after, SnapshotStore.MAX_PAGE);
      all.addAll(page.snapshots());
      after = page.next();
      if (all.size() > MAX) {
        throw new AgentException(RunResult.REFUSED, "snapshots.too-many", MAX);
      }
    } while (after != null);
    return new Snapshots(agent, messages, all);
  }

  List<SnapshotView> newestFirst() {
    return newestFirst;
  }

  /** Compares with what was seen before and tells every finding; true when all is well. */
  boolean unaltered(Output output, String setId) throws AgentException {
    List<SeriesMemory.Finding> findings = agent.memory().check(setId, newestFirst);
    for (SeriesMemory.Finding finding : findings) {
      output.event(
          "alarm",
          Map.of(
              "fault", finding.fault().name(),
              "deviceId", finding.deviceId(),
              "sequence", finding.sequence()));
      output.note("alarm." + finding.fault(), finding.deviceId(), finding.sequence());
    }
    return findings.isEmpty();
  }

  /** Those that can be read: removed ones are only their descriptions. */
  private List<SnapshotView> standing() {
    return newestFirst.stream().filter(view -> !view.removed()).toList();
  }

  /**
   * The snapshot named by its identifier or the beginning of it, or {@code latest}; for one that
   * was removed the person is told why.
   */
  SnapshotView named(String name, @Nullable String deviceId) throws AgentException {
    String wanted = name.toLowerCase(Locale.ROOT);
    if (wanted.equals("latest")) {
      return latest(deviceId)
          .orElseThrow(() -> new AgentException(RunResult.REFUSED, "snapshots.none"));
    }
    if (wanted.length() < SHORTEST_PREFIX) {
      throw new AgentException(RunResult.REFUSED, "snapshots.name-short", SHORTEST_PREFIX);
    }
    List<SnapshotView> found =
        newestFirst.stream().filter(view -> view.snapshotId().startsWith(wanted)).toList();
    if (found.size() != 1) {
      String key = found.isEmpty() ? "snapshots.unknown" : "snapshots.ambiguous";
      throw new AgentException(RunResult.REFUSED, key, Sizes.plain(name));
    }
    SnapshotView view = found.getFirst();
    if (view.removed()) {
      FateWords words = new FateWords(messages);
      throw new AgentException(
          RunResult.REFUSED, "snapshots.removed", view.snapshotId(), words.of(view));
    }
    return view;
  }

  /** Those of a set that can be read, and of one device if it is named, newest first. */
  List<SnapshotView> ofSet(String setId, @Nullable String deviceId) {
    return standing().stream()
        .filter(view -> view.setId().equals(setId))
        .filter(view -> deviceId == null || view.deviceId().startsWith(deviceId))
        .toList();
  }

  /** The newest one of the named device; else of this device; else of any. */
  private Optional<SnapshotView> latest(@Nullable String deviceId) {
    if (deviceId != null) {
      return newestOf(deviceId);
    }
    Optional<SnapshotView> own = newestOf(Ids.hex(agent.identity().deviceId()));
    return own.isPresent() ? own : standing().stream().findFirst();
  }

  private Optional<SnapshotView> newestOf(String deviceId) {
    return standing().stream().filter(v -> v.deviceId().startsWith(deviceId)).findFirst();
  }
}
