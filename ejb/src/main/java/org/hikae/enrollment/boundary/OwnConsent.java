package org.hikae.enrollment.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import org.hikae.caller.boundary.CurrentCaller;
import org.hikae.caller.boundary.FromClient;
import org.hikae.enrollment.entity.Consent;
import org.hikae.enrollment.entity.Consents;
import org.hikae.enrollment.wire.AgreeConsent;
import org.hikae.enrollment.wire.ConsentText;
import org.hikae.enrollment.wire.Reconsent;
import org.hikae.enrollment.wire.SetView;
import org.hikae.identity.boundary.Directory;
import org.hikae.identity.boundary.EmployeeView;
import org.hikae.identity.wire.Realm;
import org.hikae.rollout.boundary.Rollout;
import org.jspecify.annotations.Nullable;

/** An employee's consent and set on the pages. */
@Stateless
@RolesAllowed(Realm.EMPLOYEE)
@FromClient(Realm.PORTAL_CLIENT)
public class OwnConsent {

  private static final int MAX_DECISIONS = 100;

  @Inject private Directory directory;
  @Inject private Rollout rollout;
  @Inject private Consents consents;
  @Inject private Standing standing;
  @Inject private Agreements agreements;
  @Inject private LedgerReading ledgers;
  @Inject private CurrentCaller currentCaller;

  /**
   * Where the caller stands.
   *
   * @param displayName name for people
   * @param offered whether the rollout has reached them
   * @param state {@code NOT_OPTED_IN}, {@code PENDING}, {@code OPTED_IN} or {@code WITHDRAWN}
   * @param set the set that is not withdrawn, if any
   * @param reconsent present when the caller has to agree to the current text for backups to go on
   */
  public record Status(
      String displayName,
      boolean offered,
      String state,
      @Nullable SetView set,
      @Nullable Reconsent reconsent) {}

  /**
   * Where the caller stands, and the text that counts now.
   *
   * @param state as in {@link Status}
   * @param consentText the current text
   * @param reconsent as in {@link Status}
   */
  public record Asked(String state, ConsentText consentText, @Nullable Reconsent reconsent) {}

  /**
   * One decision of the caller.
   *
   * @param action as in {@link ConsentLedger.Entry}
   * @param at ISO-8601 instant
   * @param textVersion version of the text
   * @param textLanguage language of the text
   * @param deviceId the device; absent for the pages
   */
  public record Decision(
      String action, String at, int textVersion, String textLanguage, @Nullable String deviceId) {

    static Decision of(Consent consent) {
      return new Decision(
          consent.action().name(),
          consent.givenAt().toString(),
          consent.textVersion(),
          consent.textLanguage(),
          consent.deviceId());
    }
  }

  /** Where the caller stands. */
  public Status status() {
    EmployeeView me = directory.me();
    return new Status(
        me.displayName(),
        rollout.show(me.employeeId()),
        standing.state(me.employeeId()),
        standing.currentSet(me.employeeId()).orElse(null),
        agreements.open(me.employeeId()).orElse(null));
  }

  /** Where the caller stands, with the current text in Japanese or else in English. */
  public Asked asked(Locale locale) {
    long employeeId = directory.me().employeeId();
    return new Asked(
        standing.state(employeeId),
        Views.of(standing.text(locale)),
        agreements.open(employeeId).orElse(null));
  }

  /** Agrees to the current text; doing it twice is success. */
  public void agree(AgreeConsent agreed) {
    agreements.renew(
        directory.me().employeeId(),
        new Agreements.Place(null, currentCaller.caller().clientId()),
        agreed);
  }

  /** The caller's whole ledger, with the texts agreed to. */
  public ConsentLedger ledger() {
    return ledgers.of(directory.me());
  }

  /** The current text, in Japanese or else in English. */
  public ConsentText text(Locale locale) {
    return Views.of(standing.text(locale));
  }

  /** The decisions of the caller, newest first. */
  public List<Decision> decisions() {
    return consents.of(directory.me().employeeId(), MAX_DECISIONS).stream()
        .map(Decision::of)
        .toList();
  }
}
