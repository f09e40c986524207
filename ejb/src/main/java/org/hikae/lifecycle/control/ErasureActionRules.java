package org.hikae.lifecycle.control;

import java.util.EnumSet;
import java.util.Set;
import org.hikae.lifecycle.value.ErasureState;
import org.hikae.lifecycle.view.ErasureAction;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

/** What may be done with an opt-out; pages and use cases ask the same. */
public final class ErasureActionRules {

  private ErasureActionRules() {}

  /**
   * What may be done.
   *
   * @param state where it stands
   * @param another whether its employee has begun another backup since
   */
  public static Set<ErasureAction> actions(ErasureState state, boolean another) {
    Set<ErasureAction> actions = EnumSet.allOf(ErasureAction.class);
    actions.removeIf(action -> refusal(action, state, another) != null);
    return actions;
  }

  /** Lets the action pass or refuses it. */
  public static void requireMay(ErasureAction action, ErasureState state, boolean another) {
    ProblemCode refusal = refusal(action, state, another);
    if (refusal != null) {
      throw Refusal.of(refusal);
    }
  }

  private static @Nullable ProblemCode refusal(
      ErasureAction action, ErasureState state, boolean another) {
    return switch (action) {
      case TAKE_BACK ->
          state != ErasureState.WAITING
              ? ProblemCode.CONFLICT
              : another ? ProblemCode.SET_EXISTS : null;
      case GET_RECEIPT -> state == ErasureState.ERASED ? null : ProblemCode.NOT_FOUND;
    };
  }
}
