package org.hikae.it.container;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import org.hikae.backup.restic.boundary.DeviceResticCommands;
import org.hikae.backup.restic.boundary.ResticPasswordCommands;
import org.hikae.backup.wire.OwnResticRepository;
import org.hikae.backup.wire.PutResticPassword;
import org.hikae.enrollment.wire.NewResticCredential;
import org.hikae.hk1.ResticWrap;
import org.hikae.hk1.TextCodec;
import org.hikae.it.container.fixture.EnrollmentFixture.Enrolled;
import org.hikae.it.container.fixture.ExpectedRefusal;
import org.hikae.it.container.fixture.MaintenanceFixture;
import org.hikae.it.container.fixture.PlainListener;
import org.hikae.it.container.fixture.PostgresOnly;
import org.hikae.it.container.fixture.ShippedEar;
import org.hikae.lifecycle.boundary.OptOutCommands;
import org.hikae.lifecycle.job.ErasureSteps;
import org.hikae.problem.wire.ProblemCode;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.as.arquillian.api.ServerSetup;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * restic's passwords under K, whose they are, and how they end with the set (HK1-G-10, HK1-G-11).
 * Time budget: 10 seconds beside the server's start.
 */
@PostgresOnly
@ExtendWith(ArquillianExtension.class)
@ServerSetup(PlainListener.class)
class ResticPasswordContainerIT {

  @Inject private MaintenanceFixture maintenanceFixture;
  @Inject private DeviceResticCommands resticCommands;
  @Inject private ResticPasswordCommands passwordCommands;
  @Inject private OptOutCommands optOut;
  @Inject private ErasureSteps erasure;

  @Deployment
  static EnterpriseArchive ear() {
    return ShippedEar.withTests();
  }

  @BeforeEach
  @AfterEach
  void presentDay() throws Exception {
    maintenanceFixture.presentDay();
  }

  private static String blob(int filling) {
    byte[] wrap = new byte[ResticWrap.BYTES];
    byte[] head = {'H', 'K', '1', 't', 0, 1};
    System.arraycopy(head, 0, wrap, 0, head.length);
    wrap[100] = (byte) filling;
    return TextCodec.base64(wrap);
  }

  private OwnResticRepository only(Enrolled who) throws Exception {
    List<OwnResticRepository> all = who.agent().call(() -> passwordCommands.list(who.session()));
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  @Test
  void a_password_is_kept_for_its_owner_until_the_set_is_erased() throws Exception {
    Enrolled owner = maintenanceFixture.series("restic-keeps").owner;
    String name = owner.agent().call(() -> resticCommands.give(owner.session())).repository();
    String set = only(owner).setId();
    PutResticPassword first = new PutResticPassword(set, 1, 1, blob(1));
    owner.agent().run(() -> passwordCommands.keep(owner.session(), name, first));
    owner.agent().run(() -> passwordCommands.keep(owner.session(), name, first));
    PutResticPassword other = new PutResticPassword(set, 1, 1, blob(2));
    ExpectedRefusal.with(
        ProblemCode.CONFLICT,
        owner.agent(),
        () -> passwordCommands.keep(owner.session(), name, other));
    assertThat(only(owner).passwords()).hasSize(1);
    assertThat(only(owner).passwords().getFirst().blob()).isEqualTo(blob(1));
    NewResticCredential given =
        owner.agent().call(() -> passwordCommands.give(owner.session(), name));
    assertThat(given.repository()).isEqualTo(name);

    Enrolled stranger = maintenanceFixture.series("restic-stranger").owner;
    assertThat(stranger.agent().call(() -> passwordCommands.list(stranger.session()))).isEmpty();
    ExpectedRefusal.with(
        ProblemCode.NOT_FOUND,
        stranger.agent(),
        () -> passwordCommands.give(stranger.session(), name));
    ExpectedRefusal.with(
        ProblemCode.NOT_FOUND,
        stranger.agent(),
        () ->
            passwordCommands.keep(
                stranger.session(), name, new PutResticPassword(set, 1, 2, blob(3))));

    owner.pages().run(() -> optOut.optOut(Locale.ENGLISH));
    ExpectedRefusal.with(
        ProblemCode.NOT_OPTED_IN,
        owner.agent(),
        () ->
            passwordCommands.keep(
                owner.session(), name, new PutResticPassword(set, 1, 2, blob(3))));
    maintenanceFixture.nights(31);
    for (long id : erasure.due(maintenanceFixture.now, 0)) {
      while (erasure.step(id, maintenanceFixture.now)) {
        // Goes on until nothing is left.
      }
    }
    assertThat(
            maintenanceFixture.number(
                "select count(*) from restic_password p join repository r on r.repository_id ="
                    + " p.repository_id where r.restic_id = '"
                    + name
                    + "'"))
        .isZero();
  }
}
