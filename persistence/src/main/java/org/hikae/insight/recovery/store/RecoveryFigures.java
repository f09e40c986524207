package org.hikae.insight.recovery.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.hikae.insight.store.CoverageFigures;
import org.hikae.schema.store.EntityStore;

/** How many people have shown that they can recover. Reads everybody: not for each view. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class RecoveryFigures extends EntityStore {

  /** What counts is of the set that is in use now, and late enough. */
  private static final String COUNTED =
      "count(*), count(d.employee_id), count(p.employee_id),"
          + " count(case when d.employee_id is not null and p.employee_id is not null then 1 end)"
          + " from employee e join backup_set s on s.current_of = e.employee_id"
          + " and s.state = 'ACTIVE'"
          + shown("d", "DRILL")
          + shown("p", "PRACTICE");

  /** For the container. */
  public RecoveryFigures() {}

  /** For tests without a container. */
  public RecoveryFigures(EntityManager entityManager) {
    super(entityManager);
  }

  /**
   * People with an active set.
   *
   * @param path group path at Keycloak; empty for all
   * @param people how many
   * @param drilled of whom a device has opened a sample
   * @param practised of whom somebody typed the password
   * @param proven of whom both is so
   */
  public record RecoveryCount(
      String path, long people, long drilled, long practised, long proven) {}

  private static String shown(String alias, String kind) {
    return " left join (select distinct employee_id, set_id from recovery_proof where kind = '"
        + kind
        + "' and counts_from >= :since) "
        + alias
        + " on "
        + alias
        + ".employee_id = e.employee_id and "
        + alias
        + ".set_id = s.set_id";
  }

  /** Everybody together. */
  public RecoveryCount everybody(Instant since) {
    Object[] row =
        (Object[])
            em().createNativeQuery(
                    "select '', " + COUNTED + " where e.state = 'ENABLED'", Object[].class)
                .setParameter("since", since.atOffset(ZoneOffset.UTC))
                .getSingleResult();
    return count(row);
  }

  /** By departments, in the order of their paths; who is in several counts in each. */
  public List<RecoveryCount> departments(Instant since) {
    List<?> rows =
        em().createNativeQuery(
                "select g.group_path, "
                    + COUNTED
                    + " join employee_group g on g.employee_id = e.employee_id"
                    + " where e.state = 'ENABLED' group by g.group_path order by g.group_path"
                    + " fetch first "
                    + CoverageFigures.MAX_DEPARTMENTS
                    + " rows only",
                Object[].class)
            .setParameter("since", since.atOffset(ZoneOffset.UTC))
            .getResultList();
    return rows.stream().map(row -> count((Object[]) row)).toList();
  }

  private static RecoveryCount count(Object... row) {
    return new RecoveryCount(
        (String) row[0], number(row[1]), number(row[2]), number(row[3]), number(row[4]));
  }

  private static long number(Object column) {
    return ((Number) column).longValue();
  }
}
