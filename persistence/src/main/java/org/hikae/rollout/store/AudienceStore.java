package org.hikae.rollout.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.hikae.rollout.value.Audience;
import org.hikae.schema.store.EntityStore;
import org.jspecify.annotations.Nullable;

/** Who is in an audience, and the lists of waves. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class AudienceStore extends EntityStore {

  /** Most groups that a count names. */
  public static final int MAX_GROUPS = 500;

  /** For the container. */
  public AudienceStore() {}

  /** For tests without a container. */
  public AudienceStore(EntityManager entityManager) {
    super(entityManager);
  }

  /** Columns by which a list can name people. */
  public enum IdentifierColumn {
    /** User name at Keycloak, in any case. */
    USERNAME,
    /** Mail address, in any case. */
    EMAIL,
    /** {@code sub}. */
    SUBJECT
  }

  /** Somebody. */
  public record AudienceMember(long employeeId, String displayName, String username) {}

  /** Members of a group in an audience. */
  public record GroupCount(String groupPath, long people) {}

  /** Somebody whom a list may mean, and whether their account is enabled. */
  public record Candidate(String name, long employeeId, boolean enabled) {}

  /** How many are in it. */
  public long count(Audience audience) {
    return number(audience, "");
  }

  /** How many are in it whom this campaign has invited already. */
  public long countInvited(Audience audience, long campaignId) {
    return number(
        audience,
        " and exists (select 1 from rollout_invitation i where i.campaign_id = "
            + campaignId
            + " and i.employee_id = e.employee_id)");
  }

  private long number(Audience audience, String more) {
    AudienceSql sql = AudienceSql.of(em(), audience);
    Query query = em().createNativeQuery("select count(*)" + sql.from() + more, Long.class);
    sql.bind(query);
    return ((Number) query.getSingleResult()).longValue();
  }

  /** How many are in it of each group, largest first. Who is in two groups is counted in both. */
  public List<GroupCount> groups(Audience audience) {
    AudienceSql sql = AudienceSql.of(em(), audience);
    Query query =
        em().createNativeQuery(
                "select m.group_path, count(*) from employee_group m join employee e"
                    + " on e.employee_id = m.employee_id where e.state = 'ENABLED' and "
                    + sql.condition()
                    + " group by m.group_path order by count(*) desc, m.group_path",
                Object[].class)
            .setMaxResults(MAX_GROUPS);
    sql.bind(query);
    List<GroupCount> counts = new ArrayList<>();
    for (Object row : query.getResultList()) {
      Object[] columns = (Object[]) row;
      counts.add(new GroupCount((String) columns[0], ((Number) columns[1]).longValue()));
    }
    return counts;
  }

  /** Those in it after {@code after}, in the order of their names. */
  public List<AudienceMember> page(Audience audience, @Nullable Long after, int limit) {
    AudienceSql sql = AudienceSql.of(em(), audience);
    String further =
        after == null
            ? ""
            : " and (e.display_name, e.employee_id) > (select a.display_name, a.employee_id"
                + " from employee a where a.employee_id = "
                + after
                + ")";
    Query query =
        em().createNativeQuery(
                "select e.employee_id, e.display_name, e.username"
                    + sql.from()
                    + further
                    + " order by e.display_name, e.employee_id",
                Object[].class)
            .setMaxResults(Math.min(limit, MAX_PAGE));
    sql.bind(query);
    return members(query);
  }

  /**
   * Those whose account is enabled and whose name, user name or mail has this text, in any case, in
   * the order of their names.
   */
  public List<AudienceMember> named(String text, int limit) {
    return members(
        em().createNativeQuery(
                "select e.employee_id, e.display_name, e.username from employee e"
                    + " where e.state = 'ENABLED' and position(:text in lower(concat("
                    + "e.display_name, chr(10), e.username, chr(10), coalesce(e.email, '')))) > 0"
                    + " order by e.display_name, e.employee_id",
                Object[].class)
            .setParameter("text", text.toLowerCase(Locale.ROOT))
            .setMaxResults(Math.min(limit, MAX_PAGE)));
  }

  private static List<AudienceMember> members(Query query) {
    List<AudienceMember> members = new ArrayList<>();
    for (Object row : query.getResultList()) {
      Object[] columns = (Object[]) row;
      members.add(
          new AudienceMember(
              ((Number) columns[0]).longValue(), (String) columns[1], (String) columns[2]));
    }
    return members;
  }

  /** Whom these names may mean, at most {@link #MAX_PAGE} names; accounts that are gone count. */
  public List<Candidate> candidates(IdentifierColumn naming, Collection<String> names) {
    if (names.isEmpty() || names.size() > MAX_PAGE) {
      throw new IllegalArgumentException("1 to " + MAX_PAGE + " names at once");
    }
    String column =
        switch (naming) {
          case USERNAME -> "lower(e.username)";
          case EMAIL -> "lower(e.email)";
          case SUBJECT -> "e.subject";
        };
    List<?> rows =
        em().createNativeQuery(
                "select "
                    + column
                    + ", e.employee_id, e.state from employee e where "
                    + column
                    + " in (:names) order by e.employee_id",
                Object[].class)
            .setParameter("names", names.stream().map(n -> key(naming, n)).distinct().toList())
            .setMaxResults(MAX_PAGE * 10)
            .getResultList();
    List<Candidate> found = new ArrayList<>();
    for (Object row : rows) {
      Object[] columns = (Object[]) row;
      found.add(
          new Candidate(
              (String) columns[0],
              ((Number) columns[1]).longValue(),
              columns[2].equals("ENABLED")));
    }
    return found;
  }

  /** A name as {@link #candidates} tells it again. */
  public static String key(IdentifierColumn naming, String name) {
    return naming == IdentifierColumn.SUBJECT ? name : name.toLowerCase(Locale.ROOT);
  }

  /** How many are on the list of a wave. */
  public long listed(long waveId) {
    return ((Number)
            em().createNativeQuery(
                    "select count(*) from rollout_wave_person where wave_id = :wave", Long.class)
                .setParameter("wave", waveId)
                .getSingleResult())
        .longValue();
  }

  /** Puts these people on the list of a wave in place of those who were. */
  public void replaceList(long waveId, List<Long> employeeIds) {
    em().createNativeQuery("delete from rollout_wave_person where wave_id = :wave")
        .setParameter("wave", waveId)
        .executeUpdate();
    for (int from = 0; from < employeeIds.size(); from += MAX_PAGE) {
      addToList(waveId, employeeIds.subList(from, Math.min(employeeIds.size(), from + MAX_PAGE)));
    }
  }

  /** Puts these people on the list of a wave, at most {@link #MAX_PAGE}; who is on it stays. */
  public void addToList(long waveId, Collection<Long> employeeIds) {
    if (!employeeIds.isEmpty()) {
      em().createNativeQuery(
              "insert into rollout_wave_person (wave_id, employee_id)"
                  + " select cast(:wave as bigint), e.employee_id from employee e"
                  + " where e.employee_id in (:people) and not exists (select 1"
                  + " from rollout_wave_person p where p.wave_id = :wave"
                  + " and p.employee_id = e.employee_id)")
          .setParameter("wave", waveId)
          .setParameter("people", employeeIds)
          .executeUpdate();
    }
  }

  /** Takes these people off the list of a wave, at most {@link #MAX_PAGE}. */
  public void removeFromList(long waveId, Collection<Long> employeeIds) {
    if (!employeeIds.isEmpty()) {
      em().createNativeQuery(
              "delete from rollout_wave_person where wave_id = :wave and employee_id in (:people)")
          .setParameter("wave", waveId)
          .setParameter("people", employeeIds)
          .executeUpdate();
    }
  }
}
