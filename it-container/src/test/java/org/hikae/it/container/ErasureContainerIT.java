package org.hikae.it.container;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hikae.problem.wire.ProblemCode.CONFLICT;
import static org.hikae.problem.wire.ProblemCode.FORBIDDEN;
import static org.hikae.problem.wire.ProblemCode.NOT_FOUND;
import static org.hikae.problem.wire.ProblemCode.NOT_OPTED_IN;
import static org.hikae.problem.wire.ProblemCode.REAUTHENTICATE;
import static org.hikae.problem.wire.ProblemCode.SET_EXISTS;

import jakarta.ejb.EJBException;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hikae.approval.boundary.ApprovalCommands;
import org.hikae.approval.view.ApprovalView;
import org.hikae.backup.boundary.SnapshotQueries;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.enrollment.boundary.OwnConsentCommands;
import org.hikae.enrollment.boundary.WrapCommands;
import org.hikae.enrollment.value.ConsentAction;
import org.hikae.enrollment.view.OwnConsentDecision;
import org.hikae.enrollment.wire.OptInState;
import org.hikae.identity.value.EmployeeId;
import org.hikae.identity.wire.RealmNames;
import org.hikae.insight.boundary.EmployeeListQueries;
import org.hikae.insight.view.EmployeeCriteria;
import org.hikae.insight.view.EmployeeRow;
import org.hikae.it.container.fixture.DualControlFixture;
import org.hikae.it.container.fixture.ExpectedRefusal;
import org.hikae.it.container.fixture.MaintenanceFixture;
import org.hikae.it.container.fixture.PlainListener;
import org.hikae.it.container.fixture.ShippedEar;
import org.hikae.it.container.fixture.StoredBytesFixture;
import org.hikae.it.container.fixture.TestCaller;
import org.hikae.lifecycle.boundary.EmployeeErasureQueries;
import org.hikae.lifecycle.boundary.LegalHoldCommands;
import org.hikae.lifecycle.boundary.OptOutCommands;
import org.hikae.lifecycle.boundary.ReceiptKeyQueries;
import org.hikae.lifecycle.job.ErasureSteps;
import org.hikae.lifecycle.value.ErasureId;
import org.hikae.lifecycle.value.ErasureState;
import org.hikae.lifecycle.view.ErasureView;
import org.hikae.lifecycle.view.OfferedErasure;
import org.hikae.lifecycle.view.OptOutPlan;
import org.hikae.lifecycle.view.ReceiptKeyJwk;
import org.hikae.lifecycle.view.SetLegalHold;
import org.hikae.policy.boundary.PolicyCommands;
import org.hikae.policy.view.PutPolicy;
import org.hikae.problem.control.PageRequest;
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
 * Opting out, its grace, and erasing what it was about, over days that pass in a moment (HK1-H-08
 * to HK1-H-11). Time budget: 20 seconds on each database beside the server's start.
 */
@ExtendWith(ArquillianExtension.class)
@ServerSetup(PlainListener.class)
class ErasureContainerIT {

  private static final int GRACE_DAYS = 30;
  private static final TestCaller ANN =
      TestCaller.portal("erase-ann", RealmNames.EMPLOYEE, RealmNames.BACKUP_ADMIN);
  private static final TestCaller HELPDESK =
      TestCaller.portal("helpdesk-1", RealmNames.EMPLOYEE, RealmNames.HELPDESK);

  @Inject private MaintenanceFixture maintenanceFixture;
  @Inject private StoredBytesFixture storedBytes;
  @Inject private DualControlFixture dualControlFixture;
  @Inject private OptOutCommands optOut;
  @Inject private OwnConsentCommands consent;
  @Inject private EmployeeErasureQueries erasureQueries;
  @Inject private ErasureSteps steps;
  @Inject private ReceiptKeyQueries receiptKeys;
  @Inject private LegalHoldCommands holds;
  @Inject private ApprovalCommands approvals;
  @Inject private PolicyCommands policies;
  @Inject private SnapshotQueries snapshots;
  @Inject private WrapCommands wraps;
  @Inject private EmployeeListQueries employees;

  @Deployment
  static EnterpriseArchive ear() {
    return ShippedEar.withTests();
  }

  @BeforeEach
  @AfterEach
  void presentDay() throws Exception {
    maintenanceFixture.presentDay();
  }

  private List<String> listed(OptInState state) throws Exception {
    EmployeeCriteria query =
        new EmployeeCriteria("erase-all", state, null, false, EmployeeCriteria.Sort.NAME, false);
    return HELPDESK.call(() -> employees.rows(query, 0, new PageRequest(10))).stream()
        .map(EmployeeRow::username)
        .toList();
  }

  @EveryThirdRun
  @Test
  void everything_of_the_set_is_destroyed_after_the_grace_and_a_receipt_says_so() throws Exception {
    MaintenanceFixture.BackupSeries series = maintenanceFixture.series("erase-all");
    SnapshotView first = series.commit("all one", "all two");
    series.commit("all two", "all three");
    series.release(first);
    long repositoryId = series.repositoryId();
    long bytes = maintenanceFixture.storedBytes(repositoryId);

    OptOutPlan plan = series.owner.pages().call(optOut::plan).orElseThrow();
    assertThat(plan.snapshots()).isEqualTo(2);
    assertThat(plan.objects()).isEqualTo(5);
    assertThat(plan.bytes()).isEqualTo(bytes);
    assertThat(plan.graceDays()).isEqualTo(GRACE_DAYS);
    assertThat(plan.held()).isFalse();
    optOut(series);
    assertThat(listed(OptInState.WITHDRAWN)).contains("erase-all");
    ErasureView waiting = only(series);
    assertThat(waiting.state()).isEqualTo(ErasureState.WAITING);
    assertThat(waiting.takeBackUntil())
        .isBetween(plan.erasedAfter().minusSeconds(60), plan.erasedAfter().plusSeconds(60));

    maintenanceFixture.nights(GRACE_DAYS - 1);
    maintenanceFixture.erase();
    assertThat(only(series).state()).isEqualTo(ErasureState.WAITING);
    assertThat(maintenanceFixture.storedBytes(repositoryId)).isEqualTo(bytes);
    maintenanceFixture.download(series.owner, "all three");
    assertThat(count("key_wrap", series)).isEqualTo(1);

    maintenanceFixture.nights(2);
    maintenanceFixture.erase();
    ErasureView erased = only(series);
    assertThat(erased.state()).isEqualTo(ErasureState.ERASED);
    assertThat(List.of(erased.wraps(), erased.snapshots(), erased.objects(), erased.bytes()))
        .containsExactly(1L, 2L, 5L, bytes);
    assertThat(count("key_wrap", series)).isZero();
    assertThat(count("repository", series)).isZero();
    assertThat(count("snapshot", series)).isZero();
    assertThat(
            maintenanceFixture.number(
                "select count(*) from stored_object where repository_id = " + repositoryId))
        .isZero();
    storedBytes.requireNone(repositoryId);
    assertThat(series.storage().usedBytes()).isZero();
    assertThat(series.storage().heldBytes()).isZero();
    assertThat(
            series
                .owner
                .agent()
                .call(() -> snapshots.page(series.owner.session(), new PageRequest(10), null, null))
                .snapshots())
        .isEmpty();
    assertThat(
            maintenanceFixture.number(
                "select count(*) from consent where employee_id = " + series.employeeId()))
        .as("consents stay")
        .isEqualTo(2);

    JsonObject word =
        verified(
            series.owner.pages().call(() -> optOut.receipt(new ErasureId(erased.erasureId()))));
    assertThat(word.getString("set")).isEqualTo(erased.setId());
    assertThat(word.getString("sub")).isEqualTo("erase-all");
    assertThat(word.getJsonNumber("bytes").longValueExact()).isEqualTo(bytes);
    assertThat(word.getJsonNumber("objects").longValueExact()).isEqualTo(5);
    assertThat(HELPDESK.call(() -> erasureQueries.of(new EmployeeId(series.employeeId()))))
        .containsExactly(erased);
  }

  @Test
  void taken_back_in_time_everything_is_as_before() throws Exception {
    MaintenanceFixture.BackupSeries series = maintenanceFixture.series("erase-back");
    series.commit("back one");
    optOut(series);
    ExpectedRefusal.with(
        NOT_OPTED_IN,
        series.owner.agent(),
        () -> maintenanceFixture.upload(series.owner, "back late"));
    assertThat(series.owner.agent().call(() -> wraps.list(series.owner.session()))).isEmpty();
    ErasureView waiting = only(series);
    maintenanceFixture.nights(GRACE_DAYS - 1);
    TestCaller other = maintenanceFixture.series("erase-other").owner.pages();
    ExpectedRefusal.with(
        NOT_FOUND,
        other,
        () -> optOut.takeBack(new ErasureId(waiting.erasureId()), Locale.ENGLISH));
    ExpectedRefusal.with(
        NOT_FOUND, other, () -> optOut.receipt(new ErasureId(waiting.erasureId())));
    takeBack(series, waiting);
    ExpectedRefusal.with(
        CONFLICT,
        series.owner.pages(),
        () -> optOut.takeBack(new ErasureId(waiting.erasureId()), Locale.ENGLISH));

    maintenanceFixture.nights(3);
    maintenanceFixture.erase();
    assertThat(only(series).state()).isEqualTo(ErasureState.TAKEN_BACK);
    assertThat(series.owner.agent().call(() -> wraps.list(series.owner.session()))).hasSize(1);
    series.commit("back one", "back two");
    assertThat(series.owner.pages().call(consent::status).state()).isEqualTo(OptInState.OPTED_IN);
    assertThat(series.owner.pages().call(consent::decisions))
        .extracting(OwnConsentDecision::action)
        .containsExactly(ConsentAction.OPTED_IN, ConsentAction.WITHDRAWN, ConsentAction.OPTED_IN);
    optOut(series);
    assertThat(series.owner.pages().call(optOut::list))
        .extracting(one -> one.erasure().state())
        .containsExactly(ErasureState.WAITING, ErasureState.TAKEN_BACK);
  }

  @EveryThirdRun
  @Test
  void another_set_is_not_touched_and_shuts_the_way_back() throws Exception {
    MaintenanceFixture.BackupSeries series = maintenanceFixture.series("erase-anew");
    series.commit("anew one");
    optOut(series);
    ErasureView waiting = only(series);
    MaintenanceFixture.BackupSeries later = maintenanceFixture.new BackupSeries(series.owner);
    later.commit("anew two");
    ExpectedRefusal.with(
        SET_EXISTS,
        series.owner.pages(),
        () -> optOut.takeBack(new ErasureId(waiting.erasureId()), Locale.ENGLISH));
    maintenanceFixture.nights(GRACE_DAYS + 1);
    maintenanceFixture.erase();
    assertThat(only(series).state()).isEqualTo(ErasureState.ERASED);
    maintenanceFixture.download(series.owner, "anew two");
    ExpectedRefusal.with(
        NOT_FOUND,
        series.owner.agent(),
        () -> maintenanceFixture.download(series.owner, "anew one"));
    assertThat(series.storage().usedBytes())
        .isEqualTo(MaintenanceFixture.size("anew two", later.root(1)));
    assertThat(series.owner.agent().call(() -> wraps.list(series.owner.session()))).hasSize(1);
  }

  @EveryThirdRun
  @Test
  void who_had_the_sign_on_and_began_another_set_does_not_keep_the_owner_from_taking_back()
      throws Exception {
    MaintenanceFixture.BackupSeries series = maintenanceFixture.series("erase-thief");
    series.commit("thief one");
    optOut(series);
    ErasureView owners = only(series);
    maintenanceFixture.new BackupSeries(series.owner).commit("thief two");
    optOut(series);
    takeBack(series, owners);
    maintenanceFixture.nights(GRACE_DAYS + 1);
    maintenanceFixture.erase();
    assertThat(series.owner.pages().call(optOut::list))
        .extracting(one -> one.erasure().state())
        .containsExactly(ErasureState.ERASED, ErasureState.TAKEN_BACK);
    maintenanceFixture.download(series.owner, "thief one");
    series.commit("thief one", "thief three");
  }

  @EveryThirdRun
  @Test
  void a_legal_hold_stops_it_even_in_the_middle() throws Exception {
    MaintenanceFixture.BackupSeries series = maintenanceFixture.series("erase-held");
    series.commit("held one");
    optOut(series);
    ANN.run(() -> holds.set(new EmployeeId(series.employeeId()), new SetLegalHold("Case 7")));
    maintenanceFixture.nights(GRACE_DAYS + 1);
    maintenanceFixture.erase();
    assertThat(only(series).state()).isEqualTo(ErasureState.WAITING);
    assertThat(count("key_wrap", series)).isEqualTo(1);
    dualControlFixture.lift(series.employeeId());
    assertThat(steps.step(only(series).erasureId(), maintenanceFixture.now)).isTrue();
    assertThat(only(series).state()).isEqualTo(ErasureState.ERASING);
    assertThat(count("key_wrap", series)).as("wraps go first").isZero();
    ExpectedRefusal.with(
        CONFLICT,
        series.owner.pages(),
        () -> optOut.takeBack(new ErasureId(only(series).erasureId()), Locale.ENGLISH));
    ANN.run(() -> holds.set(new EmployeeId(series.employeeId()), new SetLegalHold("Case 8")));
    maintenanceFixture.erase();
    maintenanceFixture.download(series.owner, "held one");
    dualControlFixture.lift(series.employeeId());
    maintenanceFixture.erase();
    assertThat(only(series).state()).isEqualTo(ErasureState.ERASED);
  }

  @EveryThirdRun
  @Test
  void a_shorter_grace_counts_only_after_the_old_hold_and_a_clock_that_jumps_hurries_nothing()
      throws Exception {
    MaintenanceFixture.BackupSeries series = maintenanceFixture.series("erase-clock");
    series.commit("clock one");
    PutPolicy shorter = new PutPolicy(0L, null, Map.of("optOutGraceDays", 1), null, null);
    ANN.run(() -> policies.put("employee/" + series.employeeId(), shorter));
    ApprovalView asked =
        ANN.call(() -> approvals.page(true, null, new PageRequest(1))).requests().getFirst();
    dualControlFixture.approve(asked);
    assertThat(series.owner.pages().call(optOut::plan).orElseThrow().graceDays())
        .isEqualTo(GRACE_DAYS);
    optOut(series);
    long erasureId = only(series).erasureId();
    maintenanceFixture.nights(2);
    Instant yearAhead = maintenanceFixture.now.plus(Duration.ofDays(400));
    assertThat(steps.due(yearAhead, 0)).doesNotContain(erasureId);
    assertThat(steps.step(erasureId, yearAhead)).isFalse();
    assertThat(only(series).state()).isEqualTo(ErasureState.WAITING);
  }

  @EveryThirdRun
  @Test
  void only_the_employee_opts_out_with_a_recent_sign_in() throws Exception {
    MaintenanceFixture.BackupSeries series = maintenanceFixture.series("erase-who");
    TestCaller agent = series.owner.agent();
    ExpectedRefusal.with(FORBIDDEN, agent, () -> optOut.optOut(Locale.ENGLISH));
    ExpectedRefusal.with(FORBIDDEN, agent, optOut::list);
    ExpectedRefusal.byRole(
        series.owner.pages(), () -> erasureQueries.of(new EmployeeId(series.employeeId())));
    ExpectedRefusal.with(
        REAUTHENTICATE,
        series.owner.pages().signedInBefore(Duration.ofMinutes(11)),
        () -> optOut.optOut(Locale.ENGLISH));
    ExpectedRefusal.with(
        NOT_FOUND, HELPDESK, () -> erasureQueries.of(new EmployeeId(Long.MAX_VALUE)));
    ExpectedRefusal.with(
        NOT_OPTED_IN,
        TestCaller.portal("erase-never", RealmNames.EMPLOYEE),
        () -> optOut.optOut(Locale.ENGLISH));
    optOut(series);
    optOut(series);
    assertThat(series.owner.pages().call(optOut::list)).hasSize(1);
    assertThat(series.owner.pages().call(optOut::plan)).isEmpty();
    ExpectedRefusal.with(
        NOT_FOUND,
        series.owner.pages(),
        () -> optOut.receipt(new ErasureId(only(series).erasureId())));
  }

  @EveryThirdRun
  @Test
  void a_set_in_use_is_never_erased() throws Exception {
    MaintenanceFixture.BackupSeries series = maintenanceFixture.series("erase-use");
    series.commit("use one");
    optOut(series);
    maintenanceFixture.update(
        "update backup_set set state = 'ACTIVE' where set_id = ?", only(series).setId());
    maintenanceFixture.nights(GRACE_DAYS + 1);
    long erasureId = only(series).erasureId();
    assertThat(steps.step(erasureId, maintenanceFixture.now)).isTrue();
    assertThatThrownBy(() -> steps.step(erasureId, maintenanceFixture.now))
        .isInstanceOf(EJBException.class);
    maintenanceFixture.download(series.owner, "use one");
    maintenanceFixture.update(
        "update backup_set set state = 'WITHDRAWN' where set_id = ?", only(series).setId());
    maintenanceFixture.erase();
    assertThat(only(series).state()).isEqualTo(ErasureState.ERASED);
  }

  private void optOut(MaintenanceFixture.BackupSeries series) throws Exception {
    series.owner.pages().run(() -> optOut.optOut(Locale.ENGLISH));
  }

  private void takeBack(MaintenanceFixture.BackupSeries series, ErasureView waiting)
      throws Exception {
    series
        .owner
        .pages()
        .run(() -> optOut.takeBack(new ErasureId(waiting.erasureId()), Locale.ENGLISH));
  }

  private ErasureView only(MaintenanceFixture.BackupSeries series) throws Exception {
    List<OfferedErasure> all = series.owner.pages().call(optOut::list);
    assertThat(all).hasSize(1);
    return all.getFirst().erasure();
  }

  private long count(String table, MaintenanceFixture.BackupSeries series) throws Exception {
    return maintenanceFixture.number(
        "select count(*) from " + table + " where set_id = '" + only(series).setId() + "'");
  }

  private JsonObject verified(String receipt) throws Exception {
    String[] parts = receipt.split("\\.", -1);
    JsonObject header = json(parts[0]);
    ReceiptKeyJwk key =
        receiptKeys.keys().keys().stream()
            .filter(one -> one.kid().equals(header.getString("kid")))
            .findFirst()
            .orElseThrow();
    String spki =
        "302a300506032b6570032100"
            + HexFormat.of().formatHex(Base64.getUrlDecoder().decode(key.x()));
    Signature verifier = Signature.getInstance("Ed25519");
    verifier.initVerify(
        KeyFactory.getInstance("Ed25519")
            .generatePublic(new X509EncodedKeySpec(HexFormat.of().parseHex(spki))));
    verifier.update((parts[0] + "." + parts[1]).getBytes(US_ASCII));
    assertThat(verifier.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
    return json(parts[1]);
  }

  private static JsonObject json(String part) {
    String text = new String(Base64.getUrlDecoder().decode(part), US_ASCII);
    try (var reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }
}
