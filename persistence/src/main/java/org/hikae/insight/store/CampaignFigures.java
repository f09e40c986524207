package org.hikae.insight.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hikae.schema.store.EntityStore;

/**
 * What became of those whom a campaign invited, wave by wave. Each figure is one grouped query over
 * the invitations and one kept row for each device, so that no history is read however long it is.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class CampaignFigures extends EntityStore {

  /** Age of a last backup from which a device is stale. */
  public static final Duration STALE_AFTER = Duration.ofDays(7);

  private static final String INVITED =
      " from rollout_invitation i join device d on d.employee_id = i.employee_id"
          + " and d.state <> 'REVOKED'";

  private static final String WHERE = " where i.campaign_id = :campaign and i.withdrawn_at is null";

  private static final String NEWEST_RUN =
      " left join newest_run n on n.device_id = d.device_id left join run r on r.run_row ="
          + " n.run_row";

  /** A backup that ended without a snapshot; what a person stopped says nothing. */
  private static final String FAILED_BACKUP =
      "r.kind = 'BACKUP' and r.result not in ('RUNNING', 'CANCELLED', 'SUCCESS', 'PARTIAL')";

  private static final String FAILED =
      "d.last_backup_at is null and " + FAILED_BACKUP + " and r.last_reported_at >= :since";

  /** For the container. */
  public CampaignFigures() {}

  /** For tests without a container. */
  public CampaignFigures(EntityManager entityManager) {
    super(entityManager);
  }

  /** So many of so many in a wave. */
  public record Share(long waveId, long failing, long observed) {}

  /**
   * Those whom a wave invited and who take part with a device, and how many of them are healthy.
   */
  public record Health(long observed, long healthy) {}

  /** How far those whom a wave invited have come; each number is part of the one before. */
  public record Funnel(
      long waveId,
      long invited,
      long withdrawn,
      long offered,
      long seen,
      long optedIn,
      long backedUp,
      long healthy) {}

  /**
   * Devices that ended a backup since then or have a snapshot since then; failing are those whose
   * newest backup failed and that have no snapshot.
   */
  public List<Share> firstBackups(long campaignId, Instant since) {
    return shares(
        "select i.wave_id, sum(case when "
            + FAILED
            + " then 1 else 0 end), count(*)"
            + INVITED
            + NEWEST_RUN
            + WHERE
            + " and (d.last_backup_at >= :since or ("
            + FAILED
            + ")) group by i.wave_id",
        Map.of("campaign", campaignId, "since", since));
  }

  /**
   * Devices that sent the vault something since then; failing are those it answered last before.
   */
  public List<Share> vaultContacts(long campaignId, Instant since) {
    return shares(
        "select i.wave_id, sum(case when v.unanswered_at >= :since and (v.answered_at is null"
            + " or v.answered_at < v.unanswered_at) then 1 else 0 end), count(*)"
            + INVITED
            + " join vault_contact v on v.device_id = d.device_id"
            + WHERE
            + " and (v.answered_at >= :since or v.unanswered_at >= :since) group by i.wave_id",
        Map.of("campaign", campaignId, "since", since));
  }

  /**
   * Active devices of people who take part; failing are those without a backup for {@link
   * #STALE_AFTER}, of which only time after {@code since} and after the opt-in counts.
   */
  public List<Share> staleDevices(long campaignId, Instant since, Instant now) {
    Instant limit = now.minus(STALE_AFTER);
    // Nothing is stale before a whole age has passed.
    int counts = since.isBefore(limit) ? 1 : 0;
    return shares(
        "select i.wave_id, sum(case when s.created_at < :limit and d.enrolled_at < :limit"
            + " and (d.last_backup_at is null or d.last_backup_at < :limit) then "
            + counts
            + " else 0 end), count(*)"
            + INVITED
            + " and d.state = 'ACTIVE' join backup_set s on s.current_of = i.employee_id"
            + " and s.state = 'ACTIVE'"
            + WHERE
            + " group by i.wave_id",
        Map.of("campaign", campaignId, "limit", limit));
  }

  private List<Share> shares(String sql, Map<String, Object> parameters) {
    List<Share> shares = new ArrayList<>();
    for (long[] row : rows(sql, parameters)) {
      shares.add(new Share(row[0], row[1], row[2]));
    }
    return shares;
  }

  /**
   * People whom a wave invited, whose account can be used, who take part and have a device that is
   * not revoked; healthy are those with a device that was backed up since then and has no failed
   * backup after its last one.
   */
  public Health health(long waveId, Instant since) {
    long[] row =
        rows(
                "select count(*), coalesce(sum(p.healthy), 0) from (select i.employee_id,"
                    + " max(case when d.last_backup_at >= :since and (r.run_row is null"
                    + " or r.last_reported_at < d.last_backup_at or not ("
                    + FAILED_BACKUP
                    + ")) then 1 else 0 end) as healthy"
                    + INVITED
                    + " join employee e on e.employee_id = i.employee_id and e.state = 'ENABLED'"
                    + " join backup_set s on s.current_of = i.employee_id and s.state = 'ACTIVE'"
                    + NEWEST_RUN
                    + " where i.wave_id = :wave and i.withdrawn_at is null"
                    + " group by i.employee_id) p",
                Map.of("wave", waveId, "since", since))
            .getFirst();
    return new Health(row[0], row[1]);
  }

  /** The funnel of each wave that invited anybody, in the order of the waves. */
  public List<Funnel> funnel(long campaignId, Instant now) {
    String took = "i.withdrawn_at is null and s.set_id is not null";
    List<Funnel> funnel = new ArrayList<>();
    for (long[] row :
        rows(
            "select i.wave_id, count(*), count(i.withdrawn_at), count(*) - count(i.withdrawn_at), "
                + sum("i.withdrawn_at is null and (i.seen_at is not null or s.set_id is not null)")
                + ", "
                + sum(took)
                + ", "
                + sum(took + " and b.last_at is not null")
                + ", "
                + sum(took + " and b.last_at >= :limit")
                + " from rollout_invitation i left join backup_set s"
                + " on s.current_of = i.employee_id and s.state = 'ACTIVE'"
                + " left join (select employee_id, max(last_backup_at) as last_at from device"
                + " where state <> 'REVOKED' group by employee_id) b"
                + " on b.employee_id = i.employee_id"
                + " where i.campaign_id = :campaign group by i.wave_id order by i.wave_id",
            Map.of("campaign", campaignId, "limit", now.minus(STALE_AFTER)))) {
      funnel.add(new Funnel(row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7]));
    }
    return funnel;
  }

  private static String sum(String condition) {
    return "sum(case when " + condition + " then 1 else 0 end)";
  }

  private List<long[]> rows(String sql, Map<String, Object> parameters) {
    Query query = em().createNativeQuery(sql, Object[].class).setMaxResults(MAX_PAGE);
    parameters.forEach(query::setParameter);
    List<long[]> rows = new ArrayList<>();
    for (Object row : query.getResultList()) {
      Object[] columns = (Object[]) row;
      long[] numbers = new long[columns.length];
      for (int i = 0; i < columns.length; i++) {
        numbers[i] = ((Number) columns[i]).longValue();
      }
      rows.add(numbers);
    }
    return rows;
  }
}
