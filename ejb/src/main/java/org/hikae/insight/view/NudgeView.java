package org.hikae.insight.view;

import org.jspecify.annotations.Nullable;

/**
 * Whether somebody would be reminded.
 *
 * @param employeeId the portal's number for them
 * @param displayName name
 * @param kind code of the notice that they would get; absent for none
 * @param skipped why they get none; absent when they get one
 */
public record NudgeView(
    long employeeId,
    String displayName,
    @Nullable String kind,
    @Nullable SkippedNudgeReason skipped) {}
