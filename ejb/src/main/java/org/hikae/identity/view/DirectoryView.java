package org.hikae.identity.view;

import java.time.Instant;
import org.hikae.identity.value.DirectoryReadFailure;
import org.hikae.identity.value.DirectoryReadKind;
import org.hikae.identity.value.FullReadReason;
import org.jspecify.annotations.Nullable;

/**
 * How the directory was read last.
 *
 * @param reading whether it is being read now
 * @param succeededAt when reading last ended well; null when it never has
 * @param fullAt when everybody was last read
 * @param incrementalAt when only changes were last read
 * @param failing whether the newest read failed
 * @param failedAt when a read last failed
 * @param failure why: {@code KEYCLOAK_UNREACHABLE}, {@code KEYCLOAK_REFUSED}, {@code
 *     DIRECTORY_EMPTY} or {@code INTERNAL}
 * @param last what the last read that ended well did
 * @param enabled employees with an enabled account
 * @param leavers employees whose account is disabled or gone
 * @param massLeave people who would be leavers, about whom an administrator is or was asked
 */
public record DirectoryView(
    boolean reading,
    @Nullable Instant succeededAt,
    @Nullable Instant fullAt,
    @Nullable Instant incrementalAt,
    boolean failing,
    @Nullable Instant failedAt,
    @Nullable DirectoryReadFailure failure,
    @Nullable LastRead last,
    long enabled,
    long leavers,
    @Nullable MassLeaveView massLeave) {

  /**
   * A read that ended well.
   *
   * @param kind {@code FULL} or {@code INCREMENTAL}
   * @param fullBecause why everybody was read although the changes were asked for: {@code
   *     NO_POSITION}, {@code EVENTS_OFF}, {@code EVENTS_REFUSED}, {@code TOO_MANY_CHANGES}
   * @param seen people that were read
   * @param added of them new
   * @param changed of them with another name, mail or group, or enabled again
   * @param left people marked as leavers
   */
  public record LastRead(
      DirectoryReadKind kind,
      @Nullable FullReadReason fullBecause,
      int seen,
      int added,
      int changed,
      int left) {}
}
