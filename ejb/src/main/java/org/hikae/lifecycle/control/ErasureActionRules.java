package org.hikae.lifecycle.control;

import java.util.EnumSet;
import java.util.Set;
import org.hikae.lifecycle.value.ErasureState;
import org.hikae.lifecycle.view.ErasureAction;

/** What may be done with an opt-out; pages and use cases ask the same. */
public final class ErasureActionRules {

  private ErasureActionRules() {}

  /** What may be done with one that stands so. */
  public static Set<ErasureAction> actions(ErasureState state) {
    return switch (state) {
      case WAITING -> EnumSet.of(ErasureAction.TAKE_BACK);
      case ERASED -> EnumSet.of(ErasureAction.GET_RECEIPT);
      case TAKEN_BACK, ERASING -> EnumSet.noneOf(ErasureAction.class);
    };
  }
}
