package org.hikae.rollout.boundary;

import org.hikae.rollout.entity.RolloutOffer;

/**
 * An offer as administrators see it.
 *
 * @param group path of the group, or {@code *} for everyone
 * @param offeredAt ISO-8601 instant
 * @param offeredBy {@code sub} of the administrator
 */
public record OfferView(String group, String offeredAt, String offeredBy) {

  static OfferView of(RolloutOffer offer) {
    return new OfferView(offer.groupPath(), offer.offeredAt().toString(), offer.offeredBySubject());
  }
}
