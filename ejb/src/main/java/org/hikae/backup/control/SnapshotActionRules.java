package org.hikae.backup.control;

import java.util.EnumSet;
import java.util.Set;
import org.hikae.backup.view.SnapshotAction;
import org.hikae.backup.wire.ReleaseState;

/** What may be done with a snapshot; pages and use cases ask the same. */
public final class SnapshotActionRules {

  private SnapshotActionRules() {}

  /**
   * What may be done with one, and would change it.
   *
   * @param state where it stands
   * @param builtOn whether the next snapshot of its series will build on it
   */
  public static Set<SnapshotAction> actions(ReleaseState state, boolean builtOn) {
    return switch (state) {
      case KEPT ->
          builtOn ? EnumSet.noneOf(SnapshotAction.class) : EnumSet.of(SnapshotAction.RELEASE);
      case WAITING, HELD -> EnumSet.of(SnapshotAction.TAKE_BACK);
      case REMOVED -> EnumSet.noneOf(SnapshotAction.class);
    };
  }
}
