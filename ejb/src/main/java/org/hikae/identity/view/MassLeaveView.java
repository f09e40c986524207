package org.hikae.identity.view;

import java.io.Serializable;
import java.time.Instant;
import org.hikae.identity.control.MassLeaveActionRules;
import org.hikae.identity.value.MassLeaveState;
import org.jspecify.annotations.Nullable;

/**
 * People whom a read of the directory would have made leavers, more than is plausible.
 *
 * @param findingId number by which it is decided
 * @param state {@code OPEN}, {@code CONFIRMED}, {@code DISMISSED} or {@code REPLACED}
 * @param foundAt when
 * @param leavers people who would be leavers
 * @param enabled employees with an enabled account then
 * @param decidedAt when an administrator decided
 */
public record MassLeaveView(
    long findingId,
    MassLeaveState state,
    Instant foundAt,
    int leavers,
    int enabled,
    @Nullable Instant decidedAt)
    implements Serializable {

  /** Whether an administrator is asked about it. */
  public boolean waits() {
    return MassLeaveActionRules.actions(state).contains(MassLeaveAction.DISMISS);
  }
}
