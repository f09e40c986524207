package org.hikae.insight.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.hikae.insight.entity.StorageDay;
import org.hikae.schema.store.EntityStore;

/** How much was stored day by day, for at most {@link #MOST} days. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class StorageDayStore extends EntityStore {

  /** Days that are kept. */
  public static final int MOST = 400;

  /** For the container. */
  public StorageDayStore() {}

  /** For tests without a container. */
  public StorageDayStore(EntityManager entityManager) {
    super(entityManager);
  }

  /** The row of this day, made when there is none; rows that are too old go. */
  public StorageDay of(LocalDate day) {
    em().createQuery("delete from StorageDay d where d.notedOn <= :last")
        .setParameter("last", day.minusDays(MOST))
        .executeUpdate();
    // Another portal may note the same day.
    var _ =
        inserted(
            "insert into storage_day (noted_on, noted_at, stored_bytes, live_bytes, quota_bytes)"
                + " values (?, ?, 0, 0, 0)",
            day,
            Instant.EPOCH);
    return Objects.requireNonNull(em().find(StorageDay.class, day));
  }

  /** The days from this one on, oldest first. */
  public List<StorageDay> since(LocalDate day) {
    return em().createQuery(
            "select d from StorageDay d where d.notedOn >= :first order by d.notedOn",
            StorageDay.class)
        .setParameter("first", day)
        .setMaxResults(MOST)
        .getResultList();
  }

  /** Employees who take part. */
  public List<Long> participants() {
    return em().createQuery(
            "select s.employeeId from EmployeeSummary s"
                + " where s.standing = org.hikae.insight.value.EmployeeFilter.EnrollmentStatus.ACTIVE",
            Long.class)
        .getResultList();
  }
}
