package org.hikae.it.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hikae.problem.wire.ProblemCode.CONSENT_OUTDATED;
import static org.hikae.problem.wire.ProblemCode.NOT_FOUND;
import static org.hikae.problem.wire.ProblemCode.NOT_OPTED_IN;
import static org.hikae.problem.wire.ProblemCode.REAUTHENTICATE;

import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.hikae.enrollment.boundary.ConsentLedgerDesk;
import org.hikae.enrollment.boundary.ConsentTextDesk;
import org.hikae.enrollment.boundary.DeviceConsent;
import org.hikae.enrollment.job.ConsentPauses;
import org.hikae.enrollment.view.ConsentVersionView;
import org.hikae.enrollment.view.PublishConsent;
import org.hikae.enrollment.view.PutConsentDraft;
import org.hikae.enrollment.wire.AgreeConsent;
import org.hikae.identity.service.Directory;
import org.hikae.identity.wire.Realm;
import org.hikae.it.container.fixture.As;
import org.hikae.it.container.fixture.Onboarding;
import org.hikae.it.container.fixture.PlainListener;
import org.hikae.it.container.fixture.PostgresOnly;
import org.hikae.it.container.fixture.Refused;
import org.hikae.it.container.fixture.ShippedEar;
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

  private static final As HELPDESK = As.portal("helpdesk-1", Realm.EMPLOYEE, Realm.HELPDESK);
  private static final As AUDITOR = As.portal("auditor-1", Realm.EMPLOYEE, Realm.AUDITOR);

  @Inject private Onboarding onboarding;
  @Inject private ConsentTextDesk texts;
  @Inject private ConsentLedgerDesk ledgers;
  @Inject private ConsentPauses pauses;
  @Inject private DeviceConsent consent;
  @Inject private Directory directory;

  @Deployment
  static EnterpriseArchive ear() {
    return ShippedEar.withTests();
  }

  @Test
  void a_text_is_published_by_an_administrator_who_has_just_signed_in() throws Exception {
    Refused.byRole(HELPDESK, texts::draft);
    Refused.byRole(AUDITOR, () -> texts.discard(0L));
    long revision = AUDITOR.call(texts::draft).revision();
    PutConsentDraft put = new PutConsentDraft(revision, "Later", "Text", "後で", "本文");
    long written = Onboarding.ADMIN.call(() -> texts.edit(put)).revision();
    Instant from = Instant.now().plus(Duration.ofDays(700));
    String due = from.plus(Duration.ofDays(9)).toString();
    PublishConsent publish = new PublishConsent(written, from.toString(), due);
    As longAgo = Onboarding.ADMIN.signedInBefore(Duration.ofMinutes(11));
    Refused.with(REAUTHENTICATE, longAgo, () -> texts.publish(publish));
    ConsentVersionView published = Onboarding.ADMIN.call(() -> texts.publish(publish));
    assertThat(published.texts()).hasSize(2);
    assertThat(AUDITOR.call(() -> texts.version(published.version()))).isEqualTo(published);
    assertThat(pauses.note()).as("nobody is late").isZero();
  }

  @Test
  void a_device_agrees_to_what_is_shown_and_the_ledger_says_so() throws Exception {
    Onboarding.Enrolled who = onboarding.enrolled("consent-ann");
    AgreeConsent first = new AgreeConsent(1, "en");
    Refused.with(NOT_OPTED_IN, who.agent(), () -> consent.agree(who.session(), first));
    onboarding.optIn(who);
    who.agent().run(() -> consent.agree(who.session(), first));
    AgreeConsent other = new AgreeConsent(999, "en");
    Refused.with(CONSENT_OUTDATED, who.agent(), () -> consent.agree(who.session(), other));
    long id = who.agent().call(directory::me).employeeId();
    assertThat(AUDITOR.call(() -> ledgers.of(id)).entries())
        .singleElement()
        .satisfies(entry -> assertThat(entry.action()).isEqualTo("OPTED_IN"));
    Refused.with(NOT_FOUND, AUDITOR, () -> ledgers.of(Long.MAX_VALUE));
    Refused.byRole(HELPDESK, () -> ledgers.of(id));
  }
}
