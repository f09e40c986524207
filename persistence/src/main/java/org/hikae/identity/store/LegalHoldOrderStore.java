package org.hikae.identity.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import org.hikae.caller.value.DepartmentScope;
import org.hikae.identity.entity.LegalHoldOrder;
import org.hikae.schema.store.EntityStore;

/** All legal holds. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class LegalHoldOrderStore extends EntityStore {

  /** For the container. */
  public LegalHoldOrderStore() {}

  /** For tests without a container. */
  public LegalHoldOrderStore(EntityManager entityManager) {
    super(entityManager);
  }

  /** The hold that stands for this employee. */
  public Optional<LegalHoldOrder> current(long employeeId) {
    return only(
        em().createQuery(
                "select h from LegalHoldOrder h where h.currentOf = :employee",
                LegalHoldOrder.class)
            .setParameter("employee", employeeId)
            .getResultList());
  }

  /** Holds that stand on people of a scope, above {@code holdId}, the oldest first. */
  public List<LegalHoldOrder> currentAfter(DepartmentScope scope, long holdId, int limit) {
    TypedQuery<LegalHoldOrder> query =
        em().createQuery(
                "select h from LegalHoldOrder h where h.currentOf is not null and h.holdId > :after"
                    + scope.and("h.currentOf")
                    + " order by h.holdId",
                LegalHoldOrder.class)
            .setParameter("after", holdId);
    scope.parameters().forEach(query::setParameter);
    return query.setMaxResults(Math.min(limit, MAX_PAGE)).getResultList();
  }

  /** Adds a hold. */
  public LegalHoldOrder add(LegalHoldOrder hold) {
    em().persist(hold);
    em().flush();
    return hold;
  }
}
