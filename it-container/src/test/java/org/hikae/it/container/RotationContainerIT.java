package org.hikae.it.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hikae.problem.wire.ProblemCode.CONFLICT;
import static org.hikae.problem.wire.ProblemCode.FORBIDDEN;
import static org.hikae.problem.wire.ProblemCode.KEY_ROTATED;
import static org.hikae.problem.wire.ProblemCode.LAST_WRAP;
import static org.hikae.problem.wire.ProblemCode.MALFORMED;
import static org.hikae.problem.wire.ProblemCode.NOT_FOUND;
import static org.hikae.problem.wire.ProblemCode.REAUTHENTICATE;

import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.hikae.backup.boundary.SnapshotCommits;
import org.hikae.backup.wire.CommitSnapshot;
import org.hikae.enrollment.boundary.KeyRotationCommands;
import org.hikae.enrollment.boundary.WrapCommands;
import org.hikae.enrollment.wire.PutWrap;
import org.hikae.enrollment.wire.Rotate;
import org.hikae.enrollment.wire.SetView;
import org.hikae.enrollment.wire.WrapView;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.WrapMethod;
import org.hikae.it.container.fixture.EnrollingDevice;
import org.hikae.it.container.fixture.EnrollmentFixture;
import org.hikae.it.container.fixture.EnrollmentFixture.Enrolled;
import org.hikae.it.container.fixture.ExpectedRefusal;
import org.hikae.it.container.fixture.PlainListener;
import org.hikae.it.container.fixture.ShippedEar;
import org.hikae.it.container.fixture.TestCaller;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.as.arquillian.api.ServerSetup;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The end of a rotation of K is one step, for the employee's own set and the next generation only
 * (HK1-K-14). Time budget: 20 seconds on each database beside the server's start.
 */
@ExtendWith(ArquillianExtension.class)
@ServerSetup(PlainListener.class)
class RotationContainerIT {

  @Inject private EnrollmentFixture enrollmentFixture;
  @Inject private KeyRotationCommands rotation;
  @Inject private WrapCommands wraps;
  @Inject private SnapshotCommits commits;

  @Deployment
  static EnterpriseArchive ear() {
    return ShippedEar.withTests();
  }

  /** What a device has filed before it ends a rotation to {@code generation}. */
  private Rotate prepared(Enrolled who, String setId, long generation) throws Exception {
    String chain = EnrollingDevice.newId();
    String digits = EnrollingDevice.newId();
    PutWrap link = EnrollingDevice.chain(setId, chain, generation - 1);
    PutWrap paper = EnrollingDevice.wrap(setId, digits, WrapMethod.DIGIT_KEY, generation);
    who.agent()
        .run(
            () -> {
              assertThat(wraps.put(who.session(), chain, link).created()).isTrue();
              assertThat(wraps.put(who.session(), chain, link).created()).isFalse();
              wraps.put(who.session(), digits, paper);
            });
    return new Rotate(setId, generation, chain, List.of(digits));
  }

  private List<WrapView> filed(Enrolled who) throws Exception {
    return who.agent().call(() -> wraps.list(who.session()));
  }

  @Test
  void hk1_k_14_the_end_revokes_what_protected_the_old_key_and_keeps_the_chain() throws Exception {
    Enrolled who = enrollmentFixture.enrolled("rot-end");
    String setId = enrollmentFixture.optIn(who);
    Rotate first = prepared(who, setId, 2);
    assertThat(filed(who)).hasSize(3);
    SetView rotated = who.agent().call(() -> rotation.end(who.session(), first));
    assertThat(rotated.generation()).isEqualTo(2);
    assertThat(filed(who))
        .extracting(WrapView::wrapId)
        .containsExactlyInAnyOrder(first.chain(), first.wraps().getFirst());
    assertThat(who.agent().call(() -> rotation.end(who.session(), first))).isEqualTo(rotated);

    Rotate second = prepared(who, setId, 3);
    who.agent().run(() -> rotation.end(who.session(), second));
    assertThat(filed(who))
        .extracting(WrapView::wrapId)
        .containsExactlyInAnyOrder(first.chain(), second.chain(), second.wraps().getFirst());
    ExpectedRefusal.with(KEY_ROTATED, who.agent(), () -> rotation.end(who.session(), first));
    ExpectedRefusal.with(
        CONFLICT, who.agent(), () -> wraps.revoke(who.session(), second.chain(), true));
    String last = second.wraps().getFirst();
    ExpectedRefusal.with(LAST_WRAP, who.agent(), () -> wraps.revoke(who.session(), last, false));
  }

  @Test
  void hk1_k_14_nothing_of_an_earlier_generation_is_taken_afterwards() throws Exception {
    Enrolled who = enrollmentFixture.enrolled("rot-stale");
    String setId = enrollmentFixture.optIn(who);
    Rotate ready = prepared(who, setId, 2);
    who.agent().run(() -> rotation.end(who.session(), ready));
    String hash = Hash256.sha256(new byte[1]).hex();
    CommitSnapshot stale =
        new CommitSnapshot(
            setId, 1, 1, Hash256.ZERO.hex(), hash, hash, List.of(hash), List.of(), 0, 0);
    ExpectedRefusal.with(KEY_ROTATED, who.agent(), () -> commits.commit(who.session(), stale));
    String late = EnrollingDevice.newId();
    PutWrap old = EnrollingDevice.wrap(setId, late);
    ExpectedRefusal.with(KEY_ROTATED, who.agent(), () -> wraps.put(who.session(), late, old));
    PutWrap far = EnrollingDevice.wrap(setId, late, WrapMethod.DIGIT_KEY, 4);
    ExpectedRefusal.with(CONFLICT, who.agent(), () -> wraps.put(who.session(), late, far));
    PutWrap skipping = EnrollingDevice.chain(setId, late, 3);
    ExpectedRefusal.with(CONFLICT, who.agent(), () -> wraps.put(who.session(), late, skipping));
  }

  @Test
  void hk1_k_14_what_is_not_ready_or_not_ones_own_changes_nothing() throws Exception {
    Enrolled who = enrollmentFixture.enrolled("rot-refused");
    String setId = enrollmentFixture.optIn(who);
    String old = filed(who).getFirst().wrapId();
    Rotate ready = prepared(who, setId, 2);
    Enrolled other = enrollmentFixture.enrolled("rot-other");
    enrollmentFixture.optIn(other);
    ExpectedRefusal.with(NOT_FOUND, other.agent(), () -> rotation.end(other.session(), ready));

    List<String> kept = ready.wraps();
    List<String> many = new ArrayList<>();
    for (int i = 0; i <= Rotate.MAX_WRAPS; i++) {
      many.add(EnrollingDevice.newId());
    }
    for (Rotate wrong :
        List.of(
            new Rotate(setId, 3, ready.chain(), kept),
            new Rotate(setId, 2, kept.getFirst(), kept),
            new Rotate(setId, 2, EnrollingDevice.newId(), kept),
            new Rotate(setId, 2, ready.chain(), List.of(old)),
            new Rotate(setId, 2, ready.chain(), List.of(ready.chain())),
            new Rotate(
                setId, 2, ready.chain(), List.of(kept.getFirst(), EnrollingDevice.newId())))) {
      ExpectedRefusal.with(CONFLICT, who.agent(), () -> rotation.end(who.session(), wrong));
    }
    Rotate again = new Rotate(setId, 1, ready.chain(), kept);
    ExpectedRefusal.with(KEY_ROTATED, who.agent(), () -> rotation.end(who.session(), again));
    for (Rotate wrong :
        List.of(
            new Rotate(setId, 2, ready.chain(), List.of()),
            new Rotate(setId, 2, ready.chain(), many),
            new Rotate(setId, 2, "x", kept),
            new Rotate("x", 2, ready.chain(), kept))) {
      ExpectedRefusal.with(MALFORMED, who.agent(), () -> rotation.end(who.session(), wrong));
    }
    TestCaller before = who.agent().signedInBefore(Duration.ofMinutes(11));
    ExpectedRefusal.with(REAUTHENTICATE, before, () -> rotation.end(who.session(), ready));
    ExpectedRefusal.with(FORBIDDEN, who.pages(), () -> rotation.end(who.session(), ready));
    ExpectedRefusal.byRole(TestCaller.portal("nobody-1"), () -> rotation.end(who.session(), ready));
    assertThat(filed(who)).hasSize(3);
    assertThat(who.agent().call(() -> rotation.end(who.session(), ready)).generation())
        .isEqualTo(2);
  }
}
