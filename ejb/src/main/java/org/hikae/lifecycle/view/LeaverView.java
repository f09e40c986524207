package org.hikae.lifecycle.view;

import java.io.Serializable;
import java.time.Instant;
import org.hikae.identity.value.EmployeeState;
import org.hikae.lifecycle.value.LeaverState;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who left, and what is done with their data.
 *
 * @param employeeId who
 * @param displayName name for people
 * @param account {@code DISABLED} or {@code GONE}
 * @param leftAt since when
 * @param data {@code KEPT}, {@code DELETING} or {@code DELETED}; absent for the moment until they
 *     are handled
 * @param deletedAfter when it is erased, while that lies ahead
 * @param held whether a legal hold puts that off
 */
public record LeaverView(
    long employeeId,
    String displayName,
    EmployeeState account,
    Instant leftAt,
    @Nullable LeaverState data,
    @Nullable Instant deletedAfter,
    boolean held)
    implements Serializable {

  /** Whether what they were called may be erased from the audit trail. */
  public boolean mayEraseNames() {
    return account.hasLeft();
  }

  /** What comes next for their data. */
  public LeaverStage stage() {
    return switch (data) {
      case null -> LeaverStage.SOON;
      // Of somebody who is back again nothing is erased until that is seen.
      case RETURNED -> LeaverStage.SOON;
      case KEPT -> held ? LeaverStage.HELD : LeaverStage.KEPT;
      case DELETING -> held ? LeaverStage.HELD : LeaverStage.DELETING;
      case DELETED -> LeaverStage.DELETED;
    };
  }
}
