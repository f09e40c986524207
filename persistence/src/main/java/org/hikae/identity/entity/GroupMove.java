package org.hikae.identity.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/**
 * An employee joined or left a group. Never changed: what held for them at any time can be told
 * from these rows and the groups they have now.
 */
@Entity
@Table(name = "group_move")
public class GroupMove {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Column(name = "move_id")
  private Long moveId;

  @Column(name = "employee_id", updatable = false)
  private long employeeId;

  @Column(name = "group_path", updatable = false)
  private String groupPath;

  @Column(name = "joined", updatable = false)
  private boolean joined;

  @Column(name = "moved_at", updatable = false)
  private Instant movedAt;

  /** For the persistence provider. */
  protected GroupMove() {}

  /**
   * A move that was seen.
   *
   * @param joined whether they joined; else they left
   */
  public GroupMove(long employeeId, String groupPath, boolean joined, Instant movedAt) {
    this.employeeId = employeeId;
    this.groupPath = groupPath;
    this.joined = joined;
    this.movedAt = movedAt;
  }

  /** Path of the group. */
  public String groupPath() {
    return groupPath;
  }

  /** Whether they joined; else they left. */
  public boolean joined() {
    return joined;
  }

  /** When it was seen. */
  public Instant movedAt() {
    return movedAt;
  }
}
