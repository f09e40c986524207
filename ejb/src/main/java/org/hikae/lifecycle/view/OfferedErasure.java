package org.hikae.lifecycle.view;

import java.io.Serializable;
import java.util.Set;

/**
 * An opt-out as its employee sees it.
 *
 * @param erasure the opt-out
 * @param actions what they may do with it now
 */
public record OfferedErasure(ErasureView erasure, Set<ErasureAction> actions)
    implements Serializable {

  /** With actions that nobody changes. */
  public OfferedErasure {
    actions = Set.copyOf(actions);
  }

  /** Whether they may do this now. */
  public boolean may(ErasureAction action) {
    return actions.contains(action);
  }
}
