package org.hikae.enrollment.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import org.hikae.caller.service.CurrentCaller;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.enrollment.entity.Consent;
import org.hikae.enrollment.service.ConsentLedgerReader;
import org.hikae.enrollment.service.ConsentRenewal;
import org.hikae.enrollment.service.EnrollmentStatusReader;
import org.hikae.enrollment.service.EnrollmentViewMapper;
import org.hikae.enrollment.store.ConsentStore;
import org.hikae.enrollment.view.ConsentLedger;
import org.hikae.enrollment.view.OwnConsentAsked;
import org.hikae.enrollment.view.OwnConsentDecision;
import org.hikae.enrollment.view.OwnConsentStatus;
import org.hikae.enrollment.wire.AgreeConsent;
import org.hikae.enrollment.wire.ConsentText;
import org.hikae.identity.service.EmployeeDirectory;
import org.hikae.identity.view.EmployeeView;
import org.hikae.identity.wire.RealmNames;
import org.hikae.rollout.service.RolloutDecision;

/** An employee's consent and set on the pages. */
@Stateless
@RolesAllowed(RealmNames.EMPLOYEE)
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.OWN)
public class OwnConsentCommands {

  private static final int MAX_DECISIONS = 100;

  @Inject private EmployeeDirectory directory;
  @Inject private RolloutDecision rollout;
  @Inject private ConsentStore consents;
  @Inject private EnrollmentStatusReader enrollmentStatusReader;
  @Inject private ConsentRenewal consentRenewal;
  @Inject private ConsentLedgerReader ledgers;
  @Inject private CurrentCaller currentCaller;

  /** Where the caller stands. */
  public OwnConsentStatus status() {
    EmployeeView me = directory.me();
    return new OwnConsentStatus(
        me.displayName(),
        rollout.show(me.employeeId()),
        enrollmentStatusReader.state(me.employeeId()),
        enrollmentStatusReader.currentSet(me.employeeId()).orElse(null),
        consentRenewal.open(me.employeeId()).orElse(null));
  }

  /** Where the caller stands, with the current text in Japanese or else in English. */
  public OwnConsentAsked asked(Locale locale) {
    long employeeId = directory.me().employeeId();
    return new OwnConsentAsked(
        enrollmentStatusReader.state(employeeId),
        EnrollmentViewMapper.of(enrollmentStatusReader.text(locale)),
        consentRenewal.open(employeeId).orElse(null));
  }

  /** Agrees to the current text; doing it twice is success. */
  public void agree(AgreeConsent agreed) {
    consentRenewal.renew(
        directory.me().employeeId(),
        new ConsentRenewal.ConsentOrigin(null, currentCaller.caller().clientId()),
        agreed);
  }

  /** The caller's whole ledger, with the texts agreed to. */
  public ConsentLedger ledger() {
    return ledgers.of(directory.me());
  }

  /** The current text, in Japanese or else in English. */
  public ConsentText text(Locale locale) {
    return EnrollmentViewMapper.of(enrollmentStatusReader.text(locale));
  }

  /** The decisions of the caller, newest first. */
  public List<OwnConsentDecision> decisions() {
    return consents.of(directory.me().employeeId(), MAX_DECISIONS).stream()
        .map(OwnConsentCommands::decision)
        .toList();
  }

  private static OwnConsentDecision decision(Consent consent) {
    return new OwnConsentDecision(
        consent.action(),
        consent.givenAt(),
        consent.textVersion(),
        consent.textLanguage(),
        consent.deviceId());
  }
}
