package org.hikae.device.history;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.AgentException;
import org.hikae.device.history.SnapshotChoice.Question;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.snapshot.OpenedSnapshotRoot;
import org.hikae.device.state.SeenSeriesHead;
import org.hikae.device.store.BackupStoreException;
import org.jspecify.annotations.Nullable;

/**
 * The one place that decides which snapshot is the newest, which is current, and which is gone.
 * From the portal it takes snapshots as a heap without an order; the order in which they come, the
 * times that the portal gives them, and whether it calls one removed decide nothing here.
 *
 * <p>Guarantees:
 *
 * <ul>
 *   <li>Within a series the order is that of the sequence in the stubs, each of which is computed
 *       again. The newest of a series is the highest of what the vault has witnessed and what this
 *       device has seen, or a snapshot that follows from it stub by stub.
 *   <li>Across series the order is that of the times in the roots, which open only under K and only
 *       for their own place. A series whose newest root does not open is not passed over: it is in
 *       doubt.
 *   <li>When the newest of a series is not shown, is called removed, is another one than was
 *       witnessed, or does not open, the series is in doubt, whatever else is shown of it, and
 *       every {@link SeriesHistory.Finding} of it is told.
 *   <li>The newest of a series whose device signs is signed by it, or the series is in doubt
 *       ({@link #judged}).
 *   <li>Which series the vault has vouched for in this run is told apart from those it has not.
 * </ul>
 *
 * <p>What it cannot know: a series that the vault never witnessed and this device never saw may be
 * withheld whole; the time in a root is that of the clock of the device that made it.
 */
public final class SnapshotHistory {

  /** A time in a root that lies further ahead is asked about; clocks differ by less. */
  static final Duration AHEAD = Duration.ofMinutes(5);

  private final List<SnapshotView> all;
  private final List<SnapshotView> malformed;
  private final String setId;
  private final Map<String, SeriesHistory> series;
  private final TrustedSeries trustedSeries;

  private SnapshotHistory(
      List<SnapshotView> all,
      List<SnapshotView> malformed,
      Map<String, SeriesHistory> series,
      TrustedSeries trustedSeries) {
    this.all = all;
    this.malformed = malformed;
    this.setId = trustedSeries.setId();
    this.series = series;
    this.trustedSeries = trustedSeries;
  }

  /**
   * What is known of the series of a set from elsewhere than the portal.
   *
   * @param setId the set, hexadecimal; empty when this device has no K
   * @param seen what this device remembers, by device
   * @param witnessed what the vault has said in this run, by device; nothing when it has said
   *     nothing
   * @param signers devices that are known to sign
   * @param remembered devices whose series this device has seen, also where that counts for nothing
   *     any more
   */
  public record TrustedSeries(
      String setId,
      Map<String, SeenSeriesHead> seen,
      Optional<Map<String, org.hikae.vault.wire.SeriesHead>> witnessed,
      Set<String> signers,
      Set<String> remembered) {

    /** Copies map and sets. */
    public TrustedSeries {
      seen = Map.copyOf(seen);
      signers = Set.copyOf(signers);
      remembered = Set.copyOf(remembered);
    }

    /** Where all that this device has seen counts. */
    public TrustedSeries(
        String setId,
        Map<String, SeenSeriesHead> seen,
        Optional<Map<String, org.hikae.vault.wire.SeriesHead>> witnessed,
        Set<String> signers) {
      this(setId, seen, witnessed, signers, seen.keySet());
    }

    /** Of a device without K. */
    public static TrustedSeries nothing() {
      return new TrustedSeries("", Map.of(), Optional.empty(), Set.of());
    }

    /**
     * The same when a person wants what is shown of these devices in place of what this device has
     * seen. Who signs is no place in a series and stays, and so does that there is a series.
     */
    public TrustedSeries withoutSeen(Set<String> devices) {
      Map<String, SeenSeriesHead> left = new TreeMap<>(seen);
      left.keySet().removeAll(devices);
      return new TrustedSeries(setId, left, witnessed, signers, remembered);
    }
  }

  /**
   * Holds what is shown against what is known.
   *
   * @param shown all that the portal shows, in any order; what does not follow from its own fields
   *     counts as not shown
   */
  public static SnapshotHistory of(List<SnapshotView> shown, TrustedSeries trustedSeries) {
    Map<String, SnapshotView> once = new LinkedHashMap<>();
    List<SnapshotView> malformed = new ArrayList<>();
    for (SnapshotView view : shown) {
      try {
        // Of two entries of one the one counts that is worse to have.
        once.merge(OpenedSnapshotRoot.stub(view).hash().hex(), view, (a, b) -> a.removed() ? a : b);
      } catch (DamagedDataException e) {
        malformed.add(view);
      }
    }
    List<SnapshotView> all = List.copyOf(once.values());
    Map<String, List<SnapshotView>> byDevice = new TreeMap<>();
    for (SnapshotView view : all) {
      if (view.setId().equals(trustedSeries.setId())) {
        byDevice.computeIfAbsent(view.deviceId(), device -> new ArrayList<>()).add(view);
      }
    }
    Map<String, org.hikae.vault.wire.SeriesHead> witnessed =
        trustedSeries.witnessed().orElse(Map.of());
    Set<String> devices = new TreeSet<>(byDevice.keySet());
    devices.addAll(witnessed.keySet());
    devices.addAll(trustedSeries.remembered());
    Map<String, SeriesHistory> series = new TreeMap<>();
    for (String device : devices) {
      List<SnapshotView> views = byDevice.getOrDefault(device, List.of());
      SeriesHistory seriesHistory =
          SeriesHistory.of(device, views, trustedSeries.seen().get(device), witnessed.get(device));
      series.put(
          device,
          trustedSeries.signers().contains(device) ? seriesHistory.ofSigner() : seriesHistory);
    }
    return new SnapshotHistory(all, List.copyOf(malformed), series, trustedSeries);
  }

  /**
   * The same after the root of the newest of each series was opened: whether its own device has
   * made it.
   */
  public SnapshotHistory judged(SnapshotRootReader roots)
      throws AgentException, BackupStoreException {
    roots.fetch(series.values().stream().flatMap(each -> each.newest().stream()).toList());
    Map<String, SeriesHistory> judged = new TreeMap<>();
    for (SeriesHistory each : series.values()) {
      judged.put(each.deviceId(), each.judged(roots));
    }
    return new SnapshotHistory(all, malformed, judged, trustedSeries);
  }

  /** Devices of which a signed snapshot was opened, now or before. */
  public Set<String> signers(SnapshotRootReader roots) throws AgentException, BackupStoreException {
    Set<String> signers = new TreeSet<>();
    for (SeriesHistory each : series.values()) {
      boolean now = each.newest().isPresent() && signs(roots, each.newest().get());
      if (now || each.signs()) {
        signers.add(each.deviceId());
      }
    }
    return signers;
  }

  private static boolean signs(SnapshotRootReader roots, SnapshotView view)
      throws AgentException, BackupStoreException {
    return roots.of(view).filter(SealedSnapshotInfo::signed).isPresent();
  }

  /** Every snapshot that is shown, of this set and of others, each once, in no order. */
  public List<SnapshotView> all() {
    return all;
  }

  /** What is shown and cannot be: a hash, a number or an identifier does not fit the others. */
  public List<SnapshotView> malformed() {
    return malformed;
  }

  /** Whether the vault has said anything about this set in this run. */
  public boolean vaultSpoke() {
    return trustedSeries.witnessed().isPresent();
  }

  /** The series whose newest snapshot is in doubt. */
  public List<SeriesHistory> doubtful() {
    return series.values().stream().filter(SeriesHistory::isDoubtful).toList();
  }

  /** A snapshot that was named by its identifier. */
  public SnapshotChoice named(SnapshotView view) {
    List<SeriesHistory> of =
        view.setId().equals(setId)
            ? Optional.ofNullable(series.get(view.deviceId())).stream().toList()
            : List.of();
    return new SnapshotChoice(Optional.of(view), false, of, List.of());
  }

  /**
   * The newest of the named devices; of this device, if it has made one, also when nothing of it is
   * shown; else of all.
   *
   * @param own this device, hexadecimal
   * @param named beginning of the identifiers of other devices
   * @param now by the clock of this device
   */
  public SnapshotChoice latest(
      String own, @Nullable String named, SnapshotRootReader roots, Instant now)
      throws AgentException, BackupStoreException {
    // One that is withheld whole is here, too: what another device has made is not meant then.
    SeriesHistory mine = series.get(own);
    List<SeriesHistory> among =
        named != null
            ? series.values().stream().filter(s -> s.deviceId().startsWith(named)).toList()
            : mine != null ? List.of(mine) : List.copyOf(series.values());
    if (among.size() == 1) {
      return latest(among.getFirst(), among, own, false);
    }
    roots.fetch(among.stream().flatMap(each -> each.newest().stream()).toList());
    List<SeriesHistory> judged = new ArrayList<>();
    SeriesHistory best = null;
    Instant bestAt = Instant.MIN;
    for (SeriesHistory each : among) {
      Optional<SealedSnapshotInfo> sealedSnapshotInfo = Optional.empty();
      if (each.newest().isPresent()) {
        sealedSnapshotInfo = roots.of(each.newest().get());
      }
      judged.add(
          sealedSnapshotInfo.isEmpty() && each.newest().isPresent() ? each.unreadable() : each);
      if (sealedSnapshotInfo.isPresent() && each.at(sealedSnapshotInfo.get()).isAfter(bestAt)) {
        best = each;
        bestAt = each.at(sealedSnapshotInfo.get());
      }
    }
    return best == null
        ? new SnapshotChoice(Optional.empty(), true, judged, List.of())
        : latest(best, judged, own, bestAt.isAfter(notBeforeWitnesses(now).plus(AHEAD)));
  }

  /** A witness is never early: a clock that is before one is behind. */
  private Instant notBeforeWitnesses(Instant now) {
    return trustedSeries.witnessed().orElse(Map.of()).values().stream()
        .map(head -> Instant.ofEpochSecond(head.atSeconds()))
        .reduce(now, (a, b) -> a.isAfter(b) ? a : b);
  }

  private static SnapshotChoice latest(
      SeriesHistory of, List<SeriesHistory> among, String own, boolean ahead) {
    List<Question> questions = new ArrayList<>();
    if (of.newest().isPresent() && !of.isVouchedFor(own)) {
      questions.add(Question.UNCHECKED);
    } else if (of.newest().isPresent() && !of.isOnlyNotSigned() && !of.isAttested(own)) {
      questions.add(Question.UNSIGNED);
    }
    if (ahead) {
      questions.add(Question.AHEAD);
    }
    return new SnapshotChoice(of.newest(), true, among, questions);
  }

  /** Snapshots of a set and device, newest first. */
  private record SeriesQueue(Deque<SnapshotView> left, Map<String, Instant> at) {

    Instant next() {
      return at.getOrDefault(left.getFirst().stubHash(), Instant.MIN);
    }
  }

  /**
   * These snapshots, newest first: those of a series by their sequence, series among each other by
   * the times by which {@link #latest} compares them (spec HK1-D-09). One without a time stands
   * where its neighbours put it.
   */
  public List<SnapshotView> newestFirst(List<SnapshotView> views, SnapshotRootReader roots)
      throws AgentException, BackupStoreException {
    roots.fetch(views.stream().filter(view -> view.setId().equals(setId)).toList());
    Map<String, List<SnapshotView>> bySeries = new TreeMap<>();
    for (SnapshotView view : views) {
      String key = view.setId() + view.deviceId();
      bySeries.computeIfAbsent(key, s -> new ArrayList<>()).add(view);
    }
    List<SeriesQueue> lines = new ArrayList<>();
    for (List<SnapshotView> each : bySeries.values()) {
      lines.add(line(each, roots));
    }
    List<SnapshotView> ordered = new ArrayList<>();
    while (ordered.size() < views.size()) {
      SeriesQueue newest =
          lines.stream()
              .filter(seriesQueue -> !seriesQueue.left().isEmpty())
              .max(Comparator.comparing(SeriesQueue::next))
              .orElseThrow();
      ordered.add(newest.left().removeFirst());
    }
    return ordered;
  }

  private SeriesQueue line(List<SnapshotView> views, SnapshotRootReader roots)
      throws AgentException, BackupStoreException {
    List<SnapshotView> sorted =
        views.stream().sorted(Comparator.comparingLong(SnapshotView::sequence).reversed()).toList();
    Map<String, Instant> at = new HashMap<>();
    SeriesHistory of = series.get(views.getFirst().deviceId());
    Set<String> witnessed = of == null ? Set.of() : of.witnessedStubs();
    Instant below = Instant.MIN;
    // From the oldest on, so that one without a time stands right above the one before it.
    for (SnapshotView view : sorted.reversed()) {
      boolean ours = view.setId().equals(setId);
      Optional<SealedSnapshotInfo> sealedSnapshotInfo = ours ? roots.of(view) : Optional.empty();
      if (sealedSnapshotInfo.isPresent()) {
        below =
            of != null && witnessed.contains(view.stubHash())
                ? of.atWitness(sealedSnapshotInfo.get())
                : sealedSnapshotInfo.get().at();
      }
      at.put(view.stubHash(), below);
    }
    return new SeriesQueue(new ArrayDeque<>(sorted), at);
  }
}
