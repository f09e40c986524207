package org.hikae.identity.control;

import java.util.EnumSet;
import java.util.Set;
import org.hikae.identity.value.MassLeaveState;
import org.hikae.identity.view.MassLeaveAction;

/** What may be done with a finding of too many leavers; pages and use cases ask the same. */
public final class MassLeaveActionRules {

  private MassLeaveActionRules() {}

  /** What may be done with one that stands so. */
  public static Set<MassLeaveAction> actions(MassLeaveState state) {
    return switch (state) {
      case OPEN -> EnumSet.of(MassLeaveAction.CONFIRM, MassLeaveAction.DISMISS);
      // Whoever said that they have not left may have been wrong.
      case DISMISSED -> EnumSet.of(MassLeaveAction.CONFIRM);
      case CONFIRMED, REPLACED -> EnumSet.noneOf(MassLeaveAction.class);
    };
  }
}
