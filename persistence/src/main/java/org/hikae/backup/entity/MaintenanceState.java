package org.hikae.backup.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The one row of nightly maintenance: a clock of its own, who works now, and how far the work has
 * come.
 *
 * <p>The clock follows the server's, but never back, and not over a jump: when the server's clock
 * has moved by more than {@link #MAX_STEP} since it was looked at last, this one stands still. Hold
 * periods and graces run by it, so a server clock that is set a year ahead and back brings none of
 * them to its end. A portal that was off for long holds for longer; that is the safe side.
 */
@Entity(name = "Housekeeping")
@Table(name = "housekeeping")
public class MaintenanceState {

  /** The only row. */
  public static final int ID = 1;

  /** Most that the clock advances at a time; what is more is a jump. */
  public static final Duration MAX_STEP = Duration.ofDays(2);

  /** How far the server's clock may be put back without being called a jump. */
  public static final Duration BACK_TOLERATED = Duration.ofHours(1);

  /** Silence of the holder after which another may go on. */
  public static final Duration LEASE = Duration.ofMinutes(10);

  @Id
  @Column(name = "housekeeping_id")
  private int id;

  @Column(name = "wall_at")
  private Instant wallAt;

  @Column(name = "kept_at")
  private Instant keptAt;

  @Column(name = "started_at")
  private Instant startedAt;

  @Column(name = "cursor_at")
  private @Nullable Long cursorAt;

  @Column(name = "jumped")
  private boolean jumped;

  @Column(name = "failures")
  private int failures;

  @Column(name = "done_count")
  private int doneCount;

  @Column(name = "ended_at")
  private @Nullable Instant endedAt;

  @Column(name = "holder")
  private @Nullable String holder;

  @Column(name = "lease_until")
  private @Nullable Instant leaseUntil;

  /** For the persistence provider. */
  protected MaintenanceState() {}

  /** A clock that shows what the server's does. */
  public MaintenanceState(Instant wall) {
    this.id = ID;
    this.wallAt = wall;
    this.keptAt = wall;
    this.startedAt = wall;
  }

  /** What the clock shows while the server's shows {@code wall}. */
  public Instant now(Instant wall) {
    Duration passed = Duration.between(wallAt, wall);
    boolean steady = !passed.isNegative() && passed.compareTo(MAX_STEP) <= 0;
    return steady ? keptAt.plus(passed) : keptAt;
  }

  /** The time of the server's clock at which this clock shows {@code kept}, if neither jumps. */
  public Instant wall(Instant kept, Instant wall) {
    return wall.plus(Duration.between(now(wall), kept));
  }

  /** How far the server's clock has moved since this row was written. */
  public Duration apart(Instant wall) {
    return Duration.between(wallAt, wall);
  }

  /** Advances the clock and tells whether the server's has jumped since it last did. */
  private boolean tick(Instant wall) {
    boolean jump =
        wall.isAfter(wallAt.plus(MAX_STEP)) || wall.isBefore(wallAt.minus(BACK_TOLERATED));
    keptAt = now(wall);
    wallAt = wall;
    return jump;
  }

  /**
   * Begins the work that is due at {@code due}, or goes on with what another left; the row is
   * locked.
   *
   * @return whether {@code worker} has the lease now
   */
  public boolean begin(String worker, Instant wall, Instant due) {
    boolean working = cursorAt != null;
    // A start that lies ahead was written while the clock was wrong.
    boolean isDue = startedAt.isBefore(due) || startedAt.isAfter(wall);
    if (working ? leased(worker, wall) : !isDue) {
      return false;
    }
    boolean jump = tick(wall);
    if (!working) {
      startedAt = wall;
      cursorAt = 0L;
      failures = 0;
      doneCount = 0;
      jumped = false;
    }
    jumped |= jump;
    holder = worker;
    leaseUntil = wall.plus(LEASE);
    return true;
  }

  /** Whether someone else works. A lease that ends too late was written by a wrong clock. */
  private boolean leased(String worker, Instant wall) {
    return holder != null
        && !holder.equals(worker)
        && leaseUntil != null
        && leaseUntil.isAfter(wall)
        && !leaseUntil.isAfter(wall.plus(LEASE));
  }

  /**
   * A repository is done, or could not be.
   *
   * @return whether {@code worker} still has the lease and goes on
   */
  public boolean done(String worker, Instant wall, long repositoryId, boolean failed) {
    if (!worker.equals(holder)) {
      return false;
    }
    cursorAt = repositoryId;
    leaseUntil = wall.plus(LEASE);
    failures += failed ? 1 : 0;
    doneCount += failed ? 0 : 1;
    return true;
  }

  /** All repositories are done; it ended well when each could be, by a clock that did not jump. */
  public void end(String worker, Instant wall) {
    if (worker.equals(holder)) {
      if (failures == 0 && !jumped) {
        endedAt = wall;
      }
      cursorAt = null;
      holder = null;
      leaseUntil = null;
    }
  }

  /** When the work that goes on, or the last, began. */
  public Instant startedAt() {
    return startedAt;
  }

  /** Whether it goes on. */
  public boolean working() {
    return cursorAt != null;
  }

  /** The repository after which the work goes on. */
  public long cursor() {
    return cursorAt == null ? 0 : cursorAt;
  }

  /** Whether the server's clock has jumped: then nothing is dropped and nothing removed. */
  public boolean jumped() {
    return jumped;
  }

  /** Repositories that the work that goes on, or the last, has done. */
  public int done() {
    return doneCount;
  }

  /** When the work last ended well; null when it never has. */
  public @Nullable Instant endedAt() {
    return endedAt;
  }

  /** Repositories of this work that could not be done. */
  public int failures() {
    return failures;
  }
}
