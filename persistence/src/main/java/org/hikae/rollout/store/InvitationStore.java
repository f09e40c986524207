package org.hikae.rollout.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hikae.rollout.entity.Invitation;
import org.hikae.rollout.entity.Wave;
import org.hikae.schema.store.EntityStore;

/** Who was invited. Whoever adds or withdraws holds the campaign. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class InvitationStore extends EntityStore {

  private static final String NOW = "cast(:now as timestamp with time zone)";

  private static final String UNINVITED =
      " and not exists (select 1 from rollout_invitation i"
          + " where i.campaign_id = :campaign and i.employee_id = e.employee_id)";

  /** For the container. */
  public InvitationStore() {}

  /** For tests without a container. */
  public InvitationStore(EntityManager entityManager) {
    super(entityManager);
  }

  /**
   * Invites those in the wave's audience whom its campaign has not invited yet.
   *
   * @param limit most people, at most {@link #MAX_PAGE}
   * @return how many were invited; fewer than {@code limit} when nobody is left
   */
  public int invite(Wave wave, Instant now, int limit) {
    if (limit < 1 || limit > MAX_PAGE) {
      throw new IllegalArgumentException("limit must be 1 to " + MAX_PAGE);
    }
    AudienceSql audience = AudienceSql.of(em(), wave.audience());
    Query query =
        em().createNativeQuery(
                "insert into rollout_invitation (campaign_id, employee_id, wave_id, invited_at)"
                    + " select cast(:campaign as bigint), e.employee_id, cast(:wave as bigint), "
                    + NOW
                    + audience.from()
                    + UNINVITED
                    + " order by e.employee_id fetch first "
                    + limit
                    + " rows only")
            .setParameter("campaign", wave.campaignId())
            .setParameter("wave", wave.waveId())
            .setParameter("now", now);
    audience.bind(query);
    return query.executeUpdate();
  }

  /** Whether anybody in the wave's audience has no invitation of its campaign. */
  public boolean anyLeft(Wave wave) {
    AudienceSql audience = AudienceSql.of(em(), wave.audience());
    Query query =
        em().createNativeQuery("select 1" + audience.from() + UNINVITED, Integer.class)
            .setParameter("campaign", wave.campaignId())
            .setMaxResults(1);
    audience.bind(query);
    return !query.getResultList().isEmpty();
  }

  /** Invitations of an employee that stand. */
  public List<Invitation> standing(long employeeId) {
    return em().createQuery(
            "select i from Invitation i where i.key.employeeId = :employee"
                + " and i.withdrawnAt is null",
            Invitation.class)
        .setParameter("employee", employeeId)
        .setMaxResults(MAX_PAGE)
        .getResultList();
  }

  /** Those of these employees whom an invitation stands for. */
  public Set<Long> invited(Collection<Long> employeeIds) {
    return new HashSet<>(
        em().createQuery(
                "select distinct i.key.employeeId from Invitation i"
                    + " where i.key.employeeId in :employees and i.withdrawnAt is null",
                Long.class)
            .setParameter("employees", employeeIds)
            .getResultList());
  }

  /** The employee was told of the offers that stand. */
  public void seen(long employeeId, Instant now) {
    mark("seenAt", employeeId, now);
  }

  /** The employee opted in: the offers that stand are not withdrawn any more. */
  public void optedIn(long employeeId, Instant now) {
    mark("optedInAt", employeeId, now);
  }

  private void mark(String what, long employeeId, Instant now) {
    em().createQuery(
            "update Invitation i set i."
                + what
                + " = :now where i.key.employeeId = :employee and i.withdrawnAt is null and i."
                + what
                + " is null")
        .setParameter("now", now)
        .setParameter("employee", employeeId)
        .executeUpdate();
  }

  /**
   * Employees whose invitation stands and who have not opted in since, by growing number.
   *
   * @param after numbers above this one, at most {@link #MAX_PAGE}
   */
  public List<Long> undecided(long campaignId, long after) {
    return em().createQuery(
            "select i.key.employeeId from Invitation i where i.key.campaignId = :campaign"
                + " and i.withdrawnAt is null and i.optedInAt is null and i.key.employeeId > :after"
                + " order by i.key.employeeId",
            Long.class)
        .setParameter("campaign", campaignId)
        .setParameter("after", after)
        .setMaxResults(MAX_PAGE)
        .getResultList();
  }

  /** These had opted in before they were invited: the campaign does not take it back from them. */
  public void keep(long campaignId, Set<Long> employeeIds, Instant now) {
    if (!employeeIds.isEmpty()) {
      em().createQuery(
              "update Invitation i set i.optedInAt = :now where i.key.campaignId = :campaign"
                  + " and i.key.employeeId in :employees and i.withdrawnAt is null"
                  + " and i.optedInAt is null")
          .setParameter("now", now)
          .setParameter("campaign", campaignId)
          .setParameter("employees", employeeIds)
          .executeUpdate();
    }
  }

  /** Takes a campaign's invitations back from those who have not opted in; returns how many. */
  public int withdraw(long campaignId, Instant now) {
    return em().createQuery(
            "update Invitation i set i.withdrawnAt = :now where i.key.campaignId = :campaign"
                + " and i.withdrawnAt is null and i.optedInAt is null")
        .setParameter("now", now)
        .setParameter("campaign", campaignId)
        .executeUpdate();
  }

  /**
   * How many people each wave of a campaign has invited whose invitations stand and whose accounts
   * can be used: of who has left nobody waits for anything.
   */
  public Map<Long, Long> countByWave(long campaignId) {
    return em()
        .createQuery(
            "select i.waveId, count(i) from Invitation i"
                + " join Employee e on e.employeeId = i.key.employeeId"
                + " where i.key.campaignId = :campaign and i.withdrawnAt is null"
                + " and e.state = org.hikae.identity.value.EmployeeState.ENABLED group by i.waveId",
            Object[].class)
        .setParameter("campaign", campaignId)
        .setMaxResults(MAX_PAGE)
        .getResultList()
        .stream()
        .collect(Collectors.toMap(row -> (Long) row[0], row -> (Long) row[1]));
  }

  /** How many a campaign has invited. */
  public long count(long campaignId) {
    return em().createQuery(
            "select count(i) from Invitation i where i.key.campaignId = :campaign", Long.class)
        .setParameter("campaign", campaignId)
        .getSingleResult();
  }
}
