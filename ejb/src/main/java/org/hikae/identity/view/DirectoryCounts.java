package org.hikae.identity.view;

import org.hikae.identity.value.DirectoryReadKind;
import org.hikae.identity.value.FullReadReason;
import org.jspecify.annotations.Nullable;

/**
 * What reading the directory did.
 *
 * @param kind {@code FULL} or {@code INCREMENTAL}
 * @param fullBecause why everybody was read although the changes were asked for: {@code
 *     NO_POSITION}, {@code EVENTS_OFF}, {@code EVENTS_REFUSED}, {@code TOO_MANY_CHANGES}
 * @param seen people that were read
 * @param added of them new
 * @param changed of them with another name, mail or group, or enabled again
 * @param left people marked as leavers
 * @param asked people who would be leavers, about whom an administrator is asked
 */
public record DirectoryCounts(
    DirectoryReadKind kind,
    @Nullable FullReadReason fullBecause,
    int seen,
    int added,
    int changed,
    int left,
    int asked) {}
