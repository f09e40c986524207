package org.hikae.device.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.AgentException;
import org.hikae.device.PortalTime;
import org.hikae.device.state.AgentState;
import org.hikae.device.state.SeenSeriesHead;
import org.hikae.device.state.StateFile;
import org.hikae.device.state.UnlockedSet;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.TextCodec;
import org.jspecify.annotations.Nullable;

/**
 * Compares what the portal says about each device's series with what this device has seen before
 * (spec HK1-S-07): a snapshot that vanished from the end, one that was swapped, and a chain that
 * does not hold are told to the person. What continues the chain is remembered.
 */
public final class SeenSeriesHeads {

  private final StateFile stateFile;

  /** Remembers in {@code stateFile}. */
  public SeenSeriesHeads(StateFile stateFile) {
    this.stateFile = stateFile;
  }

  /** What is wrong with a series. */
  public enum Fault {
    /** The newest snapshot is older than one seen before. */
    REGRESS,
    /** The snapshot of the remembered place is another one. */
    SWAPPED,
    /** Two neighbours do not fit together, or one does not fit itself. */
    BROKEN_CHAIN,
    /** A snapshot is not shown, though later ones are. */
    GAP,
    /** Two snapshots are shown under one number. */
    FORK
  }

  /**
   * Something wrong in one series.
   *
   * @param fault what
   * @param deviceId whose series
   * @param sequence the place
   */
  public record Finding(Fault fault, String deviceId, long sequence) {}

  /** Devices whose series went back, or have another one in the place that is remembered. */
  public static Set<String> setBack(List<Finding> findings) {
    return findings.stream()
        .filter(each -> each.fault() == Fault.REGRESS || each.fault() == Fault.SWAPPED)
        .map(Finding::deviceId)
        .collect(Collectors.toSet());
  }

  /**
   * A series that went back and was accepted so.
   *
   * @param deviceId whose
   * @param seen what this device had seen of it
   * @param shown the newest that is shown, which counts from now on; null when none is left
   */
  public record AcceptedRollback(
      String deviceId, SeenSeriesHead seen, @Nullable SnapshotView shown) {}

  /**
   * Checks all series. Of the series of this device nothing is remembered that it has not committed
   * itself: others who have K could have put it there.
   *
   * @param shown every snapshot that the portal shows, in any order
   * @param malformed what it shows beside them and cannot be
   * @param whole whether that is the whole list; what is shown of a part is not remembered
   */
  public List<Finding> check(
      String setId, List<SnapshotView> shown, List<SnapshotView> malformed, boolean whole)
      throws AgentException {
    AgentState state = stateFile.require();
    Map<String, List<SnapshotView>> series = seriesOf(setId, shown);
    Map<String, SeenSeriesHead> known = headsOf(setId, state);
    String own = ownId(state);
    // A gap in the remembered place is found by both; each is told once.
    Set<Finding> findings = new LinkedHashSet<>();
    known.forEach(
        (device, head) ->
            findings.addAll(compare(device, head, series.getOrDefault(device, List.of()))));
    malformed.stream()
        .filter(view -> view.setId().equals(setId))
        .map(view -> new Finding(Fault.BROKEN_CHAIN, view.deviceId(), view.sequence()))
        .forEach(findings::add);
    Map<String, SeenSeriesHead> newer = new TreeMap<>();
    series.forEach(
        (device, views) -> {
          List<Finding> inChain = chain(device, views);
          findings.addAll(inChain);
          SeenSeriesHead head = known.get(device);
          SnapshotView newest = newest(views);
          boolean later = head == null || newest.sequence() > head.sequence();
          if (inChain.isEmpty() && later && !device.equals(own)) {
            newer.put(device, head(newest));
          }
        });
    if (whole && findings.isEmpty()) {
      remember(setId, newer);
    }
    return List.copyOf(findings);
  }

  /**
   * Takes what the portal shows for the newest, although this device has seen other snapshots: a
   * person has said that the portal was restored from a backup. Whose they are they have not said,
   * so of its own series the device has not made them for that. Neighbours that do not fit together
   * are still told by {@link #check} afterwards.
   */
  public List<AcceptedRollback> accept(String setId, List<SnapshotView> newestFirst)
      throws AgentException {
    Map<String, List<SnapshotView>> series = seriesOf(setId, newestFirst);
    List<AcceptedRollback> accepted = new ArrayList<>();
    headsOf(setId, stateFile.require())
        .forEach(
            (device, seen) -> {
              List<SnapshotView> views = series.getOrDefault(device, List.of());
              if (!compare(device, seen, views).isEmpty()) {
                accepted.add(
                    new AcceptedRollback(device, seen, views.isEmpty() ? null : newest(views)));
              }
            });
    if (!accepted.isEmpty()) {
      stateFile.update(
          newest -> {
            AgentState changed = newest;
            for (AcceptedRollback back : accepted) {
              SnapshotView shown = back.shown();
              changed =
                  shown == null
                      ? changed.withoutHead(back.deviceId())
                      : changed.withHead(back.deviceId(), head(shown).taken());
            }
            return changed;
          });
    }
    return accepted;
  }

  /**
   * Remembers a snapshot that this device just committed.
   *
   * @param signed whether it has signed it
   */
  public void committed(SnapshotView view, boolean signed) throws AgentException {
    remember(view.setId(), Map.of(view.deviceId(), head(view)));
    if (signed) {
      signs(view.setId(), Set.of(view.deviceId()));
    }
  }

  /**
   * Remembers for good that these devices sign: an unsigned snapshot is not theirs from now on. A
   * signature is no place in a series, so what else is shown of one does not matter.
   */
  public void signs(String setId, Set<String> devices) throws AgentException {
    if (signers(setId).containsAll(devices)) {
      return;
    }
    stateFile.update(
        newest -> {
          UnlockedSet set = newest.set();
          return set == null || !set.setId().equals(setId)
              ? newest
              : newest.withSet(set.signedBy(devices));
        });
  }

  /** Devices that are known to sign their snapshots of a set. */
  public Set<String> signers(String setId) throws AgentException {
    UnlockedSet set = stateFile.require().set();
    return set == null || !set.setId().equals(setId) ? Set.of() : set.signers();
  }

  /**
   * Remembers that the newest snapshots of these series are gone rightly: their person released
   * them and revoked their devices. Only those that this device has seen can be named.
   */
  public void acceptRemoved(String setId, List<SnapshotView> gone) throws AgentException {
    stateFile.update(
        newest -> {
          Map<String, SeenSeriesHead> heads = headsOf(setId, newest);
          AgentState changed = newest;
          for (SnapshotView view : gone) {
            SeenSeriesHead head = heads.get(view.deviceId());
            if (head != null && head.stubHash().equals(view.stubHash())) {
              changed = changed.withHead(view.deviceId(), head.gone());
            }
          }
          return changed;
        });
  }

  /** What is remembered of the series of a set, by device. */
  public Map<String, SeenSeriesHead> heads(String setId) throws AgentException {
    return headsOf(setId, stateFile.require());
  }

  /** What is remembered of one device's series. */
  public @Nullable SeenSeriesHead head(String setId, String deviceId) throws AgentException {
    return headsOf(setId, stateFile.require()).get(deviceId);
  }

  private static SeenSeriesHead head(SnapshotView view) {
    Instant at = view.committedAt();
    return new SeenSeriesHead(
        view.sequence(), view.stubHash(), PortalTime.isReadable(at) ? at.toString() : null);
  }

  private static Map<String, List<SnapshotView>> seriesOf(
      String setId, List<SnapshotView> newestFirst) {
    Map<String, List<SnapshotView>> series = new TreeMap<>();
    for (SnapshotView view : newestFirst) {
      if (view.setId().equals(setId)) {
        series.computeIfAbsent(view.deviceId(), d -> new ArrayList<>()).add(view);
      }
    }
    return series;
  }

  private static Map<String, SeenSeriesHead> headsOf(String setId, AgentState state) {
    boolean same = state.set() != null && state.set().setId().equals(setId);
    return same ? state.heads() : Map.of();
  }

  private void remember(String setId, Map<String, SeenSeriesHead> newer) throws AgentException {
    if (newer.isEmpty()) {
      return;
    }
    stateFile.update(
        newest -> {
          Map<String, SeenSeriesHead> now = headsOf(setId, newest);
          AgentState changed = newest;
          boolean ours = newest.set() != null && newest.set().setId().equals(setId);
          for (Map.Entry<String, SeenSeriesHead> entry : newer.entrySet()) {
            SeenSeriesHead old = now.get(entry.getKey());
            if (ours && (old == null || old.sequence() < entry.getValue().sequence())) {
              changed = changed.withHead(entry.getKey(), entry.getValue());
            }
          }
          return changed;
        });
  }

  private static List<Finding> compare(
      String device, SeenSeriesHead head, List<SnapshotView> views) {
    if (views.isEmpty() || newest(views).sequence() < head.sequence()) {
      return List.of(new Finding(Fault.REGRESS, device, head.sequence()));
    }
    for (SnapshotView view : views) {
      if (view.sequence() == head.sequence()) {
        return view.stubHash().equals(head.stubHash())
            ? List.of()
            : List.of(new Finding(Fault.SWAPPED, device, head.sequence()));
      }
    }
    return List.of(new Finding(Fault.GAP, device, head.sequence()));
  }

  /** Each number once from 1, and each snapshot right behind one of the number before. */
  private static List<Finding> chain(String device, List<SnapshotView> views) {
    TreeMap<Long, Map<String, SnapshotView>> byNumber = new TreeMap<>();
    for (SnapshotView view : views) {
      byNumber
          .computeIfAbsent(view.sequence(), number -> new TreeMap<>())
          .put(view.stubHash(), view);
    }
    List<Finding> findings = new ArrayList<>();
    long before = 0;
    Set<String> hashes = Set.of(Hash256.ZERO.hex());
    for (Map.Entry<Long, Map<String, SnapshotView>> each : byNumber.entrySet()) {
      long number = each.getKey();
      Map<String, SnapshotView> here = each.getValue();
      if (here.size() > 1) {
        findings.add(new Finding(Fault.FORK, device, number));
      }
      Set<String> expected = hashes;
      if (number != before + 1) {
        findings.add(new Finding(Fault.GAP, device, before + 1));
      } else if (!here.values().stream().allMatch(view -> expected.contains(view.previous()))) {
        findings.add(new Finding(Fault.BROKEN_CHAIN, device, number));
      }
      before = number;
      hashes = here.keySet();
    }
    return findings;
  }

  private static String ownId(AgentState state) throws AgentException {
    try {
      return TextCodec.hex(
          TextCodec.deviceId(
              TextCodec.parseBase64(
                  "publicKey", state.device().publicKey(), Hk1Constants.MAX_SPKI_BYTES)));
    } catch (MalformedException e) {
      throw new AgentException(RunResult.LOCAL, e, "state.damaged");
    }
  }

  private static SnapshotView newest(List<SnapshotView> views) {
    return java.util.Collections.max(
        views, java.util.Comparator.comparingLong(SnapshotView::sequence));
  }
}
