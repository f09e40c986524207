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

  private static final String ENABLED = " from employee e where e.state = 'ENABLED'";

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
      case Audience.Picked picked ->
          new AudienceSql(
              "(e.employee_id in (:added) or e.employee_id not in (:removed)"
                  + " and exists (select 1 from rollout_wave_person p"
                  + " where p.employee_id = e.employee_id and p.wave_id = :list))",
              Map.of(
                  "list",
                  picked.waveId(),
                  "added",
                  orNobody(picked.added()),
                  "removed",
                  orNobody(picked.removed())));
      case Audience.Percent share when share.percent() == RolloutBucket.PLACES ->
          new AudienceSql("e.employee_id > 0", Map.of());
      case Audience.Percent share ->
          new AudienceSql(lowest(em, share.campaignId(), share.percent()), Map.of());
    };
  }

  /** Those with the lowest places, and of the place that is shared out those known longest. */
  private static String lowest(EntityManager em, long campaignId, int percent) {
    String place = place(new RolloutBucket(campaignId), "e.employee_id");
    long everybody =
        ((Number) em.createNativeQuery("select count(*)" + ENABLED, Long.class).getSingleResult())
            .longValue();
    if (everybody == 0 || everybody > RolloutBucket.EXACT_UP_TO) {
      return place + " < " + percent;
    }
    int people = Math.toIntExact(RolloutBucket.people(everybody, percent));
    List<?> last =
        em.createNativeQuery(
                "select " + place + " as place, e.employee_id" + ENABLED + " order by 1, 2",
                Object[].class)
            .setFirstResult(people - 1)
            .setMaxResults(1)
            .getResultList();
    if (last.isEmpty()) {
      // Somebody left meanwhile.
      return place + " < " + percent;
    }
    Object[] columns = (Object[]) last.getFirst();
    return "("
        + place
        + " < "
        + columns[0]
        + " or "
        + place
        + " = "
        + columns[0]
        + " and e.employee_id <= "
        + columns[1]
        + ")";
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

  /** No database likes an empty list; nobody has this number. */
  private static Set<Long> orNobody(Set<Long> employeeIds) {
    return employeeIds.isEmpty() ? Set.of(0L) : employeeIds;
  }

  String from() {
    return ENABLED + " and " + condition;
  }

  void bind(Query query) {
    parameters.forEach(query::setParameter);
  }
}
