package org.hikae.it.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hikae.problem.wire.ProblemCode.MALFORMED;
import static org.hikae.problem.wire.ProblemCode.NOT_FOUND;

import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hikae.audit.boundary.AuditQueries;
import org.hikae.audit.view.AuditCriteria;
import org.hikae.audit.view.AuditRow;
import org.hikae.backup.boundary.MissingObjectQueries;
import org.hikae.backup.boundary.ObjectDownloads;
import org.hikae.backup.boundary.ObjectUploads;
import org.hikae.backup.boundary.SnapshotCommits;
import org.hikae.backup.ciphertext.store.ObjectKey;
import org.hikae.backup.maintenance.boundary.DeviceScrubQueries;
import org.hikae.backup.maintenance.boundary.ScrubCommands;
import org.hikae.backup.maintenance.job.ScrubJob;
import org.hikae.backup.service.ObjectLookup;
import org.hikae.backup.value.RotKind;
import org.hikae.backup.view.ScrubView;
import org.hikae.backup.wire.CommitSnapshot;
import org.hikae.backup.wire.LastScrubView;
import org.hikae.backup.wire.MissingQuery;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.ObjectList;
import org.hikae.identity.wire.RealmNames;
import org.hikae.insight.system.boundary.RottenObjectQueries;
import org.hikae.insight.system.view.RottenObjectView;
import org.hikae.insight.system.view.RottenObjectView.State;
import org.hikae.it.container.fixture.EnrollmentFixture;
import org.hikae.it.container.fixture.EnrollmentFixture.Enrolled;
import org.hikae.it.container.fixture.ExpectedRefusal;
import org.hikae.it.container.fixture.PlainListener;
import org.hikae.it.container.fixture.PostgresOnly;
import org.hikae.it.container.fixture.ShippedEar;
import org.hikae.it.container.fixture.StoredBytesFixture;
import org.hikae.it.container.fixture.TestCaller;
import org.hikae.problem.control.PageRequest;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.testing.EveryThirdRun;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.as.arquillian.api.ServerSetup;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Rot is found without a key, told once, named to the device, and healed by the right bytes
 * (HK1-S-11). Time budget: 20 seconds beside the server's start.
 */
@PostgresOnly
@ExtendWith(ArquillianExtension.class)
@ServerSetup(PlainListener.class)
@EveryThirdRun
class ScrubContainerIT {

  private static final TestCaller AUDITOR =
      TestCaller.portal("scrub-auditor", RealmNames.EMPLOYEE, RealmNames.AUDITOR);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  @Inject private EnrollmentFixture enrollmentFixture;
  @Inject private ObjectUploads uploads;
  @Inject private ObjectDownloads downloads;
  @Inject private MissingObjectQueries missingObjects;
  @Inject private ObjectLookup objectLookup;
  @Inject private SnapshotCommits commits;
  @Inject private ScrubJob scrubJob;
  @Inject private ScrubCommands scrubCommands;
  @Inject private DeviceScrubQueries deviceScrubs;
  @Inject private RottenObjectQueries rottenObjectQueries;
  @Inject private AuditQueries auditQueries;
  @Inject private StoredBytesFixture storedBytes;

  @Deployment
  static EnterpriseArchive ear() {
    return ShippedEar.withTests();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Hash256 name(String text) {
    return Hash256.sha256(bytes(text));
  }

  private boolean upload(Enrolled who, String text) throws Exception {
    byte[] body = bytes(text);
    return who.agent()
        .call(
            () ->
                uploads.receive(
                    who.session(), name(text).hex(), body.length, new ByteArrayInputStream(body)));
  }

  private String download(Enrolled who, String text) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    who.agent()
        .run(() -> downloads.open(who.session(), name(text).hex(), null).body().writeTo(out));
    return out.toString(StandardCharsets.UTF_8);
  }

  private List<String> missing(Enrolled who, String... texts) throws Exception {
    MissingQuery query =
        new MissingQuery(java.util.Arrays.stream(texts).map(text -> name(text).hex()).toList());
    return who.agent().call(() -> missingObjects.of(who.session(), query)).missing();
  }

  /** Puts other bytes under the name of an object, as no device can. */
  private void rot(Enrolled who, String text, String instead) throws Exception {
    long repository =
        who.agent().call(() -> objectLookup.find(who.session(), name(text))).repositoryId();
    storedBytes.replace(new ObjectKey(repository, name(text)), bytes(instead));
  }

  private Optional<RottenObjectView> shown(String text, boolean healed) throws Exception {
    return AUDITOR
        .call(
            () ->
                rottenObjectQueries.page(
                    null, healed, new PageRequest(RottenObjectQueries.MAX_PAGE)))
        .objects()
        .stream()
        .filter(object -> object.name().equals(name(text).hex()))
        .findFirst();
  }

  private SnapshotView commit(Enrolled who, CommitSnapshot commit) throws Exception {
    return who.agent().call(() -> commits.commit(who.session(), commit)).snapshot();
  }

  private static CommitSnapshot first(String setId, String root, List<Hash256> packs) {
    return new CommitSnapshot(
        setId,
        1,
        1,
        Hash256.ZERO.hex(),
        name(root).hex(),
        ObjectList.hash(packs).hex(),
        packs.stream().map(Hash256::hex).toList(),
        List.of(),
        1,
        100);
  }

  private long recorded(String action, String text) throws Exception {
    return AUDITOR
        .call(
            () ->
                auditQueries.page(AuditCriteria.ALL, null, new PageRequest(AuditQueries.MAX_PAGE)))
        .events()
        .stream()
        .filter(row -> row.action().equals(action))
        .map(AuditRow::object)
        .filter(("object:" + name(text).hex())::equals)
        .count();
  }

  @Test
  void rot_is_found_named_to_the_device_and_healed_by_the_right_bytes() throws Exception {
    Enrolled who = enrollmentFixture.enrolled("scrub-rot");
    String setId = enrollmentFixture.optIn(who);
    for (String text : List.of("scrub root", "scrub pack", "scrub short", "scrub sound")) {
      upload(who, text);
    }
    SnapshotView made =
        commit(who, first(setId, "scrub root", List.of(name("scrub pack"), name("scrub short"))));
    rot(who, "scrub root", "scrub rooT");
    rot(who, "scrub pack", "scrub pacK");
    rot(who, "scrub short", "scrub");
    assertThat(missing(who, "scrub pack", "scrub short")).isEmpty();
    assertThat(upload(who, "scrub pack")).as("not known to be wrong yet").isFalse();

    assertThat(scrubJob.run(true).rotten()).isGreaterThanOrEqualTo(3);
    assertThat(missing(who, "scrub pack", "scrub short", "scrub sound", "scrub root"))
        .containsExactly(
            name("scrub pack").hex(), name("scrub short").hex(), name("scrub root").hex());
    assertThat(download(who, "scrub pack")).as("there is still what there is").endsWith("K");
    assertThat(download(who, "scrub short")).isEqualTo("scrub");
    RottenObjectView pack = shown("scrub pack", false).orElseThrow();
    assertThat(pack.kind()).isEqualTo(RotKind.MISMATCH);
    assertThat(pack.state()).isEqualTo(State.ROTTEN);
    assertThat(pack.setId()).isEqualTo(setId);
    assertThat(pack.snapshots())
        .extracting(RottenObjectView.Touched::snapshotId)
        .containsExactly(made.snapshotId());
    assertThat(pack.devices()).containsExactly(who.laptop().id());
    assertThat(shown("scrub short", false).orElseThrow().kind()).isEqualTo(RotKind.SIZE);
    assertThat(shown("scrub root", false).orElseThrow().touches()).isEqualTo(1);
    assertThat(shown("scrub sound", true)).isEmpty();
    LastScrubView told = who.agent().call(() -> deviceScrubs.last(who.session()));
    assertThat(told.rotten()).as("of this employee").isEqualTo(3);
    assertThat(told.startedAt()).isNotNull().isBeforeOrEqualTo(told.endedAt());
    Enrolled other = enrollmentFixture.enrolled("scrub-other");
    assertThat(other.agent().call(() -> deviceScrubs.last(other.session())).rotten()).isZero();
    ExpectedRefusal.with(ProblemCode.FORBIDDEN, AUDITOR, () -> deviceScrubs.last(null));

    assertThat(scrubJob.run(true).rotten()).isGreaterThanOrEqualTo(3);
    assertThat(recorded("object.rotten", "scrub pack")).as("told once").isEqualTo(1);

    for (String text : List.of("scrub root", "scrub pack", "scrub short")) {
      assertThat(upload(who, text)).isTrue();
      assertThat(upload(who, text)).isFalse();
      assertThat(download(who, text)).isEqualTo(text);
    }
    assertThat(missing(who, "scrub pack", "scrub short", "scrub root")).isEmpty();
    assertThat(recorded("object.healed", "scrub pack")).isEqualTo(1);
    assertThat(shown("scrub pack", false)).isEmpty();
    assertThat(shown("scrub pack", true).orElseThrow().state()).isEqualTo(State.REPLACED);
  }

  @Test
  void what_the_newest_snapshot_lists_no_more_is_superseded_and_what_rots_again_is_news()
      throws Exception {
    Enrolled who = enrollmentFixture.enrolled("scrub-superseded");
    String setId = enrollmentFixture.optIn(who);
    for (String text : List.of("old root", "old pack", "new root", "new pack")) {
      upload(who, text);
    }
    SnapshotView one = commit(who, first(setId, "old root", List.of(name("old pack"))));
    rot(who, "old pack", "Old pack");
    scrubJob.run(true);
    assertThat(shown("old pack", false).orElseThrow().state()).isEqualTo(State.ROTTEN);
    commit(
        who,
        new CommitSnapshot(
            setId,
            1,
            2,
            one.stubHash(),
            name("new root").hex(),
            ObjectList.hash(List.of(name("new pack"))).hex(),
            List.of(name("new pack").hex()),
            List.of(name("old pack").hex()),
            1,
            100));
    RottenObjectView superseded = shown("old pack", false).orElseThrow();
    assertThat(superseded.state()).isEqualTo(State.SUPERSEDED);
    assertThat(superseded.snapshots()).hasSize(1).noneMatch(RottenObjectView.Touched::newest);

    assertThat(upload(who, "old pack")).isTrue();
    rot(who, "old pack", "0ld pack");
    scrubJob.run(true);
    assertThat(recorded("object.rotten", "old pack")).isEqualTo(2);
    // Mended otherwise: scrubbing notices.
    rot(who, "old pack", "old pack");
    scrubJob.run(true);
    assertThat(shown("old pack", false)).isEmpty();
  }

  @Test
  void bytes_that_are_gone_are_missing_and_what_was_never_stored_is_no_rot() throws Exception {
    Enrolled who = enrollmentFixture.enrolled("scrub-gone");
    enrollmentFixture.optIn(who);
    upload(who, "gone");
    long repository =
        who.agent().call(() -> objectLookup.find(who.session(), name("gone"))).repositoryId();
    storedBytes.lose(new ObjectKey(repository, name("gone")));
    ExpectedRefusal.with(
        NOT_FOUND, who.agent(), () -> downloads.open(who.session(), name("gone").hex(), null));
    scrubJob.run(true);
    assertThat(shown("gone", false).orElseThrow().kind()).isEqualTo(RotKind.MISSING);
    assertThat(upload(who, "gone")).isTrue();
    assertThat(download(who, "gone")).isEqualTo("gone");
  }

  @Test
  void administrators_start_it_auditors_see_it_and_nobody_else() throws Exception {
    Instant before =
        newest(AUDITOR.call(scrubCommands::state))
            .map(ScrubView.Pass::startedAt)
            .orElse(Instant.MIN);
    EnrollmentFixture.ADMIN.run(scrubCommands::start);
    long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
    ScrubView view = AUDITOR.call(scrubCommands::state);
    while (newest(view)
        .filter(pass -> pass.endedAt() != null && !pass.startedAt().equals(before))
        .isEmpty()) {
      assertThat(System.nanoTime()).as("%s", view).isLessThan(deadline);
      Thread.sleep(50);
      view = AUDITOR.call(scrubCommands::state);
    }
    assertThat(view.objects()).isGreaterThanOrEqualTo(view.rotten());
    for (TestCaller other :
        List.of(
            TestCaller.portal("scrub-helper", RealmNames.EMPLOYEE, RealmNames.HELPDESK),
            TestCaller.portal("scrub-employee", RealmNames.EMPLOYEE),
            TestCaller.agent("scrub-agent"))) {
      ExpectedRefusal.byRole(other, scrubCommands::state);
      ExpectedRefusal.byRole(other, scrubCommands::start);
      ExpectedRefusal.byRole(
          other, () -> rottenObjectQueries.page(null, false, new PageRequest(1)));
    }
    ExpectedRefusal.byRole(AUDITOR, scrubCommands::start);
    ExpectedRefusal.with(
        MALFORMED, AUDITOR, () -> rottenObjectQueries.page(null, false, new PageRequest(0)));
    ExpectedRefusal.with(
        MALFORMED,
        AUDITOR,
        () ->
            rottenObjectQueries.page(
                null, false, new PageRequest(RottenObjectQueries.MAX_PAGE + 1)));
  }

  private static Optional<ScrubView.Pass> newest(ScrubView view) {
    return view.passes().stream().findFirst();
  }
}
