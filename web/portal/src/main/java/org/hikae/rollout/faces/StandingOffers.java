package org.hikae.rollout.faces;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.hikae.identity.view.GroupPaths;
import org.hikae.rollout.view.OfferView;
import org.jspecify.annotations.Nullable;

/**
 * The offers that stand, as a department sees them: an offer to a department reaches all below it,
 * as in the decision of the rollout.
 */
record StandingOffers(List<OfferView> all) {

  /** Stands for everyone in place of a group path. */
  private static final String EVERYONE = "*";

  StandingOffers {
    all = List.copyOf(all);
  }

  /** Whether everyone is offered the backup. */
  boolean everyone() {
    return since(EVERYONE) != null;
  }

  /** Since when this very group is offered the backup; null when it is not. */
  @Nullable Instant since(String group) {
    return all.stream()
        .filter(offer -> offer.group().equals(group))
        .map(OfferView::offeredAt)
        .findFirst()
        .orElse(null);
  }

  /** The offer to the nearest group above this one; null when there is none. */
  @Nullable OfferView above(String group) {
    Set<String> covering = GroupPaths.withParents(Set.of(group));
    return all.stream()
        .filter(offer -> !offer.group().equals(group) && covering.contains(offer.group()))
        .max(Comparator.comparingInt(offer -> offer.group().length()))
        .orElse(null);
  }
}
