package org.hikae.backup.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import org.hikae.schema.entity.LeasedState;
import org.jspecify.annotations.Nullable;

/** Where scrubbing goes on, and who is at it. */
@Entity
@Table(name = "scrub_state")
public class ScrubState extends LeasedState {

  @Column(name = "last_object_id")
  private long lastObjectId;

  @Column(name = "pass_id")
  private @Nullable Long passId;

  /** For the persistence provider. */
  protected ScrubState() {}

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
