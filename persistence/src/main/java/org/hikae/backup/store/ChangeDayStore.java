package org.hikae.backup.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.hikae.backup.entity.ChangeDay;
import org.hikae.schema.store.EntityStore;

/**
 * What devices told of changed files, one row for each day, and which people's devices departed.
 * The caller of a change holds the employee.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class ChangeDayStore extends EntityStore {

  /** Most rows that one step of forgetting removes. */
  public static final int STEP = 1000;

  private static final String FROM = "from";
  private static final String UNTIL = "until";
  private static final String EMPLOYEE = "employee";
  private static final String DEVICE = "device";

  /** Whose departures are older, too, is nobody new. */
  private static final String NO_REGULAR =
      " and not exists (select e from ChangeDay e where e.employeeId = c.employeeId"
          + " and e.departedAt >= :regularFrom and e.departedAt < :regularUntil)";

  /** For the container. */
  public ChangeDayStore() {}

  /** For tests without a container. */
  public ChangeDayStore(EntityManager entityManager) {
    super(entityManager);
  }

  /**
   * Which departures count.
   *
   * @param from departures from here on are of now
   * @param until and no later: what a wrong clock dated ahead counts when it is time
   * @param regularFrom who departed from here on
   * @param regularUntil until here does so regularly, and does not count now
   */
  public record Departed(Instant from, Instant until, Instant regularFrom, Instant regularUntil) {}

  /** A day of an employee's device; a new row when nothing of it is noted yet. */
  public ChangeDay of(long employeeId, String deviceId, LocalDate day) {
    Optional<ChangeDay> known =
        only(
            em().createQuery(
                    "select c from ChangeDay c where c.employeeId = :employee"
                        + " and c.deviceId = :device and c.notedOn = :day",
                    ChangeDay.class)
                .setParameter(EMPLOYEE, employeeId)
                .setParameter(DEVICE, deviceId)
                .setParameter("day", day)
                .getResultList());
    if (known.isPresent()) {
      return known.get();
    }
    ChangeDay added = new ChangeDay(employeeId, deviceId, day);
    em().persist(added);
    return added;
  }

  /** The days of a device after one, the newest first; a device has one row a day at most. */
  public List<ChangeDay> after(String deviceId, LocalDate day) {
    return em().createQuery(
            "select c from ChangeDay c where c.deviceId = :device and c.notedOn > :day"
                + " order by c.notedOn desc",
            ChangeDay.class)
        .setParameter(DEVICE, deviceId)
        .setParameter("day", day)
        .setMaxResults(MAX_PAGE)
        .getResultList();
  }

  /** How many people's devices departed from one moment until another, each person once. */
  public long people(Instant from, Instant until) {
    return em().createQuery(
            "select count(distinct c.employeeId) from ChangeDay c"
                + " where c.departedAt >= :from and c.departedAt < :until",
            Long.class)
        .setParameter(FROM, from)
        .setParameter(UNTIL, until)
        .getSingleResult();
  }

  /** How many people's devices departed, each person once and nobody who does so regularly. */
  public long people(Departed departed) {
    return em().createQuery(
            "select count(distinct c.employeeId) from ChangeDay c where c.departedAt >= :from"
                + " and c.departedAt <= :until"
                + NO_REGULAR,
            Long.class)
        .setParameter(FROM, departed.from())
        .setParameter(UNTIL, departed.until())
        .setParameter("regularFrom", departed.regularFrom())
        .setParameter("regularUntil", departed.regularUntil())
        .getSingleResult();
  }

  /**
   * These people above a number, by growing number: those with a device about which no alarm
   * stands, and whose departure nobody has judged.
   */
  public List<Long> unalarmed(Departed departed, long after, int limit) {
    return em().createQuery(
            "select distinct c.employeeId from ChangeDay c where c.departedAt >= :from and"
                + " c.departedAt <= :until and c.weight > 0 and c.employeeId > :after and not"
                + " exists (select a from ChangeAlarm a where a.currentOf = c.deviceId)"
                + NO_REGULAR
                + " order by c.employeeId",
            Long.class)
        .setParameter(FROM, departed.from())
        .setParameter(UNTIL, departed.until())
        .setParameter("regularFrom", departed.regularFrom())
        .setParameter("regularUntil", departed.regularUntil())
        .setParameter("after", after)
        .setMaxResults(Math.min(limit, MAX_PAGE))
        .getResultList();
  }

  /** Days of an employee's devices that departed since a moment and nobody has judged. */
  public List<ChangeDay> departed(long employeeId, Instant from) {
    return em().createQuery(
            "select c from ChangeDay c where c.employeeId = :employee and c.departedAt >= :from"
                + " and c.weight > 0 order by c.deviceId, c.notedOn desc",
            ChangeDay.class)
        .setParameter(EMPLOYEE, employeeId)
        .setParameter(FROM, from)
        .setMaxResults(MAX_PAGE)
        .getResultList();
  }

  /** Removes some days before one; how many. */
  public int forget(LocalDate before) {
    List<Long> old =
        em().createQuery(
                "select c.id from ChangeDay c where c.notedOn < :before order by c.id", Long.class)
            .setParameter("before", before)
            .setMaxResults(STEP)
            .getResultList();
    return old.isEmpty()
        ? 0
        : em().createQuery("delete from ChangeDay c where c.id in :ids")
            .setParameter("ids", old)
            .executeUpdate();
  }

  /** Removes what is noted of an employee's devices until a day. */
  public void erase(long employeeId, LocalDate until) {
    em().createQuery(
            "delete from ChangeDay c where c.employeeId = :employee and c.notedOn <= :until")
        .setParameter(EMPLOYEE, employeeId)
        .setParameter(UNTIL, until)
        .executeUpdate();
  }
}
