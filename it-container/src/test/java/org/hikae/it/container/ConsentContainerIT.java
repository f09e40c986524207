package org.hikae.it.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hikae.problem.wire.ProblemCode.CONSENT_OUTDATED;
import static org.hikae.problem.wire.ProblemCode.NOT_FOUND;
import static org.hikae.problem.wire.ProblemCode.NOT_OPTED_IN;
import static org.hikae.problem.wire.ProblemCode.REAUTHENTICATE;

import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.hikae.enrollment.boundary.ConsentTextCommands;
import org.hikae.enrollment.boundary.DeviceConsentCommands;
import org.hikae.enrollment.boundary.EmployeeConsentQueries;
import org.hikae.enrollment.job.ConsentPauseJob;
import org.hikae.enrollment.value.ConsentAction;
import org.hikae.enrollment.view.ConsentVersionView;
import org.hikae.enrollment.view.PublishConsent;
import org.hikae.enrollment.view.PutConsentDraft;
import org.hikae.enrollment.wire.AgreeConsent;
import org.hikae.identity.service.EmployeeDirectory;
import org.hikae.identity.value.EmployeeId;
import org.hikae.identity.wire.RealmNames;
import org.hikae.it.container.fixture.EnrollmentFixture;
import org.hikae.it.container.fixture.ExpectedRefusal;
import org.hikae.it.container.fixture.PlainListener;
import org.hikae.it.container.fixture.PostgresOnly;
import org.hikae.it.container.fixture.ShippedEar;
import org.hikae.it.container.fixture.TestCaller;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.as.arquillian.api.ServerSetup;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Consent texts, agreeing and the ledger, as administrators, auditors and others. Nothing that is
 * published here is shown within a year, because other tests agree to the first text. Time budget:
 * 10 seconds beside the server's start.
 */
@PostgresOnly
@ExtendWith(ArquillianExtension.class)
@ServerSetup(PlainListener.class)
class ConsentContainerIT {

  private static final TestCaller HELPDESK =
      TestCaller.portal("helpdesk-1", RealmNames.EMPLOYEE, RealmNames.HELPDESK);
  private static final TestCaller AUDITOR =
      TestCaller.portal("auditor-1", RealmNames.EMPLOYEE, RealmNames.AUDITOR);

  @Inject private EnrollmentFixture enrollmentFixture;
  @Inject private ConsentTextCommands texts;
  @Inject private EmployeeConsentQueries consentQueries;
  @Inject private ConsentPauseJob pauses;
  @Inject private DeviceConsentCommands consent;
  @Inject private EmployeeDirectory directory;

  @Deployment
  static EnterpriseArchive ear() {
    return ShippedEar.withTests();
  }

  @Test
  void a_text_is_published_by_an_administrator_who_has_just_signed_in() throws Exception {
    ExpectedRefusal.byRole(HELPDESK, texts::draft);
    ExpectedRefusal.byRole(AUDITOR, () -> texts.discard(0L));
    long revision = AUDITOR.call(texts::draft).revision();
    PutConsentDraft put = new PutConsentDraft(revision, "Later", "Text", "後で", "本文");
    long written = EnrollmentFixture.ADMIN.call(() -> texts.edit(put)).revision();
    Instant from = Instant.now().plus(Duration.ofDays(700)).truncatedTo(ChronoUnit.MICROS);
    String due = from.plus(Duration.ofDays(9)).toString();
    PublishConsent publish = new PublishConsent(written, from, due);
    TestCaller longAgo = EnrollmentFixture.ADMIN.signedInBefore(Duration.ofMinutes(11));
    ExpectedRefusal.with(REAUTHENTICATE, longAgo, () -> texts.publish(publish));
    ConsentVersionView published = EnrollmentFixture.ADMIN.call(() -> texts.publish(publish));
    assertThat(published.texts()).hasSize(2);
    assertThat(AUDITOR.call(() -> texts.version(published.version()))).isEqualTo(published);
    assertThat(pauses.note()).as("nobody is late").isZero();
  }

  @Test
  void a_device_agrees_to_what_is_shown_and_the_ledger_says_so() throws Exception {
    EnrollmentFixture.Enrolled who = enrollmentFixture.enrolled("consent-ann");
    AgreeConsent first = new AgreeConsent(1, "en");
    ExpectedRefusal.with(NOT_OPTED_IN, who.agent(), () -> consent.agree(who.session(), first));
    enrollmentFixture.optIn(who);
    who.agent().run(() -> consent.agree(who.session(), first));
    AgreeConsent other = new AgreeConsent(999, "en");
    ExpectedRefusal.with(CONSENT_OUTDATED, who.agent(), () -> consent.agree(who.session(), other));
    long id = who.agent().call(directory::me).employeeId();
    assertThat(AUDITOR.call(() -> consentQueries.of(new EmployeeId(id))).entries())
        .singleElement()
        .satisfies(entry -> assertThat(entry.action()).isEqualTo(ConsentAction.OPTED_IN));
    ExpectedRefusal.with(
        NOT_FOUND, AUDITOR, () -> consentQueries.of(new EmployeeId(Long.MAX_VALUE)));
    ExpectedRefusal.byRole(HELPDESK, () -> consentQueries.of(new EmployeeId(id)));
  }
}
