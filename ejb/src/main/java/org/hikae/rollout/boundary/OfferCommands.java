package org.hikae.rollout.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJBException;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hikae.audit.service.AuditTrail;
import org.hikae.caller.service.CurrentCaller;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.identity.service.LiveAccounts;
import org.hikae.identity.view.GroupPaths;
import org.hikae.identity.wire.RealmNames;
import org.hikae.problem.control.Refusal;
import org.hikae.rollout.entity.RolloutOffer;
import org.hikae.rollout.service.OfferSteps;
import org.hikae.rollout.store.RolloutOfferStore;
import org.hikae.rollout.view.OfferView;

/** Offers are listed by administrators and auditors, made and taken back by administrators. */
@Stateless
@RolesAllowed(RealmNames.BACKUP_ADMIN)
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.COMPANY)
public class OfferCommands {

  @Inject private RolloutOfferStore offers;
  @Inject private OfferSteps offerSteps;
  @Inject private LiveAccounts accounts;
  @Inject private CurrentCaller currentCaller;
  @Inject private AuditTrail trail;

  /**
   * An offer and whether it is new.
   *
   * @param offer the offer that stands now
   * @param created whether this call made it
   */
  public record OfferResult(OfferView offer, boolean created) {}

  /** All offers. */
  @RolesAllowed({RealmNames.BACKUP_ADMIN, RealmNames.AUDITOR})
  public List<OfferView> list() {
    return offers.all().stream().map(OfferSteps::view).toList();
  }

  /**
   * Offers the backup to a group, or to everyone; the same offer again is success. Refused as not
   * found when there is no such group, and as busy when nobody can say so now.
   */
  @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
  public OfferResult offer(String group) {
    requireValid(group);
    Optional<OfferView> standing = offerSteps.standing(group);
    if (standing.isPresent()) {
      return new OfferResult(standing.get(), false);
    }
    if (!group.equals(RolloutOffer.EVERYONE) && !accounts.hasGroup(group)) {
      throw Refusal.notFound();
    }
    try {
      return new OfferResult(offerSteps.make(group, currentCaller.caller()), true);
    } catch (EJBException e) {
      // Two at once: the primary key let the other one make it.
      return offerSteps
          .standing(group)
          .map(offer -> new OfferResult(offer, false))
          .orElseThrow(() -> e);
    }
  }

  /** Takes an offer back. Who has opted in already is not touched. */
  public void takeBack(String group) {
    requireValid(group);
    // Of two at once one finds it gone, as if it had come later.
    if (!offers.remove(group)) {
      throw Refusal.notFound();
    }
    trail.record("rollout.take-back", OfferSteps.object(group), Map.of());
  }

  private static void requireValid(String group) {
    if (!group.equals(RolloutOffer.EVERYONE) && !GroupPaths.isValid(group)) {
      throw Refusal.malformed("The group must be * or a path such as /sales.");
    }
  }
}
