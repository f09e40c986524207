package org.hikae.schema.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The only row of a table that says how some work stands, and who is at it. Whoever works holds a
 * lease on it, which each step makes longer: a portal that was killed does not keep the others from
 * going on.
 */
@MappedSuperclass
public abstract class LeasedState {

  /** The only row. */
  public static final int ONLY = 1;

  @Id
  @Column(name = "state_id")
  private int id;

  @Column(name = "holder")
  private @Nullable String holder;

  @Column(name = "held_until")
  private @Nullable Instant heldUntil;

  /** For subclasses. */
  protected LeasedState() {}

  /** Whether somebody works now. */
  public boolean isHeld(Instant now) {
    return heldUntil != null && heldUntil.isAfter(now);
  }

  /** Whether it is this one who does. */
  public boolean isHeldBy(String who, Instant now) {
    return isHeld(now) && who.equals(holder);
  }

  /** Takes the lease, or makes it longer. */
  public void lease(String who, Instant until) {
    holder = who;
    heldUntil = until;
  }

  /** Gives the lease back. */
  public void release() {
    holder = null;
    heldUntil = null;
  }
}
