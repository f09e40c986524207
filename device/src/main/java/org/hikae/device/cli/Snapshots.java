package org.hikae.device.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotPage;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.AgentException;
import org.hikae.device.backup.SnapshotStore;
import org.hikae.device.backup.StoreException;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.newest.Choice;
import org.hikae.device.newest.Made;
import org.hikae.device.newest.Newest;
import org.hikae.device.newest.Roots;
import org.hikae.device.newest.Timeline;
import org.hikae.device.newest.Timeline.Doubt;
import org.hikae.device.remote.SeriesMemory;
import org.hikae.hk1.Ids;
import org.jspecify.annotations.Nullable;

/**
 * All snapshots of the employee, for every command that names or shows one: read, held against what
 * this device remembers and what the vault has witnessed, and told where they do not agree. What is
 * the newest is {@link Newest}'s to say.
 */
final class Snapshots implements AutoCloseable {

  /** Most snapshots that are read. */
  static final int MAX = 100_000;

  private static final int SHORTEST_PREFIX = 4;

  private final Output output;
  private final Agent agent;
  private final Freshness freshness;
  private final Roots roots;
  private final Set<String> told = new HashSet<>();
  private Newest.Known known;
  private Newest newest;
  private Set<String> setBack = Set.of();

  private Snapshots(
      Output output, Agent agent, Freshness freshness, Roots roots, Newest.Known known)
      throws AgentException, StoreException {
    this.output = output;
    this.agent = agent;
    this.freshness = freshness;
    this.roots = roots;
    this.known = known;
    this.newest = Newest.of(pages(agent.store()), known).judged(roots);
  }

  /**
   * Those that K opens, and all others.
   *
   * @param key not closed here; used until this is closed
   */
  static Snapshots read(Surroundings here, Output output, Agent agent, BackupKey key)
      throws AgentException, StoreException {
    Freshness freshness =
        new Freshness(output, agent, new VaultWatch(here, output, agent), here.clock());
    String setId = Ids.hex(key.setId());
    // The vault first: what is committed in between is then shown and not missed.
    Newest.Known known =
        new Newest.Known(
            setId,
            agent.memory().heads(setId),
            freshness.witnessed(key.setId()),
            agent.memory().signers(setId));
    Roots roots = new Roots(agent.store(), each -> Keyring.reading(agent, key, each));
    return new Snapshots(output, agent, freshness, roots, known);
  }

  /** Only what the portal says of them: this device has no K, or need not open anything. */
  static Snapshots unopened(Surroundings here, Output output, Agent agent)
      throws AgentException, StoreException {
    Freshness freshness =
        new Freshness(output, agent, new VaultWatch(here, output, agent), here.clock());
    Roots none =
        new Roots(
            agent.store(),
            generation -> {
              throw new AgentException(RunResult.CORRUPT, "snapshots.none");
            });
    return new Snapshots(output, agent, freshness, none, Newest.Known.nothing());
  }

  private static List<SnapshotView> pages(SnapshotStore store)
      throws AgentException, StoreException {
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
    return all;
  }

  /** Each once, in no order. */
  List<SnapshotView> all() {
    return newest.all();
  }

  /** These, newest first. */
  List<SnapshotView> newestFirst(List<SnapshotView> views) throws AgentException, StoreException {
    return newest.newestFirst(views, roots);
  }

  /** Compares with what was seen before and tells every finding; true when all is well. */
  boolean unaltered() throws AgentException, StoreException {
    List<SeriesMemory.Finding> findings = agent.memory().check(known.setId(), newest.all());
    for (SeriesMemory.Finding finding : findings) {
      output.event(
          "alarm",
          Map.of(
              "fault", finding.fault().name(),
              "deviceId", finding.deviceId(),
              "sequence", finding.sequence()));
      output.note("alarm." + finding.fault(), finding.deviceId(), finding.sequence());
    }
    agent.memory().signs(known.setId(), newest.signers(roots));
    setBack = SeriesMemory.setBack(findings);
    return findings.isEmpty();
  }

  /** Tells every series whose newest is in doubt; true when there is none. */
  boolean fresh() throws AgentException, StoreException {
    List<Timeline> doubtful = newest.doubtful();
    for (Timeline series : doubtful) {
      tell(series);
    }
    return doubtful.isEmpty();
  }

  /** Both: what a command that shows something ends with. */
  boolean sound() throws AgentException, StoreException {
    boolean unaltered = unaltered();
    return fresh() && unaltered;
  }

  private void tell(Timeline series) throws AgentException, StoreException {
    if (told.add(series.deviceId() + series.doubt())) {
      freshness.tell(series, roots);
    }
  }

  /** From here on what this device has seen of series that went back counts for nothing. */
  void forgetSeen() throws AgentException, StoreException {
    known = known.withoutSeen(setBack);
    newest = Newest.of(newest.all(), known).judged(roots);
  }

  /** Newest snapshots that the portal calls removed. */
  List<SnapshotView> removedNewest() {
    return newest.doubtful().stream()
        .filter(series -> series.doubt() == Doubt.NEWEST_REMOVED)
        .flatMap(series -> series.shown().stream().filter(v -> v.sequence() == series.place()))
        .filter(SnapshotView::removed)
        .toList();
  }

  /**
   * The snapshot named by its identifier or the beginning of it, or {@code latest}; for one that
   * was removed the person is told why.
   */
  Choice named(String name, @Nullable String deviceId) throws AgentException, StoreException {
    String wanted = name.toLowerCase(Locale.ROOT);
    if (wanted.equals("latest")) {
      return latest(deviceId);
    }
    if (wanted.length() < SHORTEST_PREFIX) {
      throw new AgentException(RunResult.REFUSED, "snapshots.name-short", SHORTEST_PREFIX);
    }
    List<SnapshotView> found =
        newest.all().stream().filter(view -> view.snapshotId().startsWith(wanted)).toList();
    if (found.size() != 1) {
      String key = found.isEmpty() ? "snapshots.unknown" : "snapshots.ambiguous";
      throw new AgentException(RunResult.REFUSED, key, Sizes.plain(name));
    }
    SnapshotView view = found.getFirst();
    if (view.removed()) {
      FateWords words = new FateWords(output.messages());
      throw new AgentException(
          RunResult.REFUSED, "snapshots.removed", view.snapshotId(), words.of(view));
    }
    return newest.named(view);
  }

  private Choice latest(@Nullable String deviceId) throws AgentException, StoreException {
    Choice choice = newest.latest(own(), deviceId, roots, freshness.now());
    for (Timeline series : choice.doubtful()) {
      tell(series);
    }
    if (choice.snapshot().isEmpty()) {
      throw choice.doubtful().isEmpty() && setBack.isEmpty()
          ? new AgentException(RunResult.REFUSED, "snapshots.none")
          : new AgentException(RunResult.CORRUPT, "snapshots.none-left");
    }
    return choice;
  }

  private String own() {
    return Ids.hex(agent.identity().deviceId());
  }

  /**
   * Lets a restore go on only when nothing speaks against what was chosen, or a person or the
   * command line says that it is wanted all the same.
   */
  void requireAccepted(Choice choice, List<Long> older, boolean unchecked, TerminalPerson person)
      throws AgentException, StoreException {
    if (choice.refused()) {
      throw new AgentException(RunResult.CORRUPT, "freshness.refused-contested");
    }
    freshness.requireOlderAccepted(choice.doubtful(), older, person, roots);
    for (Choice.Question question : choice.questions()) {
      freshness.requireAccepted(question, choice.view(), when(choice.view()), unchecked, person);
    }
  }

  /** Those of a set that can be read, and of one device if it is named. */
  List<SnapshotView> ofSet(String setId, @Nullable String deviceId) {
    return newest.all().stream()
        .filter(view -> !view.removed() && view.setId().equals(setId))
        .filter(view -> deviceId == null || view.deviceId().startsWith(deviceId))
        .sorted(
            Comparator.comparing(SnapshotView::deviceId)
                .thenComparing(Comparator.comparingLong(SnapshotView::sequence).reversed()))
        .toList();
  }

  /** What its root says of a snapshot; nothing when that cannot be known. */
  Optional<Made> made(SnapshotView view) throws AgentException, StoreException {
    return roots.of(view);
  }

  /** When it was made, by its root; else what the portal says, as that. */
  String when(SnapshotView view) {
    Optional<Made> made;
    try {
      made = made(view);
    } catch (AgentException | StoreException e) {
      // A date is a kindness in a sentence about something else.
      made = Optional.empty();
    }
    return made.map(Made::at)
        .map(Instant::toString)
        .map(at -> Sizes.time(at, ZoneId.systemDefault()))
        .orElseGet(
            () ->
                output
                    .messages()
                    .get(
                        "snapshots.time-of-portal",
                        Sizes.time(view.committedAt(), ZoneId.systemDefault())));
  }

  @Override
  public void close() {
    roots.close();
  }
}
