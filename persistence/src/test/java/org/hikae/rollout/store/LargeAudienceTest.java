package org.hikae.rollout.store;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.hikae.insight.store.CampaignFigures;
import org.hikae.persistence.testing.EmployeeFixture;
import org.hikae.persistence.testing.TestDatabase;
import org.hikae.rollout.entity.Campaign;
import org.hikae.rollout.entity.Wave;
import org.hikae.rollout.value.Audience;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Audiences, batches, gates and funnel with 100,000 employees on PostgreSQL. */
@FullRunOnly
class LargeAudienceTest {

  private static final int PEOPLE = 100_000;

  private static TestDatabase database;

  @BeforeAll
  static void hire() throws SQLException {
    database = TestDatabase.postgres();
    try (Connection connection = database.owner().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          insert into employee (issuer, subject, username, display_name, state, first_seen_at)
            select 'large', n, 'u' || n, 'Name ' || md5(n::text), 'ENABLED', now()
            from generate_series(1, {people}) n;
          insert into employee_group (employee_id, group_path)
            select employee_id, '/d' || employee_id % 300 from employee;
          insert into employee_group (employee_id, group_path)
            select employee_id, '/site/' || employee_id % 20 from employee;
          insert into device (device_id, employee_id, name, platform, agent_version, public_key,
              state, enrolled_at, last_backup_at)
            select md5(employee_id::text), employee_id, 'x', 'x', '1', '', 'ACTIVE', now(),
              case when employee_id % 3 = 0 then now() end from employee;
          insert into backup_set (set_id, employee_id, current_of, generation, state,
              created_by_device, created_at)
            select device_id, employee_id, employee_id, 1, 'ACTIVE', device_id, now() from device;
          insert into vault_contact (device_id, employee_id, answered_at)
            select device_id, employee_id, now() from device;
          analyze;
          """
              .replace("{people}", Integer.toString(PEOPLE)));
    }
  }

  @AfterAll
  static void close() throws IOException {
    database.shutDown();
  }

  private static <T> T timed(String what, Function<EntityManager, T> work) {
    long start = System.nanoTime();
    T result = database.inTransaction(work);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    System.getLogger(LargeAudienceTest.class.getName())
        .log(System.Logger.Level.INFO, what + ": " + took.toMillis() + " ms");
    return result;
  }

  @Test
  void everybody_is_previewed_invited_and_watched_in_time() {
    long[] ids =
        database.inTransaction(
            em -> {
              Campaign campaign = new Campaign("issuer", "ann", EmployeeFixture.START);
              campaign.describe("c", null, Map.of());
              campaign.run(EmployeeFixture.START);
              CampaignStore campaigns = new CampaignStore(em);
              campaigns.add(campaign);
              Wave wave = new Wave(campaign, 1);
              wave.describe("all", null);
              wave.toPercent(99);
              return new long[] {campaign.campaignId(), campaigns.add(wave).waveId()};
            });
    for (Audience audience :
        Set.of(
            new Audience.Percent(ids[0], 100),
            new Audience.Percent(ids[0], 50),
            new Audience.Groups(Set.of("/site")))) {
      long people =
          timed(
              "preview of " + audience,
              em -> {
                AudienceStore audiences = new AudienceStore(em);
                assertThat(audiences.page(audience, null, 50)).hasSize(50);
                assertThat(audiences.groups(audience)).hasSize(320);
                assertThat(audiences.countInvited(audience, ids[0])).isZero();
                return audiences.count(audience);
              });
      assertThat(people).isGreaterThan(PEOPLE / 3);
    }
    int invited = 0;
    int batch;
    do {
      batch = timed("batch", em -> invite(em, ids));
      invited += batch;
    } while (batch == CampaignStore.MAX_PAGE && invited < 3000);
    database.inTransaction(
        em ->
            em.createNativeQuery(
                    "insert into rollout_invitation (campaign_id, employee_id, wave_id, invited_at)"
                        + " select "
                        + ids[0]
                        + ", employee_id, "
                        + ids[1]
                        + ", now() from employee on conflict do nothing")
                .executeUpdate());
    int left = timed("batch with nobody left", em -> invite(em, ids));
    assertThat(left).isZero();
    Instant now = EmployeeFixture.START.plus(Duration.ofDays(3650));
    timed(
        "first backups", em -> new CampaignFigures(em).firstBackups(ids[0], EmployeeFixture.START));
    timed(
        "vault contacts",
        em -> new CampaignFigures(em).vaultContacts(ids[0], EmployeeFixture.START));
    timed(
        "stale devices",
        em -> new CampaignFigures(em).staleDevices(ids[0], EmployeeFixture.START, now));
    List<CampaignFigures.Funnel> funnel =
        timed("funnel", em -> new CampaignFigures(em).funnel(ids[0], now));
    assertThat(funnel).extracting(CampaignFigures.Funnel::offered).containsExactly((long) PEOPLE);
  }

  private static int invite(EntityManager em, long[] ids) {
    Wave wave = new CampaignStore(em).wave(ids[0], ids[1]).orElseThrow();
    return new InvitationStore(em).invite(wave, EmployeeFixture.START, CampaignStore.MAX_PAGE);
  }
}
