package org.hikae.device.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.AgentException;
import org.hikae.device.store.BackupStoreException;
import org.hikae.vault.wire.SeriesHead;
import org.jspecify.annotations.Nullable;

/**
 * One device's series, and what is to be thought of its end.
 *
 * @param deviceId whose
 * @param shown everything that the portal shows of it, by sequence, the highest first
 * @param newest what {@code latest} means in it: the last snapshot that follows, stub by stub, from
 *     the highest place known from elsewhere; when that one cannot be read, the highest before it
 *     that can; before a number under which two are shown; nothing when there is none
 * @param witnessed what the vault has said about it in this run
 * @param seen the highest place of it that this device remembers
 * @param signs whether its device is known to sign
 * @param attested whether {@code newest} is known to be this device's: signed by it, or, stub by
 *     stub, before one that is, or at or before what the vault has witnessed, which the device has
 *     signed, too; true when nothing speaks against it as long as no root was looked at
 * @param findings why {@code newest} may not be the newest, in the order in which they stand in
 *     spec HK1-D-06
 */
public record SeriesHistory(
    String deviceId,
    List<SnapshotView> shown,
    Optional<SnapshotView> newest,
    Optional<SeriesHead> witnessed,
    Optional<org.hikae.device.state.SeenSeriesHead> seen,
    boolean signs,
    boolean attested,
    List<Finding> findings) {

  /**
   * By sequence; of several under one number the one comes first that can be the end of a series,
   * whichever the portal lists first.
   */
  private static final Comparator<SnapshotView> UPWARDS =
      Comparator.comparingLong(SnapshotView::sequence)
          .thenComparing(SnapshotView::removed)
          .thenComparing(SnapshotView::stubHash);

  /** Copies the lists. */
  public SeriesHistory {
    shown = List.copyOf(shown);
    findings = List.copyOf(findings);
  }

  /**
   * One thing that speaks against the newest one that can be read.
   *
   * @param doubt what
   * @param place number of the one that it is about
   */
  public record Finding(Doubt doubt, long place) {}

  /** What speaks against the newest one that can be read. */
  public enum Doubt {
    /** The vault has witnessed a later one. */
    OLDER_THAN_WITNESSED,
    /** The vault has witnessed another one under this number. */
    NOT_WITNESSED,
    /** The portal says that the newest one was removed. */
    NEWEST_REMOVED,
    /** The root of the newest one is not there, or is not what its device sealed. */
    NEWEST_UNREADABLE,
    /** The newest one is not signed, although its device signs: somebody else may have made it. */
    NOT_SIGNED,
    /** Two are shown under one number, and nothing from elsewhere tells which is the right one. */
    NEWEST_FORKED;

    /** Whether two snapshots contend for being the newest. */
    public boolean contested() {
      return this == NOT_WITNESSED || this == NEWEST_FORKED;
    }
  }

  /**
   * Compares a series.
   *
   * @param views of one set and device, in any order
   * @param seen what this device remembers of it
   * @param witnessed what the vault has said about it
   */
  static SeriesHistory of(
      String deviceId,
      List<SnapshotView> views,
      org.hikae.device.state.@Nullable SeenSeriesHead seen,
      @Nullable SeriesHead witnessed) {
    List<SnapshotView> ordered = views.stream().sorted(UPWARDS.reversed()).toList();
    Optional<TrustedPosition> remembered = Optional.ofNullable(seen).map(TrustedPosition::of);
    Optional<TrustedPosition> told = Optional.ofNullable(witnessed).map(TrustedPosition::of);
    Optional<TrustedPosition> trusted =
        Stream.of(remembered, told)
            .flatMap(Optional::stream)
            .max(Comparator.comparingLong(TrustedPosition::sequence));
    Optional<SnapshotView> end =
        trusted.isPresent() ? trusted.get().followed(ordered) : highest(ordered);
    ReadableHead readableHead = ReadableHead.of(ordered, trusted, end);
    boolean known = seen != null && end.filter(seen::isGone).isPresent();
    List<Finding> findings = new ArrayList<>();
    // What stands in its place says by itself that the witnessed one is not there.
    boolean replaced = told.isPresent() && ordered.stream().anyMatch(told.get()::isContradictedBy);
    if (replaced) {
      findings.add(new Finding(Doubt.NOT_WITNESSED, told.get().sequence()));
    }
    readableHead
        .forkedAt()
        .ifPresent(number -> findings.add(new Finding(Doubt.NEWEST_FORKED, number)));
    if (!replaced && told.isPresent() && told.get().followed(ordered).isEmpty()) {
      findings.add(new Finding(Doubt.OLDER_THAN_WITNESSED, told.get().sequence()));
    }
    if (end.isPresent() && end.get().removed() && !known) {
      findings.add(new Finding(Doubt.NEWEST_REMOVED, end.get().sequence()));
    }
    return new SeriesHistory(
        deviceId,
        ordered,
        readableHead.newest(),
        Optional.ofNullable(witnessed),
        Optional.ofNullable(seen),
        false,
        true,
        findings);
  }

  private static Optional<SnapshotView> highest(List<SnapshotView> newestFirst) {
    return newestFirst.stream()
        .takeWhile(view -> view.sequence() == newestFirst.getFirst().sequence())
        .reduce((_, earlier) -> earlier);
  }

  /** The same of a device that is known to sign. */
  SeriesHistory ofSigner() {
    return new SeriesHistory(deviceId, shown, newest, witnessed, seen, true, attested, findings);
  }

  /** The same when the root of its newest one does not open. */
  SeriesHistory unreadable() {
    return with(Doubt.NEWEST_UNREADABLE, newestSequence());
  }

  private SeriesHistory with(Doubt doubt, long number) {
    List<Finding> more = new ArrayList<>(findings);
    more.add(new Finding(doubt, number));
    return new SeriesHistory(deviceId, shown, newest, witnessed, seen, signs, attested, more);
  }

  private SeriesHistory notAttested() {
    return new SeriesHistory(deviceId, shown, newest, witnessed, seen, signs, false, findings);
  }

  /**
   * The same after the roots were looked at: whose work the newest one is (spec HK1-S-14). One that
   * is not signed is this device's when the vault has witnessed it, or one that follows from it
   * stub by stub, or when such a one is signed; else it is in doubt when the device signs, and
   * nobody's word when it does not.
   */
  SeriesHistory judged(SnapshotRootReader roots) throws AgentException, BackupStoreException {
    if (newest.isEmpty()) {
      return this;
    }
    SnapshotView view = newest.get();
    Optional<SealedSnapshotInfo> sealedSnapshotInfo = roots.of(view);
    if (sealedSnapshotInfo.isEmpty() || sealedSnapshotInfo.get().signed()) {
      return this;
    }
    if (isWitnessed(view) || isSignedOver(roots, view)) {
      return this;
    }
    long told = witnessed.map(SeriesHead::seq).orElse(0L);
    boolean forged = signs || (told > 0 && anySigned(roots, told));
    return forged
        ? ofSigner().notAttested().with(Doubt.NOT_SIGNED, view.sequence())
        : notAttested();
  }

  /** Whether anything speaks against its newest one. */
  public boolean isDoubtful() {
    return !findings.isEmpty();
  }

  /** Whether two snapshots contend for being its newest one. */
  boolean isContested() {
    return findings.stream().anyMatch(each -> each.doubt().contested());
  }

  /**
   * Whether nothing speaks against it but that it is not signed. A person's word is about that
   * then, and else about something else, too.
   */
  boolean isOnlyNotSigned() {
    return isDoubtful() && findings.stream().allMatch(each -> each.doubt() == Doubt.NOT_SIGNED);
  }

  /** Whether one that is shown and follows from it, stub by stub, is signed. */
  private boolean isSignedOver(SnapshotRootReader roots, SnapshotView view)
      throws AgentException, BackupStoreException {
    List<SnapshotView> later =
        shown.stream().filter(each -> each.sequence() > view.sequence()).toList();
    roots.fetch(later);
    for (SnapshotView each : later) {
      boolean signed = roots.of(each).filter(SealedSnapshotInfo::signed).isPresent();
      if (signed && new TrustedPosition(each.sequence(), each.stubHash()).covers(view, shown)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a snapshot from this place up to the newest one is signed. */
  private boolean anySigned(SnapshotRootReader roots, long from)
      throws AgentException, BackupStoreException {
    List<SnapshotView> between = shown.stream().filter(view -> view.sequence() >= from).toList();
    roots.fetch(between);
    for (SnapshotView view : between) {
      if (roots.of(view).filter(SealedSnapshotInfo::signed).isPresent()) {
        return true;
      }
    }
    return false;
  }

  /** Number of the newest one that can be read; 0 when none can. */
  public long newestSequence() {
    return newest.map(SnapshotView::sequence).orElse(0L);
  }

  /** Whether the vault has witnessed it, or one that follows from it stub by stub. */
  private boolean isWitnessed(SnapshotView view) {
    return witnessedStubs().contains(view.stubHash());
  }

  /** Hashes of the stubs that the vault has witnessed: at its place, and before it. */
  Set<String> witnessedStubs() {
    return witnessed.map(head -> TrustedPosition.of(head).covered(shown)).orElse(Set.of());
  }

  /** When the newest one was made, for comparing series. */
  Instant at(SealedSnapshotInfo sealedSnapshotInfo) {
    return newest.filter(this::isWitnessed).isPresent()
        ? atWitness(sealedSnapshotInfo)
        : sealedSnapshotInfo.at();
  }

  /**
   * When one of {@link #witnessedStubs} was made: by the clock of its device, which may have been
   * ahead, but no later than the vault has witnessed it or one after it.
   */
  Instant atWitness(SealedSnapshotInfo sealedSnapshotInfo) {
    return witnessed
        .map(head -> Instant.ofEpochSecond(head.atSeconds()))
        .filter(at -> at.isBefore(sealedSnapshotInfo.at()))
        .orElse(sealedSnapshotInfo.at());
  }

  /** Whether the vault has spoken of it in this run, or it is this device's own. */
  boolean isVouchedFor(String own) {
    return witnessed.isPresent() || isOwn(own);
  }

  /**
   * Whether it is known whose work the newest one is: that of the device whose series it is. One
   * that signs has made nothing unsigned, whatever it remembers.
   */
  boolean isAttested(String own) {
    return attested || (!signs && isOwn(own) && newest.filter(this::isBeforeSeen).isPresent());
  }

  /** Whether it stands, stub by stub, where this device has come to by itself, or before. */
  private boolean isBeforeSeen(SnapshotView view) {
    return seen.filter(head -> !head.isTaken())
        .filter(head -> TrustedPosition.of(head).covers(view, shown))
        .isPresent();
  }

  private boolean isOwn(String own) {
    return seen.isPresent() && deviceId.equals(own);
  }
}
