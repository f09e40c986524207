package org.hikae.rollout.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hikae.audit.boundary.AuditTrail;
import org.hikae.caller.boundary.Caller;
import org.hikae.caller.boundary.CurrentCaller;
import org.hikae.caller.boundary.FromClient;
import org.hikae.identity.boundary.GroupPaths;
import org.hikae.identity.wire.Realm;
import org.hikae.problem.boundary.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.rollout.entity.RolloutOffer;
import org.hikae.rollout.entity.RolloutOffers;

/** Offers are listed by administrators and auditors, made and taken back by administrators. */
@Stateless
@RolesAllowed(Realm.BACKUP_ADMIN)
@FromClient(Realm.PORTAL_CLIENT)
public class OfferDesk {

  @Inject private RolloutOffers offers;
  @Inject private CurrentCaller currentCaller;
  @Inject private AuditTrail trail;
  @Inject private Clock clock;

  /**
   * An offer and whether it is new.
   *
   * @param offer the offer that stands now
   * @param created whether this call made it
   */
  public record Made(OfferView offer, boolean created) {}

  /** All offers. */
  @RolesAllowed({Realm.BACKUP_ADMIN, Realm.AUDITOR})
  public List<OfferView> list() {
    return offers.all().stream().map(OfferView::of).toList();
  }

  /** Offers the backup to a group, or to everyone; the same offer again is success. */
  public Made offer(String group) {
    requireValid(group);
    Optional<RolloutOffer> standing = offers.find(group);
    if (standing.isPresent()) {
      return new Made(OfferView.of(standing.get()), false);
    }
    if (offers.count() >= RolloutOffers.MAX_OFFERS) {
      throw Refusal.of(ProblemCode.CONFLICT);
    }
    Caller caller = currentCaller.caller();
    RolloutOffer offer =
        new RolloutOffer(group, clock.instant(), caller.issuer(), caller.subject());
    offers.add(offer);
    trail.record("rollout.offer", "group:" + shortened(group), Map.of());
    return new Made(OfferView.of(offer), true);
  }

  /** Takes an offer back. Who has opted in already is not touched. */
  public void takeBack(String group) {
    requireValid(group);
    RolloutOffer offer = offers.find(group).orElseThrow(Refusal::notFound);
    offers.remove(offer);
    trail.record("rollout.take-back", "group:" + shortened(group), Map.of());
  }

  private static void requireValid(String group) {
    if (!group.equals(RolloutOffer.EVERYONE) && !GroupPaths.isValid(group)) {
      throw Refusal.malformed("The group must be * or a path such as /sales.");
    }
  }

  private static String shortened(String group) {
    return group.length() <= 200 ? group : group.substring(0, 200);
  }
}
