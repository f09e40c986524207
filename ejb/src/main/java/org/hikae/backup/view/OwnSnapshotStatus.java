package org.hikae.backup.view;

import java.io.Serializable;
import java.util.Set;
import org.hikae.backup.control.SnapshotActionRules;
import org.hikae.backup.wire.ReleaseState;
import org.hikae.backup.wire.ReleaseStatus;
import org.jspecify.annotations.Nullable;

/**
 * How a snapshot stands for its employee.
 *
 * @param release what became of it; null for one that is simply kept
 * @param actions what they may do with it now
 */
public record OwnSnapshotStatus(@Nullable ReleaseStatus release, Set<SnapshotAction> actions)
    implements Serializable {

  /** With actions that nobody changes. */
  public OwnSnapshotStatus {
    actions = Set.copyOf(actions);
  }

  /**
   * How one stands.
   *
   * @param release what became of it; null for one that is simply kept
   * @param builtOn whether the next snapshot of its series will build on it
   */
  public static OwnSnapshotStatus of(@Nullable ReleaseStatus release, boolean builtOn) {
    return new OwnSnapshotStatus(release, SnapshotActionRules.actions(state(release), builtOn));
  }

  /** Where it stands. */
  public ReleaseState state() {
    return state(release);
  }

  /** {@code KEPT} for one that nobody and nothing released. */
  private static ReleaseState state(@Nullable ReleaseStatus release) {
    ReleaseState told = release == null ? null : release.state();
    return told == null ? ReleaseState.KEPT : told;
  }

  /** Whether they may do this now. */
  public boolean may(SnapshotAction action) {
    return actions.contains(action);
  }

  /** Whether it stays in any case: the next backup of its device builds on it. */
  public boolean mustStay() {
    return state() == ReleaseState.KEPT && !may(SnapshotAction.RELEASE);
  }
}
