package org.hikae.device.history;

import java.time.Instant;
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
 * @param seen the highest place of it that this device knew before
 * @param signs whether its device is known to sign
 * @param attested whether {@code newest} is known to be this device's: signed by it, or, stub by
 *     stub, at or before what the vault has witnessed, which the device has signed, too; true when
 *     nothing speaks against it as long as no root was looked at
 * @param doubt why {@code newest} may not be the newest; of several the first of the order in which
 *     they stand in spec HK1-D-06
 * @param place number of the one that the doubt is about; 0 without a doubt
 */
public record SeriesHistory(
    String deviceId,
    List<SnapshotView> shown,
    Optional<SnapshotView> newest,
    Optional<SeriesHead> witnessed,
    Optional<TrustedPosition> seen,
    boolean signs,
    boolean attested,
    Doubt doubt,
    long place) {

  /** Copies the list. */
  public SeriesHistory {
    shown = List.copyOf(shown);
  }

  /** What speaks against the newest one that can be read. */
  public enum Doubt {
    /** Nothing. */
    NONE,
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
    List<SnapshotView> ordered =
        views.stream().sorted(Comparator.comparingLong(SnapshotView::sequence).reversed()).toList();
    Optional<TrustedPosition> remembered =
        Optional.ofNullable(seen)
            .map(head -> new TrustedPosition(head.sequence(), head.stubHash()));
    Optional<TrustedPosition> told =
        Optional.ofNullable(witnessed)
            .map(head -> new TrustedPosition(head.seq(), head.snapshotHash().hex()));
    Optional<TrustedPosition> trusted =
        Stream.of(remembered, told)
            .flatMap(Optional::stream)
            .max(Comparator.comparingLong(TrustedPosition::sequence));
    Optional<SnapshotView> end =
        trusted.isPresent() ? trusted.get().followed(ordered) : ordered.stream().findFirst();
    ReadableHead readableHead = ReadableHead.of(ordered, trusted, end);
    boolean known = seen != null && end.filter(seen::isGone).isPresent();
    SeriesHistory seriesHistory =
        new SeriesHistory(
            deviceId,
            ordered,
            readableHead.newest(),
            Optional.ofNullable(witnessed),
            remembered,
            false,
            true,
            Doubt.NONE,
            0);
    if (told.isPresent() && ordered.stream().anyMatch(told.get()::isContradictedBy)) {
      return seriesHistory.with(Doubt.NOT_WITNESSED, told.get().sequence());
    }
    if (readableHead.forkedAt().isPresent()) {
      return seriesHistory.with(Doubt.NEWEST_FORKED, readableHead.forkedAt().getAsLong());
    }
    if (told.isPresent() && told.get().followed(ordered).isEmpty()) {
      return seriesHistory.with(Doubt.OLDER_THAN_WITNESSED, told.get().sequence());
    }
    return end.isPresent() && end.get().removed() && !known
        ? seriesHistory.with(Doubt.NEWEST_REMOVED, end.get().sequence())
        : seriesHistory;
  }

  /** The same of a device that is known to sign. */
  SeriesHistory ofSigner() {
    return new SeriesHistory(
        deviceId, shown, newest, witnessed, seen, true, attested, doubt, place);
  }

  /** The same when the root of its newest one does not open. */
  SeriesHistory unreadable() {
    return doubt == Doubt.NONE ? with(Doubt.NEWEST_UNREADABLE, newestSequence()) : this;
  }

  private SeriesHistory with(Doubt now, long number) {
    return new SeriesHistory(
        deviceId, shown, newest, witnessed, seen, signs, attested, now, number);
  }

  private SeriesHistory notAttested() {
    return new SeriesHistory(deviceId, shown, newest, witnessed, seen, signs, false, doubt, place);
  }

  /**
   * The same after the roots were looked at: whose work the newest one is (spec HK1-S-14). One that
   * is not signed is this device's when the vault has witnessed it, or one that follows from it
   * stub by stub; else it is in doubt when the device signs, and nobody's word when it does not.
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
    if (isWitnessed(view)) {
      return this;
    }
    long told = witnessed.map(SeriesHead::seq).orElse(0L);
    boolean forged = signs || (told > 0 && anySigned(roots, told));
    SeriesHistory unknown = forged ? ofSigner().notAttested() : notAttested();
    return forged && doubt == Doubt.NONE
        ? unknown.with(Doubt.NOT_SIGNED, view.sequence())
        : unknown;
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
    return witnessed
        .map(head -> new TrustedPosition(head.seq(), head.snapshotHash().hex()).covered(shown))
        .orElse(Set.of());
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
    return attested
        || (!signs
            && isOwn(own)
            && newest.filter(view -> seen.get().covers(view, shown)).isPresent());
  }

  private boolean isOwn(String own) {
    return seen.isPresent() && deviceId.equals(own);
  }
}
