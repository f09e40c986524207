package org.hikae.insight.view;

import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether and how the rollout reached an employee.
 *
 * @param offered whether they may opt in now
 * @param invitations by campaigns, newest first
 */
public record EmployeeOffer(boolean offered, List<InvitationRow> invitations)
    implements Serializable {

  /** Copies the list. */
  public EmployeeOffer {
    invitations = List.copyOf(invitations);
  }

  /**
   * An invitation by a campaign.
   *
   * @param campaign name of the campaign
   * @param wave name of the wave
   * @param invitedAt when
   * @param seenAt when the employee was told; null when not yet
   * @param optedInAt when they opted in after it; null when not
   * @param withdrawnAt when the campaign took it back; null when it stands
   */
  public record InvitationRow(
      String campaign,
      String wave,
      Instant invitedAt,
      @Nullable Instant seenAt,
      @Nullable Instant optedInAt,
      @Nullable Instant withdrawnAt)
      implements Serializable {}
}
