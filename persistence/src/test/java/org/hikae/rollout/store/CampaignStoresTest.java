package org.hikae.rollout.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hikae.identity.entity.Employee;
import org.hikae.identity.value.EmployeeState;
import org.hikae.persistence.testing.EmployeeFixture;
import org.hikae.persistence.testing.OnBothDatabases;
import org.hikae.persistence.testing.TestDatabase;
import org.hikae.rollout.entity.Campaign;
import org.hikae.rollout.entity.Gate;
import org.hikae.rollout.entity.GateReading;
import org.hikae.rollout.entity.Wave;
import org.hikae.rollout.value.Audience;
import org.hikae.rollout.value.CampaignState;
import org.hikae.rollout.value.GateKind;
import org.hikae.rollout.value.RolloutBucket;
import org.hikae.rollout.value.SoakRule;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Campaigns, audiences and invitations on both databases (HK1-W-02 to HK1-W-07). */
@EveryThirdRun
class CampaignStoresTest extends OnBothDatabases {

  private static final Instant NOW = EmployeeFixture.START;
  private static final AtomicInteger NEXT = new AtomicInteger();

  private static Campaign campaign(EntityManager em) {
    Campaign campaign = new Campaign("issuer", "ann", NOW);
    campaign.describe("c", null, Map.of());
    return new CampaignStore(em).add(campaign);
  }

  private static Wave wave(EntityManager em, Campaign campaign, int number) {
    Wave wave = new Wave(campaign, number);
    wave.describe("w" + number, null);
    wave.toList();
    return new CampaignStore(em).add(wave);
  }

  private static Employee member(EntityManager em, EmployeeState state, String... groups) {
    Employee employee = EmployeeFixture.employee(em, "Member" + NEXT.getAndIncrement() + "-");
    employee.synced(state, Set.of(groups), NOW);
    em.flush();
    return employee;
  }

  private static List<Long> invited(EntityManager em, long campaignId) {
    return em.createQuery(
            "select i.key.employeeId from Invitation i where i.key.campaignId = :c"
                + " order by i.key.employeeId",
            Long.class)
        .setParameter("c", campaignId)
        .getResultList();
  }

  @ParameterizedTest
  @MethodSource("databases")
  void the_database_figures_the_same_places(TestDatabase database) {
    database.inTransaction(
        em -> {
          List<Long> people =
              IntStream.range(0, 300)
                  .mapToObj(i -> member(em, EmployeeState.ENABLED, "/placed").employeeId())
                  .toList();
          List<Long> everybody =
              em.createQuery(
                      "select e.employeeId from Employee e where e.state = :enabled", Long.class)
                  .setParameter("enabled", EmployeeState.ENABLED)
                  .getResultList();
          assertThat(everybody).containsAll(people).hasSizeLessThan(RolloutBucket.EXACT_UP_TO);
          for (long campaign : new long[] {1, 77, 1L << 40}) {
            RolloutBucket rolloutBucket = new RolloutBucket(campaign);
            for (int percent : new int[] {1, 10, 30, 99, 100}) {
              List<Long> expected =
                  everybody.stream()
                      .sorted(
                          Comparator.comparingInt((Long id) -> rolloutBucket.of(id))
                              .thenComparing(Comparator.naturalOrder()))
                      .limit(RolloutBucket.people(everybody.size(), percent))
                      .toList();
              AudienceSql sql = AudienceSql.of(em, new Audience.Percent(campaign, percent));
              List<?> found =
                  em.createNativeQuery("select e.employee_id" + sql.from(), Long.class)
                      .getResultList();
              assertThat(found.stream().map(Long.class::cast))
                  .as("campaign %s, %s percent", campaign, percent)
                  .containsExactlyInAnyOrderElementsOf(expected);
            }
          }
          return true;
        });
  }

  @ParameterizedTest
  @MethodSource("databases")
  void people_join_and_leave_a_list_one_by_one(TestDatabase database) {
    database.inTransaction(
        em -> {
          AudienceStore audiences = new AudienceStore(em);
          Wave wave = wave(em, campaign(em), 1);
          long list = wave.waveId();
          long one = member(em, EmployeeState.ENABLED).employeeId();
          long two = member(em, EmployeeState.ENABLED).employeeId();
          Employee gone = member(em, EmployeeState.DISABLED);
          Audience picked = new Audience.Picked(0, Set.of(one, gone.employeeId()), Set.of());
          assertThat(people(audiences, picked)).containsExactly(one);

          audiences.addToList(list, List.of(one));
          audiences.addToList(list, List.of(one, two));
          audiences.addToList(list, List.of());
          assertThat(people(audiences, wave.audience())).containsExactlyInAnyOrder(one, two);
          picked = new Audience.Picked(list, Set.of(), Set.of(two));
          assertThat(people(audiences, picked)).containsExactly(one);
          audiences.removeFromList(list, List.of(one, 0L));
          assertThat(people(audiences, wave.audience())).containsExactly(two);
          picked = new Audience.Picked(list, Set.of(one), Set.of());
          assertThat(people(audiences, picked)).containsExactlyInAnyOrder(one, two);
          assertThat(audiences.count(new Audience.Picked(0, Set.of(), Set.of()))).isZero();

          assertThat(audiences.named(gone.username(), 5)).isEmpty();
          return true;
        });
  }

  @ParameterizedTest
  @MethodSource("databases")
  void people_are_found_by_a_part_of_what_they_are_called(TestDatabase database) {
    database.inTransaction(
        em -> {
          AudienceStore audiences = new AudienceStore(em);
          Employee taro = member(em, EmployeeState.ENABLED);
          String name = taro.displayName();
          assertThat(audiences.named(name.toUpperCase(Locale.ROOT), 5))
              .extracting(AudienceStore.AudienceMember::employeeId)
              .contains(taro.employeeId());
          assertThat(audiences.named(name + "%", 5)).isEmpty();
          assertThat(audiences.named("e", 1)).hasSizeLessThanOrEqualTo(1);
          return true;
        });
  }

  private static List<Long> people(AudienceStore audiences, Audience audience) {
    return audiences.page(audience, null, 10).stream()
        .map(AudienceStore.AudienceMember::employeeId)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("databases")
  void an_audience_of_groups_has_those_below_and_nobody_disabled(TestDatabase database) {
    database.inTransaction(
        em -> {
          Employee here = member(em, EmployeeState.ENABLED, "/a_b");
          Employee below = member(em, EmployeeState.ENABLED, "/a_b/c", "/other");
          member(em, EmployeeState.ENABLED, "/aXb", "/a_bc");
          member(em, EmployeeState.DISABLED, "/a_b");
          member(em, EmployeeState.GONE, "/a_b");
          AudienceStore audiences = new AudienceStore(em);
          Audience groups = new Audience.Groups(Set.of("/a_b"));
          assertThat(audiences.count(groups)).isEqualTo(2);
          List<AudienceStore.AudienceMember> first = audiences.page(groups, null, 1);
          assertThat(first).hasSize(1);
          List<AudienceStore.AudienceMember> second =
              audiences.page(groups, first.getFirst().employeeId(), 5);
          assertThat(Stream.concat(first.stream(), second.stream()))
              .extracting(AudienceStore.AudienceMember::employeeId)
              .containsExactlyInAnyOrder(here.employeeId(), below.employeeId());
          assertThat(audiences.groups(groups))
              .extracting(AudienceStore.GroupCount::groupPath)
              .containsExactly("/a_b", "/a_b/c", "/other");
          assertThat(audiences.count(new Audience.Groups(Set.of("/nobody")))).isZero();
          assertThat(audiences.groups(new Audience.Groups(Set.of("/nobody")))).isEmpty();
          return true;
        });
  }

  @ParameterizedTest
  @MethodSource("databases")
  void everybody_is_invited_once_in_batches_and_who_joins_later_too(TestDatabase database) {
    database.inTransaction(
        em -> {
          List<Long> people = new ArrayList<>();
          for (int i = 0; i < 5; i++) {
            people.add(member(em, EmployeeState.ENABLED, "/batch").employeeId());
          }
          Campaign campaign = campaign(em);
          Wave wave = wave(em, campaign, 1);
          wave.toGroups(Set.of("/batch"));
          InvitationStore invitations = new InvitationStore(em);
          em.flush();
          assertThat(invitations.invite(wave, NOW, 2)).isEqualTo(2);
          assertThat(invited(em, campaign.campaignId())).isEqualTo(people.subList(0, 2));
          assertThat(invitations.invite(wave, NOW, 2)).isEqualTo(2);
          assertThat(invitations.invite(wave, NOW, 2)).isEqualTo(1);
          assertThat(invitations.anyLeft(wave)).isFalse();
          assertThat(invitations.invite(wave, NOW, 2)).isZero();
          long late = member(em, EmployeeState.ENABLED, "/batch/late").employeeId();
          assertThat(invitations.anyLeft(wave)).isTrue();
          assertThat(invitations.invite(wave, NOW, 2)).isEqualTo(1);
          people.add(late);
          assertThat(invited(em, campaign.campaignId())).isEqualTo(people);
          assertThat(new AudienceStore(em).countInvited(wave.audience(), campaign.campaignId()))
              .isEqualTo(6);
          wave.toGroups(Set.of("/elsewhere"));
          em.flush();
          assertThat(invitations.invite(wave, NOW, 2)).isZero();
          assertThat(invited(em, campaign.campaignId())).as("narrowed").isEqualTo(people);
          return true;
        });
  }

  @ParameterizedTest
  @MethodSource("databases")
  void batches_at_the_same_moment_repeat_nobody(TestDatabase database) throws Exception {
    long[] ids =
        database.inTransaction(
            em -> {
              for (int i = 0; i < 60; i++) {
                member(em, EmployeeState.ENABLED, "/at-once");
              }
              Campaign campaign = campaign(em);
              Wave wave = wave(em, campaign, 1);
              wave.toGroups(Set.of("/at-once"));
              return new long[] {campaign.campaignId(), wave.waveId()};
            });
    int sum = 0;
    try (ExecutorService pool = Executors.newFixedThreadPool(6)) {
      List<Future<Integer>> all =
          IntStream.range(0, 12)
              .mapToObj(i -> pool.submit(() -> database.inTransaction(em -> batch(em, ids))))
              .toList();
      for (Future<Integer> one : all) {
        sum += one.get();
      }
    }
    assertThat(sum).isEqualTo(60);
    assertThat(database.<List<Long>>inTransaction(em -> invited(em, ids[0]))).hasSize(60);
  }

  @ParameterizedTest
  @MethodSource("databases")
  void who_holds_a_campaign_sees_what_the_one_before_did(TestDatabase database) throws Exception {
    long id =
        database.inTransaction(
            em -> {
              Campaign campaign = campaign(em);
              campaign.describe("c", null, Map.of(GateKind.VAULT_ERRORS, new Gate(1, 1)));
              campaign.run(NOW);
              return campaign.campaignId();
            });
    CyclicBarrier together = new CyclicBarrier(8);
    try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
      List<Future<Boolean>> all =
          IntStream.range(0, 8)
              .mapToObj(
                  i -> pool.submit(() -> database.inTransaction(em -> halted(em, id, together))))
              .toList();
      int halted = 0;
      for (Future<Boolean> one : all) {
        halted += one.get() ? 1 : 0;
      }
      assertThat(halted).isEqualTo(1);
    }
  }

  private static boolean halted(EntityManager em, long id, CyclicBarrier together) {
    assertThat(new CampaignStore(em).count()).as("connected").isPositive();
    try {
      together.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new IllegalStateException(e);
    }
    Campaign campaign = new CampaignStore(em).lock(id).orElseThrow();
    if (campaign.state() != CampaignState.RUNNING) {
      return false;
    }
    campaign.halt(1);
    return true;
  }

  private static int batch(EntityManager em, long[] ids) {
    CampaignStore campaigns = new CampaignStore(em);
    assertThat(campaigns.lock(ids[0])).isPresent();
    return new InvitationStore(em).invite(campaigns.wave(ids[0], ids[1]).orElseThrow(), NOW, 7);
  }

  @ParameterizedTest
  @MethodSource("databases")
  void a_campaign_that_is_taken_back_leaves_those_alone_who_opted_in(TestDatabase database) {
    database.inTransaction(
        em -> {
          long taker = member(em, EmployeeState.ENABLED, "/back").employeeId();
          long other = member(em, EmployeeState.ENABLED, "/back").employeeId();
          long before = member(em, EmployeeState.ENABLED, "/back").employeeId();
          Campaign campaign = campaign(em);
          Wave wave = wave(em, campaign, 1);
          wave.toGroups(Set.of("/back"));
          em.flush();
          InvitationStore invitations = new InvitationStore(em);
          invitations.invite(wave, NOW, 10);
          invitations.seen(taker, NOW);
          invitations.seen(other, NOW);
          invitations.optedIn(taker, NOW);
          long id = campaign.campaignId();
          assertThat(invitations.undecided(id, 0)).containsExactly(other, before);
          assertThat(invitations.undecided(id, other)).containsExactly(before);
          invitations.keep(id, Set.of(before, taker, Long.MAX_VALUE), NOW.plusSeconds(1));
          invitations.keep(id, Set.of(), NOW);
          assertThat(invitations.undecided(id, 0)).containsExactly(other);
          assertThat(invitations.countByWave(id)).containsExactly(Map.entry(wave.waveId(), 3L));
          assertThat(invitations.withdraw(campaign.campaignId(), NOW)).isEqualTo(1);
          assertThat(invitations.countByWave(id)).containsExactly(Map.entry(wave.waveId(), 2L));
          assertThat(invitations.withdraw(campaign.campaignId(), NOW)).isZero();
          em.clear();
          assertThat(invitations.standing(taker))
              .singleElement()
              .satisfies(
                  standing -> {
                    assertThat(standing.seen()).isTrue();
                    assertThat(standing.optedIn()).isTrue();
                    assertThat(standing.stands()).isTrue();
                    assertThat(standing.waveId()).isEqualTo(wave.waveId());
                    assertThat(standing.invitedAt()).isEqualTo(NOW);
                  });
          assertThat(invitations.standing(other)).isEmpty();
          assertThat(invitations.standing(before)).hasSize(1);
          assertThat(invitations.count(campaign.campaignId())).isEqualTo(3);
          return true;
        });
  }

  @ParameterizedTest
  @MethodSource("databases")
  void readings_are_bounded_and_those_that_halted_stay(TestDatabase database) {
    database.inTransaction(
        em -> {
          Campaign campaign = campaign(em);
          campaign.describe("c", "d", Map.of(GateKind.VAULT_ERRORS, new Gate(10, 5)));
          Wave wave = wave(em, campaign, 1);
          CampaignStore campaigns = new CampaignStore(em);
          Gate gate = new Gate(10, 5);
          long halt = read(campaigns, wave, gate, 5).readingId();
          for (int i = 0; i < CampaignStore.MAX_READINGS + 5; i++) {
            em.detach(read(campaigns, wave, gate, 0));
          }
          long kept =
              em.createQuery(
                      "select count(r) from GateReading r where r.campaignId = :c", Long.class)
                  .setParameter("c", campaign.campaignId())
                  .getSingleResult();
          assertThat(kept).isEqualTo(CampaignStore.MAX_READINGS + 1);
          assertThat(campaigns.reading(halt).orElseThrow().exceeded()).isTrue();
          assertThat(campaigns.newestReadings(campaign.campaignId())).hasSize(1);
          em.flush();
          em.clear();
          assertThat(campaigns.find(campaign.campaignId()).orElseThrow().gates())
              .containsExactly(Map.entry(GateKind.VAULT_ERRORS, gate));
          return true;
        });
  }

  private static GateReading read(CampaignStore campaigns, Wave wave, Gate gate, long failing) {
    return campaigns.add(
        new GateReading(wave, GateKind.VAULT_ERRORS, gate, 10, failing, 10, NOW),
        wave.campaignId());
  }

  @ParameterizedTest
  @MethodSource("databases")
  void a_list_is_replaced_and_names_are_found_in_any_case(TestDatabase database) {
    database.inTransaction(
        em -> {
          Employee one = member(em, EmployeeState.ENABLED);
          one.rename("Taro.Sato", "Taro", "Taro@Example.org");
          Employee two = member(em, EmployeeState.DISABLED);
          two.rename("hanako", "Hanako", "taro@example.org");
          em.flush();
          AudienceStore audiences = new AudienceStore(em);
          assertThat(
                  audiences.candidates(
                      AudienceStore.IdentifierColumn.USERNAME, List.of("TARO.sato", "x")))
              .containsExactly(new AudienceStore.Candidate("taro.sato", one.employeeId(), true));
          assertThat(
                  audiences.candidates(
                      AudienceStore.IdentifierColumn.EMAIL, List.of("taro@example.ORG")))
              .hasSize(2);
          assertThat(
                  audiences.candidates(
                      AudienceStore.IdentifierColumn.SUBJECT, List.of(two.subject())))
              .containsExactly(new AudienceStore.Candidate(two.subject(), two.employeeId(), false));
          Campaign campaign = campaign(em);
          Wave wave = wave(em, campaign, 1);
          audiences.replaceList(wave.waveId(), List.of(one.employeeId(), two.employeeId()));
          assertThat(audiences.listed(wave.waveId())).isEqualTo(2);
          assertThat(audiences.count(wave.audience())).as("enabled").isEqualTo(1);
          audiences.replaceList(wave.waveId(), List.of(two.employeeId()));
          assertThat(audiences.count(wave.audience())).isZero();
          new CampaignStore(em).remove(wave);
          em.flush();
          assertThat(new CampaignStore(em).waves(campaign.campaignId())).isEmpty();
          return true;
        });
  }

  @ParameterizedTest
  @MethodSource("databases")
  void a_wave_keeps_what_it_asks_and_one_of_an_earlier_release_asks_nothing(TestDatabase database) {
    database.inTransaction(
        em -> {
          CampaignStore campaigns = new CampaignStore(em);
          long campaign = campaign(em).campaignId();
          Wave asking = wave(em, campaigns.find(campaign).orElseThrow(), 1);
          asking.soakBefore(new SoakRule(90, 100, 1_000_000));
          em.flush();
          em.createNativeQuery(
                  "insert into rollout_wave (campaign_id, number, name, audience) values ("
                      + campaign
                      + ", 2, 'before', 'LIST')")
              .executeUpdate();
          em.clear();
          assertThat(campaigns.waves(campaign))
              .extracting(Wave::soak)
              .containsExactly(new SoakRule(90, 100, 1_000_000), SoakRule.NONE);
          return true;
        });
  }

  @ParameterizedTest
  @MethodSource("databases")
  void campaigns_are_paged_by_state(TestDatabase database) {
    database.inTransaction(
        em -> {
          CampaignStore campaigns = new CampaignStore(em);
          Campaign first = campaign(em);
          Campaign second = campaign(em);
          second.run(NOW);
          em.flush();
          assertThat(campaigns.newestBefore(null, CampaignState.RUNNING, 10))
              .containsExactly(second);
          assertThat(campaigns.newestBefore(second.campaignId(), null, 1)).containsExactly(first);
          assertThat(campaigns.running()).containsExactly(second.campaignId());
          return true;
        });
  }

  @ParameterizedTest
  @MethodSource("databases")
  void the_application_can_take_no_invitation_away(TestDatabase database) throws SQLException {
    for (String sql :
        List.of(
            "delete from rollout_invitation",
            "delete from rollout_campaign",
            "update rollout_gate_reading set exceeded = false")) {
      try (Connection connection = database.application().getConnection();
          Statement statement = connection.createStatement()) {
        assertThatThrownBy(() -> statement.execute(sql)).as(sql).isInstanceOf(SQLException.class);
      }
    }
  }
}
