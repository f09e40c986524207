package org.hikae.rollout.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import org.hikae.rollout.entity.Campaign;
import org.hikae.rollout.entity.GateReading;
import org.hikae.rollout.entity.Wave;
import org.hikae.rollout.value.CampaignLimits;
import org.hikae.rollout.value.CampaignState;
import org.hikae.schema.store.EntityStore;
import org.jspecify.annotations.Nullable;

/** Campaigns, their waves, and what their gates saw. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class CampaignStore extends EntityStore {

  /** Most readings of a campaign that are kept, besides those that halted it. */
  public static final int MAX_READINGS = 1000;

  /** For the container. */
  public CampaignStore() {}

  /** For tests without a container. */
  public CampaignStore(EntityManager entityManager) {
    super(entityManager);
  }

  /** Adds a campaign. */
  public Campaign add(Campaign campaign) {
    em().persist(campaign);
    em().flush();
    return campaign;
  }

  /** How many there are. */
  public long count() {
    return em().createQuery("select count(c) from Campaign c", Long.class).getSingleResult();
  }

  /** A campaign. */
  public Optional<Campaign> find(long campaignId) {
    return Optional.ofNullable(em().find(Campaign.class, campaignId));
  }

  /** A campaign as it is now, held until the transaction ends. */
  public Optional<Campaign> lock(long campaignId) {
    Campaign campaign = em().find(Campaign.class, campaignId, LockModeType.PESSIMISTIC_WRITE);
    if (campaign != null) {
      // Read again now that nobody else can change it: what came with the lock may be older.
      em().refresh(campaign);
    }
    return Optional.ofNullable(campaign);
  }

  /** Campaigns before {@code before}, newest first; in this state, if one is given. */
  public List<Campaign> newestBefore(
      @Nullable Long before, @Nullable CampaignState state, int limit) {
    return em().createQuery(
            "select c from Campaign c where c.campaignId < :before"
                + " and (:any = true or c.state = :state) order by c.campaignId desc",
            Campaign.class)
        .setParameter("before", before == null ? Long.MAX_VALUE : before)
        .setParameter("any", state == null)
        .setParameter("state", state == null ? CampaignState.DRAFT : state)
        .setMaxResults(Math.min(limit, MAX_PAGE))
        .getResultList();
  }

  /** Identifiers of those that invite now. */
  public List<Long> running() {
    return em().createQuery(
            "select c.campaignId from Campaign c where c.state = :running order by c.campaignId",
            Long.class)
        .setParameter("running", CampaignState.RUNNING)
        .setMaxResults(CampaignLimits.MAX_CAMPAIGNS)
        .getResultList();
  }

  /** Waves in their order. */
  public List<Wave> waves(long campaignId) {
    return em().createQuery(
            "select w from Wave w where w.campaignId = :campaign order by w.number", Wave.class)
        .setParameter("campaign", campaignId)
        .setMaxResults(CampaignLimits.MAX_WAVES)
        .getResultList();
  }

  /** A wave of this campaign. */
  public Optional<Wave> wave(long campaignId, long waveId) {
    return Optional.ofNullable(em().find(Wave.class, waveId))
        .filter(wave -> wave.campaignId() == campaignId);
  }

  /** Adds a wave. */
  public Wave add(Wave wave) {
    em().persist(wave);
    em().flush();
    return wave;
  }

  /** Removes a wave that never began. */
  public void remove(Wave wave) {
    em().createNativeQuery("delete from rollout_wave_person where wave_id = :wave")
        .setParameter("wave", wave.waveId())
        .executeUpdate();
    em().remove(wave);
  }

  /** A reading of this campaign. */
  public Optional<GateReading> reading(long readingId) {
    return Optional.ofNullable(em().find(GateReading.class, readingId));
  }

  /** The newest reading of each gate in each wave. */
  public List<GateReading> newestReadings(long campaignId) {
    return em().createQuery(
            "select r from GateReading r where r.readingId in (select max(n.readingId)"
                + " from GateReading n where n.campaignId = :campaign group by n.waveId, n.gate)",
            GateReading.class)
        .setParameter("campaign", campaignId)
        .setMaxResults(MAX_PAGE)
        .getResultList();
  }

  /** Readings before {@code before}, newest first. */
  public List<GateReading> readingsBefore(long campaignId, @Nullable Long before, int limit) {
    return em().createQuery(
            "select r from GateReading r where r.campaignId = :campaign and r.readingId < :before"
                + " order by r.readingId desc",
            GateReading.class)
        .setParameter("campaign", campaignId)
        .setParameter("before", before == null ? Long.MAX_VALUE : before)
        .setMaxResults(Math.min(limit, MAX_PAGE))
        .getResultList();
  }

  /** Keeps a reading, and lets old ones go that halted nothing. */
  public GateReading add(GateReading reading, long campaignId) {
    em().persist(reading);
    em().flush();
    List<Long> last =
        em().createQuery(
                "select r.readingId from GateReading r where r.campaignId = :campaign"
                    + " order by r.readingId desc",
                Long.class)
            .setParameter("campaign", campaignId)
            .setFirstResult(MAX_READINGS)
            .setMaxResults(1)
            .getResultList();
    if (!last.isEmpty()) {
      em().createQuery(
              "delete from GateReading r where r.campaignId = :campaign and r.exceeded = false"
                  + " and r.readingId <= :last")
          .setParameter("campaign", campaignId)
          .setParameter("last", last.getFirst())
          .executeUpdate();
    }
    return reading;
  }
}
