package org.hikae.device.cli.snapshots;

import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.AgentException;
import org.hikae.device.backup.pack.ManifestObjectCache;
import org.hikae.device.cli.access.BackupKeyAccess;
import org.hikae.device.cli.access.PhrasePrompt;
import org.hikae.device.cli.access.RetryPrinter;
import org.hikae.device.cli.access.SignedInAgent;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.DisplayFormat;
import org.hikae.device.cli.vault.VaultActivityCheck;
import org.hikae.device.cli.vault.VaultActivityText;
import org.hikae.device.history.SealedSnapshotInfo;
import org.hikae.device.history.SeenSeriesHeads;
import org.hikae.device.history.SeriesHistory;
import org.hikae.device.history.SeriesHistory.Doubt;
import org.hikae.device.history.SnapshotChoice;
import org.hikae.device.history.SnapshotHistory;
import org.hikae.device.history.SnapshotRootReader;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.snapshot.SealedObjectCache;
import org.hikae.device.store.BackupStore;
import org.hikae.device.store.BackupStoreException;
import org.hikae.hk1.TextCodec;
import org.jspecify.annotations.Nullable;

/**
 * All snapshots of the employee, for every command that names or shows one: read, held against what
 * this device remembers and what the vault has witnessed, and told where they do not agree. What is
 * the newest is {@link SnapshotHistory}'s to say.
 */
public final class SnapshotCatalog implements AutoCloseable {

  private static final int SHORTEST_PREFIX = 4;

  private static final int SHOWN_DIGITS = 12;

  private final CommandOutput output;
  private final CatalogContext from;
  private final FreshnessCheck freshness;
  private final SnapshotRootReader roots;
  private final Set<String> told = new HashSet<>();
  private final SnapshotList list;
  private SnapshotHistory.TrustedSeries trustedSeries;
  private SnapshotHistory snapshotHistory;
  private Set<String> setBack = Set.of();

  SnapshotCatalog(
      CommandOutput output,
      CatalogContext from,
      FreshnessCheck freshness,
      SnapshotRootReader roots,
      SnapshotHistory.TrustedSeries trustedSeries)
      throws AgentException, BackupStoreException {
    this.output = output;
    this.from = from;
    this.freshness = freshness;
    this.roots = roots;
    this.trustedSeries = trustedSeries;
    this.list = SnapshotList.read(from.store());
    list.withheld().ifPresent(answer -> tellLacking(output, list.shown().size(), answer));
    this.snapshotHistory = SnapshotHistory.of(list.shown(), trustedSeries).judged(roots);
  }

  /**
   * What this goes by beside the vault.
   *
   * @param store the portal's
   * @param memory what this device has seen
   * @param own this device, hexadecimal
   * @param names devices as people know them, by identifier
   * @param manifests what this device has of its own manifests
   */
  record CatalogContext(
      BackupStore store,
      SeenSeriesHeads memory,
      String own,
      UnaryOperator<String> names,
      SealedObjectCache manifests) {

    static CatalogContext of(CommandOutput output, SignedInAgent agent) {
      return new CatalogContext(
          agent.store(),
          agent.memory(),
          TextCodec.hex(agent.identity().deviceId()),
          deviceId -> VaultActivityText.of(output, agent).device(deviceId),
          new ManifestObjectCache(agent.home().cacheFolder()));
    }
  }

  /**
   * What a person has said beforehand, and whom to ask for the rest (spec HK1-D-02).
   *
   * @param list that the list may show other snapshots than this device has seen
   * @param older numbers of the newest that are shown, of series whose newest is missing
   * @param unchecked that the newest may be one that nobody vouches for
   */
  public record AcceptedRisks(
      boolean list, List<Long> older, boolean unchecked, PhrasePrompt person) {}

  /** Tells what was chosen. */
  @FunctionalInterface
  public interface ChoiceListener {
    /** Before anybody is asked about it. */
    void tell(SnapshotView view) throws AgentException, BackupStoreException;
  }

  /**
   * Those that K opens, and all others.
   *
   * @param key not closed here; used until this is closed
   */
  public static SnapshotCatalog read(
      AgentEnvironment here, CommandOutput output, SignedInAgent agent, BackupKey key)
      throws AgentException, BackupStoreException {
    FreshnessCheck freshness = freshness(here, output, agent);
    String setId = TextCodec.hex(key.setId());
    // The vault first: what is committed in between is then shown and not missed.
    SnapshotHistory.TrustedSeries trustedSeries =
        new SnapshotHistory.TrustedSeries(
            setId,
            agent.memory().heads(setId),
            freshness.witnessed(key.setId()),
            agent.memory().signers(setId));
    SnapshotRootReader roots =
        new SnapshotRootReader(agent.store(), each -> BackupKeyAccess.reading(agent, key, each));
    return new SnapshotCatalog(
        output, CatalogContext.of(output, agent), freshness, roots, trustedSeries);
  }

  /** Says from now on when the portal has to be asked again: reading the list may take long. */
  private static FreshnessCheck freshness(
      AgentEnvironment here, CommandOutput output, SignedInAgent agent) throws AgentException {
    agent.retriesTo(new RetryPrinter(output, here.clock(), agent.objectWait(), () -> {}));
    return new FreshnessCheck(
        output, agent, new VaultActivityCheck(here, output, agent), here.clock());
  }

  /** Only what the portal says of them: this device has no K, or need not open anything. */
  public static SnapshotCatalog unopened(
      AgentEnvironment here, CommandOutput output, SignedInAgent agent)
      throws AgentException, BackupStoreException {
    FreshnessCheck freshness = freshness(here, output, agent);
    SnapshotRootReader none =
        new SnapshotRootReader(
            agent.store(),
            generation -> {
              throw new AgentException(RunResult.CORRUPT, "snapshots.none");
            });
    return new SnapshotCatalog(
        output,
        CatalogContext.of(output, agent),
        freshness,
        none,
        SnapshotHistory.TrustedSeries.nothing());
  }

  private static void tellLacking(CommandOutput output, int shown, String answer) {
    output.event("alarm", Map.of("fault", "PAGE_WITHHELD", "withheld", answer, "shown", shown));
    output.note("alarm.PAGE_WITHHELD", shown, answer);
  }

  /** Whether the portal has handed out every page of the list. */
  public boolean isWhole() {
    return list.isWhole();
  }

  /** As the portal lists them, also what cannot be. */
  public List<SnapshotView> shown() {
    return list.shown();
  }

  /** Each once, in no order. */
  public List<SnapshotView> all() {
    return snapshotHistory.all();
  }

  /** These, newest first; what their roots say is known then. */
  public List<SnapshotView> newestFirst(List<SnapshotView> views)
      throws AgentException, BackupStoreException {
    return snapshotHistory.newestFirst(views, roots);
  }

  /** Compares with what was seen before and tells every finding; true when all is well. */
  boolean unaltered() throws AgentException, BackupStoreException {
    List<SeenSeriesHeads.Finding> findings =
        from.memory()
            .check(
                trustedSeries.setId(),
                snapshotHistory.all(),
                snapshotHistory.malformed(),
                list.isWhole());
    for (SeenSeriesHeads.Finding finding : findings) {
      output.event(
          "alarm",
          Map.of(
              "fault", finding.fault().name(),
              "deviceId", finding.deviceId(),
              "sequence", finding.sequence()));
      output.note(
          "alarm." + finding.fault(), DisplayFormat.plain(finding.deviceId()), finding.sequence());
    }
    long elsewhere =
        snapshotHistory.malformed().stream()
            .filter(view -> !view.setId().equals(trustedSeries.setId()))
            .count();
    if (elsewhere > 0) {
      output.note("snapshots.malformed", elsewhere);
    }
    from.memory().signs(trustedSeries.setId(), snapshotHistory.signers(roots));
    setBack = SeenSeriesHeads.setBack(findings);
    return findings.isEmpty();
  }

  /** Tells every series whose newest is in doubt; true when there is none. */
  boolean fresh() throws AgentException, BackupStoreException {
    List<SeriesHistory> doubtful = snapshotHistory.doubtful();
    for (SeriesHistory series : doubtful) {
      tell(series);
    }
    return doubtful.isEmpty();
  }

  /** Both: what a command that shows something ends with. */
  public boolean sound() throws AgentException, BackupStoreException {
    boolean unaltered = unaltered();
    return fresh() && unaltered && list.isWhole();
  }

  private void tell(SeriesHistory series) throws AgentException, BackupStoreException {
    for (SeriesHistory.Finding finding : series.findings()) {
      if (told.add(series.deviceId() + finding.doubt())) {
        freshness.tell(series, finding, roots);
      }
    }
  }

  /** From here on what this device has seen of series that went back counts for nothing. */
  private void forgetSeen() throws AgentException, BackupStoreException {
    trustedSeries = trustedSeries.withoutSeen(setBack);
    snapshotHistory = SnapshotHistory.of(snapshotHistory.all(), trustedSeries).judged(roots);
  }

  /** Newest snapshots that the portal calls removed. */
  List<SnapshotView> removedNewest() {
    return snapshotHistory.doubtful().stream().flatMap(SnapshotCatalog::removedNewest).toList();
  }

  private static Stream<SnapshotView> removedNewest(SeriesHistory series) {
    return series.findings().stream()
        .filter(each -> each.doubt() == Doubt.NEWEST_REMOVED)
        .flatMap(each -> series.shown().stream().filter(v -> v.sequence() == each.place()))
        .filter(SnapshotView::removed);
  }

  /**
   * The snapshot named by its identifier or the beginning of it, or {@code latest}; for one that
   * was removed the person is told why.
   */
  SnapshotChoice named(String name, @Nullable String deviceId)
      throws AgentException, BackupStoreException {
    String wanted = name.toLowerCase(Locale.ROOT);
    if (wanted.equals("latest")) {
      return latest(deviceId);
    }
    if (wanted.length() < SHORTEST_PREFIX) {
      throw new AgentException(RunResult.REFUSED, "snapshots.name-short", SHORTEST_PREFIX);
    }
    List<SnapshotView> found =
        snapshotHistory.all().stream()
            .filter(view -> view.snapshotId().startsWith(wanted))
            .toList();
    if (found.isEmpty() && !list.isWhole()) {
      throw new AgentException(RunResult.CORRUPT, "snapshots.not-shown");
    }
    if (found.size() != 1) {
      String key = found.isEmpty() ? "snapshots.unknown" : "snapshots.ambiguous";
      throw new AgentException(RunResult.REFUSED, key, DisplayFormat.plain(name));
    }
    SnapshotView view = found.getFirst();
    // Without K nothing is opened, so it does not matter whose set it is.
    if (!trustedSeries.setId().isEmpty() && !view.setId().equals(trustedSeries.setId())) {
      throw new AgentException(RunResult.REFUSED, "snapshots.of-another-set", view.snapshotId());
    }
    if (view.removed()) {
      ReleaseStatusText words = new ReleaseStatusText(output.messages());
      throw new AgentException(
          RunResult.REFUSED, "snapshots.removed", view.snapshotId(), words.of(view));
    }
    return snapshotHistory.named(view);
  }

  /** The same for what only shows it: what nobody vouches for is said, and nobody is asked. */
  public SnapshotChoice toShow(String name, @Nullable String deviceId)
      throws AgentException, BackupStoreException {
    SnapshotChoice choice = named(name, deviceId);
    rememberSigner(choice.view());
    for (SnapshotChoice.Question question : choice.questions()) {
      tell(question, choice.view());
    }
    return choice;
  }

  private void tell(SnapshotChoice.Question question, SnapshotView view) {
    if (told.add(view.snapshotId() + question)) {
      freshness.tell(question, view, from.names().apply(view.deviceId()), when(view));
    }
  }

  /**
   * The same for a restore: only when nothing speaks against it, or a person wants it all the same.
   * The list comes first: without what this device has seen of a series another snapshot may be its
   * newest (spec HK1-D-15).
   *
   * @param telling tells what was chosen before anybody is asked about it
   */
  public SnapshotChoice toRestore(
      String name, @Nullable String deviceId, AcceptedRisks acceptedRisks, ChoiceListener telling)
      throws AgentException, BackupStoreException {
    if (!unaltered()) {
      if (!acceptedRisks.list()) {
        throw new AgentException(RunResult.CORRUPT, "restore.regress");
      }
      forgetSeen();
    }
    boolean fresh = fresh();
    SnapshotChoice choice = named(name, deviceId);
    telling.tell(choice.view());
    rememberSigner(choice.view());
    requireJudged(choice);
    requireAccepted(choice, acceptedRisks);
    if (!fresh && choice.doubtful().isEmpty()) {
      output.note("restore.others-doubtful");
    }
    return choice;
  }

  /** That its device signs counts from the next run on: the newest are judged before any other. */
  private void rememberSigner(SnapshotView view) throws AgentException, BackupStoreException {
    if (made(view).filter(SealedSnapshotInfo::signed).isPresent()) {
      from.memory().signs(trustedSeries.setId(), Set.of(view.deviceId()));
    }
  }

  private SnapshotChoice latest(@Nullable String deviceId)
      throws AgentException, BackupStoreException {
    SnapshotChoice choice = snapshotHistory.latest(from.own(), deviceId, roots, freshness.now());
    for (SeriesHistory series : choice.doubtful()) {
      tell(series);
    }
    if (choice.snapshot().isEmpty()) {
      if (!list.isWhole()) {
        throw new AgentException(RunResult.CORRUPT, "snapshots.not-shown");
      }
      throw choice.doubtful().isEmpty() && setBack.isEmpty()
          ? new AgentException(RunResult.REFUSED, "snapshots.none")
          : new AgentException(RunResult.CORRUPT, "snapshots.none-left");
    }
    return choice;
  }

  /**
   * Refuses a newest one whose root was not had when it was looked at whose work it is: a portal
   * could hand it out a moment later, and nobody would have been asked (spec HK1-D-11).
   */
  private void requireJudged(SnapshotChoice choice) throws AgentException, BackupStoreException {
    SnapshotView view = choice.view();
    if (!choice.latest() || made(view).isPresent()) {
      return;
    }
    String id = view.snapshotId().substring(0, SHOWN_DIGITS);
    Optional<String> answer = roots.withheld(view);
    String other = roots.isLater(view) ? "snapshots.later-form" : "restore.unreadable";
    throw new AgentException(
        RunResult.CORRUPT, answer.isPresent() ? "restore.withheld" : other, id, answer.orElse("-"));
  }

  private void requireAccepted(SnapshotChoice choice, AcceptedRisks acceptedRisks)
      throws AgentException, BackupStoreException {
    if (choice.refused()) {
      throw new AgentException(RunResult.CORRUPT, "freshness.refused-contested");
    }
    freshness.requireOlderAccepted(
        choice.doubtful(), acceptedRisks.older(), acceptedRisks.person(), roots);
    for (SnapshotChoice.Question question : choice.questions()) {
      tell(question, choice.view());
      freshness.requireAccepted(question, acceptedRisks.unchecked(), acceptedRisks.person());
    }
  }

  /** Those of a set that can be read, and of one device if it is named. */
  public List<SnapshotView> ofSet(String setId, @Nullable String deviceId) {
    return snapshotHistory.all().stream()
        .filter(view -> !view.removed() && view.setId().equals(setId))
        .filter(view -> deviceId == null || view.deviceId().startsWith(deviceId))
        .sorted(
            Comparator.comparing(SnapshotView::deviceId)
                .thenComparing(Comparator.comparingLong(SnapshotView::sequence).reversed()))
        .toList();
  }

  /** What its root says of a snapshot; nothing when that cannot be known. */
  public Optional<SealedSnapshotInfo> made(SnapshotView view)
      throws AgentException, BackupStoreException {
    return roots.of(view);
  }

  /**
   * Roots that the portal has handed out for this, and what this device has of its own manifests:
   * for who reads a snapshot, and does not want to know whether the portal has it whole.
   */
  public SealedObjectCache copies() {
    return roots.sealed().or(from.manifests());
  }

  /** When it was made, by its root; else what the portal says, as that. */
  public String when(SnapshotView view) {
    Optional<SealedSnapshotInfo> sealedSnapshotInfo;
    try {
      sealedSnapshotInfo = made(view);
    } catch (AgentException | BackupStoreException e) {
      // A date is a kindness in a sentence about something else.
      sealedSnapshotInfo = Optional.empty();
    }
    return sealedSnapshotInfo
        .map(SealedSnapshotInfo::at)
        .map(at -> DisplayFormat.time(at, ZoneId.systemDefault()))
        .orElseGet(
            () ->
                output
                    .messages()
                    .get(
                        "snapshots.time-of-portal",
                        DisplayFormat.time(view.committedAt(), ZoneId.systemDefault())));
  }

  @Override
  public void close() {
    roots.close();
  }
}
