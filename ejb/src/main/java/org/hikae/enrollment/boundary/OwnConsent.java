package org.hikae.enrollment.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import org.hikae.caller.boundary.FromClient;
import org.hikae.enrollment.entity.Consent;
import org.hikae.enrollment.entity.Consents;
import org.hikae.enrollment.wire.ConsentText;
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

  /**
   * Where the caller stands.
   *
   * @param displayName name for people
   * @param offered whether the rollout has reached them
   * @param state {@code NOT_OPTED_IN}, {@code PENDING}, {@code OPTED_IN} or {@code WITHDRAWN}
   * @param set the set that is not withdrawn, if any
   */
  public record Status(String displayName, boolean offered, String state, @Nullable SetView set) {}

  /**
   * One decision of the caller.
   *
   * @param action {@code OPTED_IN} or {@code WITHDRAWN}
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
        standing.currentSet(me.employeeId()).orElse(null));
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
