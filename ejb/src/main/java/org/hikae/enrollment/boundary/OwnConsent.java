package org.hikae.enrollment.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hikae.audit.boundary.AuditTrail;
import org.hikae.caller.boundary.CurrentCaller;
import org.hikae.caller.boundary.FromClient;
import org.hikae.enrollment.entity.BackupSet;
import org.hikae.enrollment.entity.BackupSets;
import org.hikae.enrollment.entity.Consent;
import org.hikae.enrollment.entity.ConsentAction;
import org.hikae.enrollment.entity.Consents;
import org.hikae.enrollment.wire.ConsentText;
import org.hikae.enrollment.wire.SetView;
import org.hikae.identity.boundary.Directory;
import org.hikae.identity.boundary.EmployeeLock;
import org.hikae.identity.boundary.EmployeeView;
import org.hikae.identity.wire.Realm;
import org.hikae.notice.boundary.Outbox;
import org.hikae.problem.boundary.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.rollout.boundary.Rollout;
import org.jspecify.annotations.Nullable;

/** An employee's consent and set on the pages. Withdrawing takes a recent sign-in. */
@Stateless
@RolesAllowed(Realm.EMPLOYEE)
@FromClient(Realm.PORTAL_CLIENT)
public class OwnConsent {

  private static final int MAX_DECISIONS = 100;

  @Inject private Directory directory;
  @Inject private CurrentCaller currentCaller;
  @Inject private EmployeeLock employeeLock;
  @Inject private Rollout rollout;
  @Inject private Consents consents;
  @Inject private BackupSets sets;
  @Inject private WrapRetirement wraps;
  @Inject private Standing standing;
  @Inject private AuditTrail trail;
  @Inject private Outbox outbox;
  @Inject private Clock clock;

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
        rollout.offered(me.employeeId()),
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

  /**
   * Takes the consent back: the set is withdrawn and its wraps are no longer served. What was
   * stored stays until it is released. Doing it twice is success.
   *
   * @param locale language in which the text was shown
   */
  public void withdraw(Locale locale) {
    String clientId = currentCaller.recentlySignedIn().clientId();
    EmployeeView me = directory.me();
    employeeLock.lock(me.employeeId());
    Optional<BackupSet> current = sets.current(me.employeeId());
    if (current.isEmpty()) {
      if (sets.anyOf(me.employeeId())) {
        return;
      }
      throw Refusal.of(ProblemCode.NOT_OPTED_IN);
    }
    BackupSet set = current.get();
    set.withdraw();
    wraps.retireAll(me.employeeId(), set.setId());
    consents.add(
        new Consent(
            me.employeeId(),
            null,
            clientId,
            standing.text(locale),
            ConsentAction.WITHDRAWN,
            clock.instant()));
    outbox.tell(me.employeeId(), "set.withdrawn", Map.of("setId", set.setId()));
    trail.record("consent.withdraw", "set:" + set.setId(), Map.of());
  }
}
