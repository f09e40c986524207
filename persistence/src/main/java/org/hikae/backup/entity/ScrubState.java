package org.hikae.backup.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where scrubbing goes on, and who is at it. Whoever scrubs holds it for a limited time, which each
 * step makes longer: a portal that was killed does not keep the others from going on.
 */
@Entity
@Table(name = "scrub_state")
public class ScrubState {

  /** The only row. */
  public static final int ONLY = 1;

  @Id
  @Column(name = "state_id")
  private int id;

  @Column(name = "last_object_id")
  private long lastObjectId;

  @Column(name = "pass_id")
  private @Nullable Long passId;

  @Column(name = "holder")
  private @Nullable String holder;

  @Column(name = "held_until")
  private @Nullable Instant heldUntil;

  /** For the persistence provider. */
  protected ScrubState() {}

  /** Whether somebody scrubs now. */
  public boolean isHeld(Instant now) {
    return heldUntil != null && heldUntil.isAfter(now);
  }

  /** Whether it is this one who does. */
  public boolean isHeldBy(String who, Instant now) {
    return isHeld(now) && who.equals(holder);
  }

  /** Takes it, or keeps it for longer. */
  public void hold(String who, Instant until) {
    holder = who;
    heldUntil = until;
  }

  /** Gives it back. */
  public void release() {
    holder = null;
    heldUntil = null;
  }

  /** Begins a pass at the first object. */
  public void begin(ScrubPass pass) {
    passId = pass.id();
    lastObjectId = 0;
  }

  /** Goes on behind an object; never back. */
  public void advance(long objectId) {
    if (objectId <= lastObjectId) {
      throw new IllegalArgumentException("object " + objectId + " was read before");
    }
    lastObjectId = objectId;
  }

  /** Ends the pass. */
  public void end() {
    passId = null;
    lastObjectId = 0;
  }

  /** The pass that goes on; null between two. */
  public @Nullable Long passId() {
    return passId;
  }

  /** The object read last. */
  public long lastObjectId() {
    return lastObjectId;
  }
}
