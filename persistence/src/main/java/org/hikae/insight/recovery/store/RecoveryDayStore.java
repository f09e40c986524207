package org.hikae.insight.recovery.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.hikae.insight.recovery.entity.RecoveryDay;
import org.hikae.insight.store.StorageDayStore;
import org.hikae.schema.store.EntityStore;

/** Who could recover day by day, for at most {@link #MOST} days. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class RecoveryDayStore extends EntityStore {

  /** Days that are kept. */
  public static final int MOST = StorageDayStore.MOST;

  /** For the container. */
  public RecoveryDayStore() {}

  /** For tests without a container. */
  public RecoveryDayStore(EntityManager entityManager) {
    super(entityManager);
  }

  /** The row of this day, made when there is none; rows that are too old go. */
  public RecoveryDay of(LocalDate day) {
    em().createQuery("delete from RecoveryDay d where d.notedOn <= :last")
        .setParameter("last", day.minusDays(MOST))
        .executeUpdate();
    // Another portal may note the same day.
    var _ =
        inserted(
            "insert into recovery_day"
                + " (noted_on, noted_at, people, drilled, practised, proven)"
                + " values (?, ?, 0, 0, 0, 0)",
            day,
            Instant.EPOCH);
    return Objects.requireNonNull(em().find(RecoveryDay.class, day));
  }

  /** The days from this one on, oldest first. */
  public List<RecoveryDay> since(LocalDate day) {
    return em().createQuery(
            "select d from RecoveryDay d where d.notedOn >= :first order by d.notedOn",
            RecoveryDay.class)
        .setParameter("first", day)
        .setMaxResults(MOST)
        .getResultList();
  }
}
