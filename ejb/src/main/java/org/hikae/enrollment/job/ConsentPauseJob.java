package org.hikae.enrollment.job;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hikae.audit.service.AuditTrail;
import org.hikae.enrollment.entity.Consent;
import org.hikae.enrollment.entity.ConsentTranslation;
import org.hikae.enrollment.service.ConsentRenewal;
import org.hikae.enrollment.store.ConsentStore;
import org.hikae.enrollment.store.ConsentTextStore;
import org.hikae.enrollment.value.ConsentAction;
import org.hikae.identity.service.EmployeeLock;
import org.hikae.notice.service.Outbox;
import org.hikae.notice.wire.NoticeKind;

/**
 * Notes in the ledger, and tells employees, that their backups pause because they did not agree to
 * a later text in time. Only the note comes from here: the pause itself began with the time, see
 * {@link ConsentRenewal}.
 */
@Stateless
@PermitAll
public class ConsentPauseJob {

  /** Most employees in one transaction; each is locked until it ends. */
  public static final int BATCH = 100;

  /** What the ledger names as the program that did it: the portal by itself. */
  static final String BY_ITSELF = "hikae";

  @Inject private EmployeeLock employeeLock;
  @Inject private ConsentStore consents;
  @Inject private ConsentTextStore texts;
  @Inject private AuditTrail trail;
  @Inject private Outbox outbox;
  @Inject private Clock clock;

  /**
   * Notes the next pauses.
   *
   * @return how many; less than {@link #BATCH} when these were all
   */
  public int note() {
    Optional<Integer> overdue = texts.overdue(clock.instant());
    return overdue.isEmpty() ? 0 : note(overdue.get());
  }

  private int note(int version) {
    // In the order of their numbers, so that two nodes wait for each other instead of both.
    List<Long> found = consents.toPause(version, BATCH);
    Map<String, ConsentTranslation> byLanguage =
        texts.texts(List.of(version)).stream()
            .collect(Collectors.toMap(ConsentTranslation::language, Function.identity()));
    int noted = 0;
    for (long employeeId : found) {
      employeeLock.lock(employeeId);
      noted += note(employeeId, version, byLanguage) ? 1 : 0;
    }
    if (noted > 0) {
      trail.recordSystem(
          "consent",
          "consent.pause",
          "consent-text:" + version,
          Map.of("employees", Integer.toString(noted)));
    }
    return found.size();
  }

  /** Looks again under the lock: the other node, or the employee, may have been faster. */
  private boolean note(long employeeId, int version, Map<String, ConsentTranslation> byLanguage) {
    List<Consent> last = consents.of(employeeId, 1);
    boolean settled =
        last.isEmpty()
            || last.getFirst().action() == ConsentAction.WITHDRAWN
            || (last.getFirst().action() == ConsentAction.PAUSED
                && last.getFirst().textVersion() >= version)
            || consents.agreedVersion(employeeId) >= version;
    if (settled) {
      return false;
    }
    ConsentTranslation text = byLanguage.get(last.getFirst().textLanguage());
    if (text == null) {
      throw new IllegalStateException("A published text lacks a language");
    }
    Instant now = clock.instant();
    consents.add(new Consent(employeeId, null, BY_ITSELF, text, ConsentAction.PAUSED, now));
    outbox.tell(
        employeeId, NoticeKind.CONSENT_PAUSED, Map.of("textVersion", Integer.toString(version)));
    return true;
  }
}
