package org.hikae.rollout.service;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.hikae.audit.service.AuditTrail;
import org.hikae.caller.view.Caller;
import org.hikae.identity.wire.RealmNames;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.rollout.entity.RolloutOffer;
import org.hikae.rollout.store.RolloutOfferStore;
import org.hikae.rollout.view.OfferView;
import org.hikae.schema.value.TextTruncation;

/**
 * Makes an offer in a transaction of its own, so that its caller can go on when another
 * administrator made the same one at that moment.
 */
@Stateless
@RolesAllowed(RealmNames.BACKUP_ADMIN)
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class OfferSteps {

  private static final int MAX_NAMED = 200;

  @Inject private RolloutOfferStore offers;
  @Inject private AuditTrail trail;
  @Inject private Clock clock;

  /** The offer that stands, if there is one. */
  public Optional<OfferView> standing(String group) {
    return offers.find(group).map(OfferSteps::view);
  }

  /** Makes the offer and leaves a trace of who did; refused when there are as many as may be. */
  public OfferView make(String group, Caller caller) {
    if (offers.count() >= RolloutOfferStore.MAX_OFFERS) {
      throw Refusal.of(ProblemCode.CONFLICT);
    }
    RolloutOffer offer =
        new RolloutOffer(group, clock.instant(), caller.issuer(), caller.subject());
    offers.add(offer);
    trail.record("rollout.offer", object(group), Map.of());
    return view(offer);
  }

  public static OfferView view(RolloutOffer offer) {
    return new OfferView(offer.groupPath(), offer.offeredAt(), offer.offeredBySubject());
  }

  /** What the trail calls a group. */
  public static String object(String group) {
    return "group:" + TextTruncation.to(group, MAX_NAMED);
  }
}
