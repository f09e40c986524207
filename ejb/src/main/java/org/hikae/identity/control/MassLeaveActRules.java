package org.hikae.identity.control;

import java.util.EnumSet;
import java.util.Set;
import org.hikae.identity.value.MassLeaveState;
import org.hikae.identity.view.MassLeaveAct;

/** What may be done with a finding of too many leavers; pages and use cases ask the same. */
public final class MassLeaveActRules {

  private MassLeaveActRules() {}

  /** What may be done with one that stands so. */
  public static Set<MassLeaveAct> acts(MassLeaveState state) {
    return switch (state) {
      case OPEN -> EnumSet.of(MassLeaveAct.CONFIRM, MassLeaveAct.DISMISS);
      // Whoever said that they have not left may have been wrong.
      case DISMISSED -> EnumSet.of(MassLeaveAct.CONFIRM);
      case CONFIRMED, REPLACED -> EnumSet.noneOf(MassLeaveAct.class);
    };
  }
}
