package org.hikae.it.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.hikae.problem.wire.ProblemCode.CONFLICT;
import static org.hikae.problem.wire.ProblemCode.EDITED_MEANWHILE;
import static org.hikae.problem.wire.ProblemCode.NOT_FOUND;

import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.hikae.audit.boundary.AuditQueries;
import org.hikae.audit.view.AuditCriteria;
import org.hikae.audit.view.AuditRow;
import org.hikae.identity.value.EmployeeId;
import org.hikae.identity.wire.RealmNames;
import org.hikae.insight.boundary.CampaignFunnelQueries;
import org.hikae.insight.view.CampaignFunnel;
import org.hikae.insight.view.RunningCampaign;
import org.hikae.it.container.fixture.ContainerAwait;
import org.hikae.it.container.fixture.ExpectedRefusal;
import org.hikae.it.container.fixture.MaintenanceFixture;
import org.hikae.it.container.fixture.PlainListener;
import org.hikae.it.container.fixture.PostgresOnly;
import org.hikae.it.container.fixture.ShippedEar;
import org.hikae.it.container.fixture.SimulatedCompany;
import org.hikae.it.container.fixture.TestCaller;
import org.hikae.problem.control.PageRequest;
import org.hikae.rollout.boundary.CampaignCommands;
import org.hikae.rollout.boundary.CampaignQueries;
import org.hikae.rollout.boundary.WaveListImport;
import org.hikae.rollout.job.CampaignJob;
import org.hikae.rollout.job.CampaignSteps;
import org.hikae.rollout.service.RolloutDecision;
import org.hikae.rollout.value.CampaignId;
import org.hikae.rollout.value.CampaignState;
import org.hikae.rollout.value.GateKind;
import org.hikae.rollout.value.RolloutBucket;
import org.hikae.rollout.value.WaveId;
import org.hikae.rollout.view.AudiencePreview;
import org.hikae.rollout.view.CampaignView;
import org.hikae.rollout.view.GateReadingView;
import org.hikae.rollout.view.GateView;
import org.hikae.rollout.view.PreviewAudience;
import org.hikae.rollout.view.PutCampaign;
import org.hikae.rollout.view.PutWave;
import org.hikae.rollout.view.StartWave;
import org.hikae.rollout.view.WaveListFault;
import org.hikae.rollout.view.WaveListReport;
import org.hikae.rollout.view.WaveView;
import org.hikae.rollout.view.WaveWait;
import org.hikae.testing.EveryThirdRun;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.as.arquillian.api.ServerSetup;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A rollout to 10,000 employees, in a short run 2,500, with faults put in: gates halt it and say
 * why, it goes on without losing or repeating anybody, nobody is in and then out, and timers of
 * several nodes at once do nothing twice (HK1-W-03 to HK1-W-09, HK1-W-13, HK1-W-14). Time budget:
 * 30 seconds beside the server's start.
 */
@PostgresOnly
@ExtendWith(ArquillianExtension.class)
@ServerSetup(PlainListener.class)
@EveryThirdRun
class RolloutSimulationIT {

  private static final TestCaller ADMIN =
      TestCaller.portal("admin-1", RealmNames.EMPLOYEE, RealmNames.BACKUP_ADMIN);
  private static final TestCaller AUDITOR =
      TestCaller.portal("auditor-1", RealmNames.EMPLOYEE, RealmNames.AUDITOR);
  private static final TestCaller HELPDESK =
      TestCaller.portal("helpdesk-1", RealmNames.EMPLOYEE, RealmNames.HELPDESK);
  private static final TestCaller EMPLOYEE = TestCaller.portal("employee-1", RealmNames.EMPLOYEE);

  /** Nodes whose timers look at the same moment, besides this server's own. */
  private static final int NODES = 4;

  /** Inside the server, which is told by its start what kind of run it is. */
  private static final int PEOPLE =
      "short".equals(System.getProperty("hikae.scope")) ? 2_500 : 10_000;

  private static final int FAILING = 60;
  private static final int OBSERVED = 200;
  private static final GateView GATE = new GateView(GateKind.FAILED_FIRST_BACKUPS, 10, 50);
  private static final Instant FAR = Instant.parse("2999-01-01T00:00:00Z");

  @Inject private CampaignCommands campaignCommands;
  @Inject private CampaignQueries campaignQueries;
  @Inject private WaveListImport lists;
  @Inject private CampaignFunnelQueries funnelQueries;
  @Inject private CampaignJob campaignJob;
  @Inject private CampaignSteps steps;
  @Inject private RolloutDecision rollout;
  @Inject private AuditQueries auditQueries;
  @Inject private MaintenanceFixture maintenanceFixture;

  private SimulatedCompany company;
  private long campaign;

  @Deployment
  static EnterpriseArchive ear() {
    return ShippedEar.withTests();
  }

  @BeforeEach
  void found() {
    company = new SimulatedCompany(maintenanceFixture.owner());
    campaign = 0;
  }

  @AfterEach
  void dissolve() throws Exception {
    if (campaign != 0) {
      company.forget(campaign);
    }
    company.dissolve();
  }

  @Test
  void a_gate_halts_and_whoever_is_invited_stays_so_while_waves_widen() throws Exception {
    company.hire(PEOPLE);
    campaign = create(List.of(GATE));
    addWave(new PutWave("tenth", null, null, 10));
    addWave(new PutWave("third", FAR, null, 30, 0, 0, 0));
    addWave(new PutWave("all", FAR, null, 100, 0, 0, 0));
    ADMIN.run(() -> campaignCommands.start(new CampaignId(campaign)));
    Map<Long, Instant> tenth = lookAtOnce();
    assertThat(tenth.keySet()).isEqualTo(share(10));

    // What happens among the first: of 200 devices 60 fail their first backup.
    ADMIN.run(() -> campaignCommands.pause(new CampaignId(campaign)));
    company.firstBackups(List.copyOf(tenth.keySet()), OBSERVED, FAILING);
    editWave(2, new PutWave("third", null, null, 30));
    ADMIN.run(() -> campaignCommands.resume(new CampaignId(campaign)));
    Map<Long, Instant> halted = lookAtOnce();
    assertThat(halted).as("nobody new, nobody lost").isEqualTo(tenth);
    assertHaltExplained();

    ADMIN.run(() -> campaignCommands.resume(new CampaignId(campaign)));
    Map<Long, Instant> third = lookAtOnce();
    assertThat(third.keySet()).isEqualTo(share(30));
    assertThat(third).as("in their old places").containsAllEntriesOf(tenth);
    assertThat(state()).isEqualTo(CampaignState.RUNNING);

    // Wider, narrower, and other groups: the same people and more.
    editWave(2, new PutWave("third", null, null, 60));
    Map<Long, Instant> wider = lookAtOnce();
    assertThat(wider.keySet()).isEqualTo(share(60));
    assertThat(wider).containsAllEntriesOf(third);
    editWave(2, new PutWave("third", null, List.of("/simulated/3"), null));
    company.leaveGroups();
    company.hireIn("/simulated/3/new", 40);
    Map<Long, Instant> groups = lookAtOnce();
    Set<Long> expected = new TreeSet<>(wider.keySet());
    expected.addAll(company.enabledIn("/simulated/3/new"));
    expected.addAll(share(10));
    assertThat(groups.keySet()).as("who came later").isEqualTo(expected);
    assertThat(groups).containsAllEntriesOf(wider);
    editWave(3, new PutWave("all", null, null, 100));
    Map<Long, Instant> all = lookAtOnce();
    assertThat(all.keySet()).isEqualTo(company.enabled(id -> true));
    assertThat(all).containsAllEntriesOf(groups);
    assertCancelledWithoutHarm(all);
  }

  private void assertHaltExplained() throws Exception {
    CampaignView view = AUDITOR.call(() -> campaignQueries.campaign(new CampaignId(campaign)));
    assertThat(view.state()).isEqualTo(CampaignState.HALTED);
    GateReadingView why = view.haltedBy();
    assertThat(why).isNotNull();
    assertThat(why.gate()).isEqualTo(GateKind.FAILED_FIRST_BACKUPS);
    assertThat(why.failing()).isEqualTo(FAILING);
    assertThat(why.observed()).isEqualTo(OBSERVED);
    assertThat(why.waveId()).isEqualTo(view.waves().getFirst().waveId());
    assertThat(view.waves().get(1).beganAt()).as("the next wave").isNull();
    assertThat(
            HELPDESK
                .call(
                    () ->
                        campaignQueries.readings(
                            new CampaignId(campaign), null, new PageRequest(10)))
                .readings())
        .contains(why);
    List<AuditRow> halts =
        AUDITOR
            .call(() -> auditQueries.page(AuditCriteria.ALL, null, new PageRequest(50)))
            .events()
            .stream()
            .filter(row -> row.object().equals("campaign:" + campaign))
            .filter(row -> row.action().equals("campaign.halt"))
            .toList();
    assertThat(halts).as("once, by whichever node saw it").hasSize(1);
    assertThat(halts.getFirst().detail()).contains("\"failing\":\"60\"", "\"observed\":\"200\"");
    assertThat(
            maintenanceFixture.number(
                "select count(*) from notice where kind = 'campaign.halted' and employee_id is"
                    + " null and detail like '%\"campaign\":\""
                    + campaign
                    + "\"%'"))
        .isEqualTo(1);
  }

  private void assertCancelledWithoutHarm(Map<Long, Instant> all) throws Exception {
    // Of this simulation: other tests offer the backup to groups of their own people.
    String ours =
        "(i.employee_id) from rollout_invitation i join employee e on e.employee_id ="
            + " i.employee_id where e.issuer = 'simulation' and i.campaign_id = "
            + campaign;
    long taker = maintenanceFixture.number("select min" + ours);
    long other = maintenanceFixture.number("select max" + ours);
    rollout.optedIn(taker);
    assertThat(rollout.offered(other)).isTrue();
    // Those of other tests who opted in by another offer keep this one, too.
    long others =
        maintenanceFixture.number(
            "select count(*) from rollout_invitation i where i.campaign_id = "
                + campaign
                + " and exists (select 1 from backup_set s where s.current_of = i.employee_id)");
    long devices = maintenanceFixture.number("select count(*) from device");
    CampaignView cancelled = ADMIN.call(() -> campaignCommands.cancel(new CampaignId(campaign)));
    assertThat(cancelled.state()).isEqualTo(CampaignState.CANCELLED);
    assertThat(cancelled.invited()).as("rows are kept").isEqualTo(all.size());
    assertThat(rollout.offered(taker)).isTrue();
    assertThat(rollout.offered(other)).isFalse();
    assertThat(maintenanceFixture.number("select count(*) from device")).isEqualTo(devices);
    CampaignFunnel funnel = HELPDESK.call(() -> funnelQueries.funnel(new CampaignId(campaign)));
    assertThat(funnel.waves())
        .extracting(CampaignFunnel.FunnelStage::number)
        .containsExactly(1, 2, 3);
    assertThat(funnel.waves().stream().mapToLong(CampaignFunnel.FunnelStage::invited).sum())
        .isEqualTo(all.size());
    assertThat(funnel.waves().stream().mapToLong(CampaignFunnel.FunnelStage::offered).sum())
        .isEqualTo(1 + others);
    ExpectedRefusal.with(CONFLICT, ADMIN, () -> campaignCommands.resume(new CampaignId(campaign)));
    assertThat(lookAtOnce()).isEqualTo(all);
  }

  @Test
  void a_step_is_one_batch_and_the_next_goes_on_where_it_was() throws Exception {
    company.hire(2500);
    campaign = create(List.of());
    addWave(new PutWave("all", null, List.of("/simulated"), null));
    addWave(new PutWave("nobody", FAR, List.of("/simulated"), null));
    AudiencePreview before =
        AUDITOR.call(
            () ->
                campaignQueries.preview(
                    new CampaignId(campaign),
                    new PreviewAudience(List.of("/simulated"), null, null),
                    null,
                    new PageRequest(5)));
    assertThat(before.people()).isEqualTo(2500);
    assertThat(before.invited()).isZero();
    assertThat(before.groups()).hasSize(10).allMatch(group -> group.people() == 250);
    assertThat(before.page()).hasSize(5);
    AudiencePreview next =
        AUDITOR.call(
            () ->
                campaignQueries.preview(
                    new CampaignId(campaign),
                    new PreviewAudience(List.of("/simulated"), null, null),
                    new EmployeeId(Objects.requireNonNull(before.next())),
                    new PageRequest(200)));
    assertThat(next.page()).hasSize(200).doesNotContainAnyElementsOf(before.page());
    ADMIN.run(() -> campaignCommands.start(new CampaignId(campaign)));
    assertThat(steps.step(campaign)).as("begins").isTrue();
    while (steps.step(campaign)) {
      assertThat(company.invited(campaign).size() % CampaignSteps.BATCH).isZero();
    }
    assertThat(company.invited(campaign).keySet()).isEqualTo(company.enabledIn("/simulated"));
    assertThat(view().waves().getFirst().invitedAt()).isNotNull();
    assertThat(view().waves().getLast().beganAt()).as("not before its time").isNull();
    ContainerAwait.until(
        () -> HELPDESK.call(funnelQueries::running).filter(this::isAllOffered).isPresent());
    ADMIN.run(() -> campaignCommands.complete(new CampaignId(campaign)));
    // What is shown of it may be a quarter of a minute old; what it is made of is not.
    assertThat(
            HELPDESK
                .call(() -> campaignQueries.list(null, CampaignState.RUNNING, new PageRequest(10)))
                .campaigns())
        .noneMatch(running -> running.campaignId() == campaign);
    company.hireIn("/simulated/9", 1);
    assertThat(steps.step(campaign)).isFalse();
    assertThat(company.invited(campaign)).hasSize(2500);
  }

  @Test
  void a_wave_waits_for_the_one_before_until_somebody_begins_it() throws Exception {
    company.hire(20);
    campaign = create(List.of());
    addWave(new PutWave("pilot", null, List.of("/simulated/1"), null));
    addWave(new PutWave("most", null, List.of("/simulated"), null));
    addWave(new PutWave("nobody new", null, List.of("/simulated"), null, 0, 50, 0));
    assertThat(view().waves())
        .extracting(WaveView::soakDays, WaveView::minHealthyPercent, WaveView::minObserved)
        .containsExactly(tuple(0, 0, 0), tuple(3, 90, 5), tuple(0, 50, 0));
    ADMIN.run(() -> campaignCommands.start(new CampaignId(campaign)));
    Map<Long, Instant> pilot = lookAtOnce();
    assertThat(pilot.keySet()).hasSize(2).isEqualTo(company.enabledIn("/simulated/1"));
    WaveWait waits =
        HELPDESK.call(() -> campaignQueries.waits(new CampaignId(campaign))).orElseThrow();
    WaveView most = view().waves().get(1);
    assertThat(waits.waveId()).isEqualTo(most.waveId());
    assertThat(waits.soaking()).isEqualTo(1);
    assertThat(waits.needed()).as("both of the pilot").isEqualTo(2);
    assertThat(waits.until()).isNotNull();
    assertThat(waits.isOver()).isFalse();

    StartWave why = new StartWave("The pilot is on holiday");
    WaveId next = new WaveId(most.waveId());
    ExpectedRefusal.byRole(
        HELPDESK, () -> campaignCommands.startWave(new CampaignId(campaign), next, why));
    for (int other : new int[] {0, 2}) {
      WaveId wrong = new WaveId(view().waves().get(other).waveId());
      ExpectedRefusal.with(
          CONFLICT, ADMIN, () -> campaignCommands.startWave(new CampaignId(campaign), wrong, why));
    }
    ADMIN.run(() -> campaignCommands.startWave(new CampaignId(campaign), next, why));
    assertThat(lookAtOnce().keySet()).isEqualTo(company.enabledIn("/simulated"));
    assertThat(view().waves().getLast().beganAt()).as("nobody observed is enough").isNotNull();
    assertThat(
            AUDITOR
                .call(() -> auditQueries.page(AuditCriteria.ALL, null, new PageRequest(50)))
                .events()
                .stream()
                .filter(row -> row.object().equals("campaign:" + campaign))
                .filter(row -> row.action().equals("campaign.wave-start"))
                .filter(row -> row.detail().contains("\"reason\":\"The pilot is on holiday\"")))
        .singleElement()
        .satisfies(row -> assertThat(row.actorSubject()).isEqualTo("admin-1"));
  }

  private boolean isAllOffered(RunningCampaign running) {
    return running.equals(new RunningCampaign(campaign, "simulation", 2500, 0, 0, 0, 0));
  }

  @Test
  void a_list_is_taken_whole_or_not_at_all_and_only_by_those_who_may() throws Exception {
    company.hire(1000);
    campaign = create(List.of());
    addWave(new PutWave("list", null, null, null));
    long wave = view().waves().getFirst().waveId();
    String names =
        LongStream.range(0, 1000)
            .mapToObj(i -> "simulated-" + i + "\r\n")
            .collect(Collectors.joining());
    byte[] clean = ("username\r\n" + names).getBytes(StandardCharsets.UTF_8);
    byte[] wrong =
        "username\r\nsimulated-1\r\nSIMULATED-1\r\nnobody-at-all\r\n\r\nsimulated-2\r\n"
            .getBytes(StandardCharsets.UTF_8);
    WaveListReport dry =
        ADMIN.call(() -> lists.take(new CampaignId(campaign), new WaveId(wave), wrong, null, true));
    assertThat(dry.imported()).isFalse();
    assertThat(dry.faulty())
        .containsExactly(
            new WaveListReport.Fault(3, "SIMULATED-1", WaveListFault.DUPLICATE),
            new WaveListReport.Fault(4, "nobody-at-all", WaveListFault.UNKNOWN),
            new WaveListReport.Fault(5, "", WaveListFault.EMPTY));
    ExpectedRefusal.with(
        org.hikae.problem.wire.ProblemCode.ROWS_REFUSED,
        ADMIN,
        () -> lists.take(new CampaignId(campaign), new WaveId(wave), wrong, null, false));
    assertThat(view().waves().getFirst().listed()).isZero();
    WaveListReport taken =
        ADMIN.call(
            () -> lists.take(new CampaignId(campaign), new WaveId(wave), clean, "username", false));
    assertThat(taken).isEqualTo(new WaveListReport(true, "username", 1000, 1000, 0, List.of()));
    assertThat(view().waves().getFirst().listed()).isEqualTo(1000);

    ExpectedRefusal.byRole(EMPLOYEE, () -> campaignQueries.campaign(new CampaignId(campaign)));
    ExpectedRefusal.byRole(EMPLOYEE, () -> funnelQueries.funnel(new CampaignId(campaign)));
    ExpectedRefusal.byRole(EMPLOYEE, funnelQueries::running);
    ExpectedRefusal.byRole(
        AUDITOR, () -> lists.take(new CampaignId(campaign), new WaveId(wave), clean, null, true));
    ExpectedRefusal.byRole(HELPDESK, () -> campaignCommands.start(new CampaignId(campaign)));
    ExpectedRefusal.with(
        NOT_FOUND, HELPDESK, () -> funnelQueries.funnel(new CampaignId(Long.MAX_VALUE)));
    PutCampaign mine = new PutCampaign("mine", null, List.of());
    ExpectedRefusal.with(
        EDITED_MEANWHILE, ADMIN, () -> campaignCommands.edit(new CampaignId(campaign), 1L, mine));
    assertThat(
            ADMIN
                .call(() -> campaignCommands.edit(new CampaignId(campaign), view().edition(), mine))
                .name())
        .isEqualTo("mine");
  }

  /** Of everybody as they are now. */
  private Set<Long> share(int percent) throws Exception {
    RolloutBucket rolloutBucket = new RolloutBucket(campaign);
    Set<Long> everybody = company.enabled(id -> true);
    if (everybody.size() > RolloutBucket.EXACT_UP_TO) {
      return company.enabled(id -> rolloutBucket.of(id) < percent);
    }
    return everybody.stream()
        .sorted(
            Comparator.comparingInt((Long id) -> rolloutBucket.of(id))
                .thenComparing(Comparator.naturalOrder()))
        .limit(RolloutBucket.people(everybody.size(), percent))
        .collect(Collectors.toSet());
  }

  private long create(List<GateView> gates) throws Exception {
    return ADMIN
        .call(() -> campaignCommands.create(new PutCampaign("simulation", null, gates)))
        .campaignId();
  }

  private void addWave(PutWave wave) throws Exception {
    ADMIN.run(() -> campaignCommands.addWave(new CampaignId(campaign), wave));
  }

  private void editWave(int number, PutWave wanted) throws Exception {
    CampaignView view = view();
    ADMIN.run(
        () ->
            campaignCommands.editWave(
                new CampaignId(campaign),
                new WaveId(view.waves().get(number - 1).waveId()),
                view.edition(),
                wanted));
  }

  private CampaignView view() throws Exception {
    return AUDITOR.call(() -> campaignQueries.campaign(new CampaignId(campaign)));
  }

  private CampaignState state() throws Exception {
    return view().state();
  }

  /** The timers of several nodes look at once; who is invited then, and since when. */
  private Map<Long, Instant> lookAtOnce() throws Exception {
    try (ExecutorService pool = Executors.newFixedThreadPool(NODES)) {
      List<Future<?>> looks = new ArrayList<>();
      for (int i = 0; i < NODES; i++) {
        looks.add(pool.submit(campaignJob::run));
      }
      for (Future<?> look : looks) {
        look.get();
      }
    }
    // A node that found the row held for too long gives up for now; its next look goes on.
    campaignJob.run();
    return company.invited(campaign);
  }
}
