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
    long employeeId, String displayName, @Nullable String kind, @Nullable SkippedReason skipped) {

  /** Why somebody is not reminded. */
  public enum SkippedReason {
    /** Their backup is well, or nothing is to be done about it by them. */
    NOT_NEEDED,
    /** The backup is not offered to them. */
    NOT_OFFERED,
    /** They opted out, which is theirs to decide. */
    OPTED_OUT,
    /** Their account is disabled or gone. */
    NO_ACCOUNT,
    /** They were reminded today already. */
    TODAY,
    /** The directory has no mail address of theirs. */
    NO_ADDRESS,
    /** No mail goes to employees. */
    NO_MAIL
  }
}
