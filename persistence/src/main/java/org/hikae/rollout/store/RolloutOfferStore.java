package org.hikae.rollout.store;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hikae.rollout.entity.RolloutOffer;
import org.hikae.schema.store.EntityStore;

/** All offers. */
@ApplicationScoped
public class RolloutOfferStore extends EntityStore {

  /** Most offers that can stand at once. */
  public static final int MAX_OFFERS = 500;

  /** All offers in the order of their group paths. */
  public List<RolloutOffer> all() {
    return em().createQuery("select o from RolloutOffer o order by o.groupPath", RolloutOffer.class)
        .setMaxResults(MAX_OFFERS)
        .getResultList();
  }

  /** Whether anyone of {@code groupPaths}, or everyone, is offered the backup. */
  public boolean anyFor(Set<String> groupPaths) {
    return em().createQuery(
                "select count(o) from RolloutOffer o where o.groupPath = :everyone"
                    + " or o.groupPath in :groups",
                Long.class)
            .setParameter("everyone", RolloutOffer.EVERYONE)
            .setParameter("groups", groupPaths.isEmpty() ? Set.of("") : groupPaths)
            .getSingleResult()
        > 0;
  }

  /** The offer to this group, if there is one. */
  public Optional<RolloutOffer> find(String groupPath) {
    return Optional.ofNullable(em().find(RolloutOffer.class, groupPath));
  }

  /** Adds an offer. */
  public void add(RolloutOffer offer) {
    em().persist(offer);
  }

  /** Removes the offer to this group; false when there is none, or another just removed it. */
  public boolean remove(String groupPath) {
    return em().createQuery("delete from RolloutOffer o where o.groupPath = :group")
            .setParameter("group", groupPath)
            .executeUpdate()
        > 0;
  }

  /** How many offers stand. */
  public long count() {
    return em().createQuery("select count(o) from RolloutOffer o", Long.class).getSingleResult();
  }
}
