package org.hikae.lifecycle.control;

import java.util.EnumSet;
import java.util.Set;
import org.hikae.lifecycle.value.ErasureState;
import org.hikae.lifecycle.view.ErasureAct;

/** What may be done with an opt-out; pages and use cases ask the same. */
public final class ErasureActRules {

  private ErasureActRules() {}

  /** What may be done with one that stands so. */
  public static Set<ErasureAct> acts(ErasureState state) {
    return switch (state) {
      case WAITING -> EnumSet.of(ErasureAct.TAKE_BACK);
      case ERASED -> EnumSet.of(ErasureAct.GET_RECEIPT);
      case TAKEN_BACK, ERASING -> EnumSet.noneOf(ErasureAct.class);
    };
  }
}
