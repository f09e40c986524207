package org.hikae.rollout.store;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hikae.rollout.value.Audience;
import org.hikae.rollout.value.RolloutBucket;

/**
 * An audience as the database finds it: employees whose accounts are enabled, called {@code e}.
 *
 * @param condition on {@code e}
 * @param parameters of the condition
 */
record AudienceSql(String condition, Map<String, Object> parameters) {

  /** Most group paths that are read. */
  private static final int MAX_PATHS = 50_000;

  static AudienceSql of(EntityManager em, Audience audience) {
    return switch (audience) {
      case Audience.Groups groups ->
          new AudienceSql(
              "exists (select 1 from employee_group g where g.employee_id = e.employee_id"
                  + " and g.group_path in (:paths))",
              Map.of("paths", pathsIn(em, groups.paths())));
      case Audience.Listed listed ->
          new AudienceSql(
              "exists (select 1 from rollout_wave_person p where p.employee_id = e.employee_id"
                  + " and p.wave_id = :list)",
              Map.of("list", listed.waveId()));
      case Audience.Percent share when share.percent() == RolloutBucket.PLACES ->
          new AudienceSql("e.employee_id > 0", Map.of());
      case Audience.Percent share ->
          new AudienceSql(
              place(new RolloutBucket(share.campaignId()), "e.employee_id")
                  + " < "
                  + share.percent(),
              Map.of());
    };
  }

  /** What {@link RolloutBucket#of} figures, from the column with the employee's number. */
  private static String place(RolloutBucket rolloutBucket, String column) {
    String spread =
        mod(
            mod(column, RolloutBucket.PRIME)
                + " * "
                + big(rolloutBucket.factor())
                + " + "
                + big(rolloutBucket.offset()),
            RolloutBucket.PRIME);
    return mod(
        mod(spread + " * " + spread + " + " + big(rolloutBucket.last()), RolloutBucket.PRIME),
        RolloutBucket.PLACES);
  }

  private static String mod(String dividend, long divisor) {
    return "mod(" + dividend + ", " + big(divisor) + ")";
  }

  private static String big(long number) {
    return "cast(" + number + " as bigint)";
  }

  /** Paths of these groups and of all below them, as far as anybody is in them. */
  private static List<String> pathsIn(EntityManager em, Set<String> groups) {
    List<?> all =
        em.createNativeQuery("select distinct group_path from employee_group", String.class)
            .setMaxResults(MAX_PATHS)
            .getResultList();
    List<String> within =
        all.stream()
            .map(String.class::cast)
            .filter(
                path -> groups.stream().anyMatch(g -> path.equals(g) || path.startsWith(g + "/")))
            .toList();
    // No database likes an empty list; no group is called so.
    return within.isEmpty() ? List.of("") : within;
  }

  String from() {
    return " from employee e where e.state = 'ENABLED' and " + condition;
  }

  void bind(Query query) {
    parameters.forEach(query::setParameter);
  }
}
