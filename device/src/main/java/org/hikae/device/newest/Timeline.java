package org.hikae.device.newest;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.AgentException;
import org.hikae.device.backup.StoreException;
import org.hikae.vault.wire.SeriesHead;
import org.jspecify.annotations.Nullable;

/**
 * One device's series, and what is to be thought of its end.
 *
 * @param deviceId whose
 * @param shown everything that the portal shows of it, by sequence, the highest first
 * @param newest what {@code latest} means in it: the last snapshot that follows, stub by stub, from
 *     the highest place known from elsewhere; when that one cannot be read, the highest before it
 *     that can; before the first number under which two are shown; nothing when there is none
 * @param witnessed what the vault has said about it in this run
 * @param seen the highest number of it that this device knew before; 0 for none
 * @param signs whether its device is known to sign
 * @param attested whether {@code newest} is known to be this device's: signed by it, or at or
 *     before what the vault has witnessed, which the device has signed, too; true when nothing
 *     speaks against it as long as no root was looked at
 * @param doubt why {@code newest} may not be the newest
 */
public record Timeline(
    String deviceId,
    List<SnapshotView> shown,
    Optional<SnapshotView> newest,
    Optional<SeriesHead> witnessed,
    long seen,
    boolean signs,
    boolean attested,
    Doubt doubt) {

  /** Copies the list. */
  public Timeline {
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
    /** Two are shown under one number, after everything that is known from elsewhere. */
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
  static Timeline of(
      String deviceId,
      List<SnapshotView> views,
      org.hikae.device.state.@Nullable SeriesHead seen,
      @Nullable SeriesHead witnessed) {
    List<SnapshotView> ordered =
        views.stream().sorted(Comparator.comparingLong(SnapshotView::sequence).reversed()).toList();
    Optional<Anchor> remembered =
        Optional.ofNullable(seen).map(head -> new Anchor(head.sequence(), head.stubHash()));
    Optional<Anchor> told =
        Optional.ofNullable(witnessed)
            .map(head -> new Anchor(head.seq(), head.snapshotHash().hex()));
    Optional<Anchor> highest =
        Stream.of(remembered, told)
            .flatMap(Optional::stream)
            .max(Comparator.comparingLong(Anchor::sequence));
    Optional<SnapshotView> end =
        highest.isPresent() ? highest.get().followed(ordered) : ordered.stream().findFirst();
    OptionalLong fork = firstFork(ordered, highest.map(Anchor::sequence).orElse(0L));
    long last =
        end.map(SnapshotView::sequence)
            .orElse(highest.map(anchor -> anchor.sequence() - 1).orElse(0L));
    long limit = fork.isPresent() ? Math.min(last, fork.getAsLong() - 1) : last;
    Optional<SnapshotView> newest =
        ordered.stream().filter(view -> view.sequence() <= limit && !view.removed()).findFirst();
    boolean known = seen != null && end.filter(seen::isGone).isPresent();
    return new Timeline(
        deviceId,
        ordered,
        newest,
        Optional.ofNullable(witnessed),
        seen == null ? 0 : seen.sequence(),
        seen != null && seen.deviceSigns(),
        true,
        doubt(ordered, told, end, known, fork.isPresent()));
  }

  private static Doubt doubt(
      List<SnapshotView> ordered,
      Optional<Anchor> told,
      Optional<SnapshotView> end,
      boolean knownToBeRemoved,
      boolean forked) {
    if (told.isPresent()) {
      Anchor anchor = told.get();
      if (ordered.stream().anyMatch(anchor::isContradictedBy)) {
        return Doubt.NOT_WITNESSED;
      }
      if (anchor.followed(ordered).isEmpty()) {
        return Doubt.OLDER_THAN_WITNESSED;
      }
    }
    if (forked) {
      return Doubt.NEWEST_FORKED;
    }
    boolean removed = end.filter(SnapshotView::removed).isPresent();
    return removed && !knownToBeRemoved ? Doubt.NEWEST_REMOVED : Doubt.NONE;
  }

  /** The lowest number after {@code sequence}, up to which it is known which is which, with two. */
  private static OptionalLong firstFork(List<SnapshotView> ordered, long sequence) {
    Map<Long, Long> shown =
        ordered.stream()
            .map(SnapshotView::sequence)
            .filter(number -> number > sequence)
            .collect(Collectors.groupingBy(number -> number, Collectors.counting()));
    return shown.entrySet().stream()
        .filter(each -> each.getValue() > 1)
        .mapToLong(Map.Entry::getKey)
        .min();
  }

  /** The same of a device that is known to sign. */
  Timeline ofSigner() {
    return new Timeline(deviceId, shown, newest, witnessed, seen, true, attested, doubt);
  }

  /** The same when the root of its newest one does not open. */
  Timeline unreadable() {
    return doubt == Doubt.NONE ? with(attested, Doubt.NEWEST_UNREADABLE) : this;
  }

  private Timeline with(boolean known, Doubt now) {
    return new Timeline(deviceId, shown, newest, witnessed, seen, signs, known, now);
  }

  /**
   * The same after the roots were looked at: whose work the newest one is (spec HK1-S-14). One that
   * is not signed is this device's when the vault has witnessed it or a later one; else it is in
   * doubt when the device signs, and nobody's word when it does not.
   */
  Timeline judged(Roots roots) throws AgentException, StoreException {
    if (newest.isEmpty()) {
      return this;
    }
    SnapshotView view = newest.get();
    Optional<Made> made = roots.of(view);
    if (made.isEmpty() || made.get().signed()) {
      return this;
    }
    long told = witnessed.map(SeriesHead::seq).orElse(0L);
    if (view.sequence() <= told) {
      return this;
    }
    boolean forged = signs || (told > 0 && anySigned(roots, told));
    return with(false, forged && doubt == Doubt.NONE ? Doubt.NOT_SIGNED : doubt);
  }

  /** Whether a snapshot from this place up to the newest one is signed. */
  private boolean anySigned(Roots roots, long from) throws AgentException, StoreException {
    List<SnapshotView> between = shown.stream().filter(view -> view.sequence() >= from).toList();
    roots.fetch(between);
    for (SnapshotView view : between) {
      if (roots.of(view).filter(Made::signed).isPresent()) {
        return true;
      }
    }
    return false;
  }

  /** Number of the newest one that can be read; 0 when none can. */
  public long newestSequence() {
    return newest.map(SnapshotView::sequence).orElse(0L);
  }

  /** Number of the one that the doubt is about: what the vault has witnessed, or what is shown. */
  public long expectedSequence() {
    boolean ofVault = doubt == Doubt.OLDER_THAN_WITNESSED || doubt == Doubt.NOT_WITNESSED;
    long highest = shown.isEmpty() ? 0 : shown.getFirst().sequence();
    return ofVault ? witnessed.map(SeriesHead::seq).orElse(highest) : highest;
  }

  /**
   * When the newest one was made, for comparing series: by the clock of its device, which may have
   * been ahead, but no later than the vault has witnessed it or one after it.
   */
  Instant at(Made made) {
    Optional<Instant> known =
        witnessed
            .filter(head -> newestSequence() <= head.seq())
            .map(head -> Instant.ofEpochSecond(head.atSeconds()));
    return known.filter(at -> at.isBefore(made.at())).orElse(made.at());
  }

  /** Whether the vault has spoken of it in this run, or it is this device's own. */
  boolean isVouchedFor(String own) {
    return witnessed.isPresent() || isOwn(own);
  }

  /** Whether it is known whose work the newest one is: that of the device whose series it is. */
  boolean isAttested(String own) {
    return attested || (isOwn(own) && newestSequence() <= seen);
  }

  private boolean isOwn(String own) {
    return seen > 0 && deviceId.equals(own);
  }
}
