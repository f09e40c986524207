package org.hikae.enrollment.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hikae.audit.service.AuditTrail;
import org.hikae.enrollment.entity.Consent;
import org.hikae.enrollment.entity.ConsentTranslation;
import org.hikae.enrollment.store.BackupSetStore;
import org.hikae.enrollment.store.ConsentStore;
import org.hikae.enrollment.value.ConsentAction;
import org.hikae.enrollment.wire.AgreeConsent;
import org.hikae.enrollment.wire.Reconsent;
import org.hikae.identity.service.EmployeeLock;
import org.hikae.notice.service.Outbox;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

/**
 * Whether an employee has to agree to a later text, and their agreeing, for several use cases;
 * works in their transactions. That backups pause is never stored: it follows from what they agreed
 * to and from the time, so that no timer has to run for it and none can forget somebody.
 */
@ApplicationScoped
public class ConsentRenewal {

  @Inject private EmployeeLock employeeLock;
  @Inject private BackupSetStore sets;
  @Inject private ConsentStore consents;
  @Inject private EnrollmentStatusReader enrollmentStatusReader;
  @Inject private AuditTrail trail;
  @Inject private Outbox outbox;
  @Inject private Clock clock;

  /**
   * Where an agreement is given.
   *
   * @param deviceId the device; null for the pages
   * @param clientId the program
   */
  public record ConsentOrigin(@Nullable String deviceId, String clientId) {}

  /** What the employee has to agree to; empty when they take no part or need not. */
  public Optional<Reconsent> open(long employeeId) {
    if (sets.current(employeeId).isEmpty()) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    return consents.renewalDue(employeeId, now).map(due -> new Reconsent(due, !due.isAfter(now)));
  }

  /** Whether backups are paused. */
  boolean paused(long employeeId) {
    Instant now = clock.instant();
    return consents.renewalDue(employeeId, now).filter(due -> !due.isAfter(now)).isPresent();
  }

  /** Those of these employees, who take part, whose backups are paused. */
  public Set<Long> paused(Collection<Long> employeeIds) {
    if (employeeIds.isEmpty()) {
      return Set.of();
    }
    Instant now = clock.instant();
    return consents.renewalDue(employeeIds, now).entrySet().stream()
        .filter(one -> !one.getValue().isAfter(now))
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The current text, if it is the one that was shown; refused as outdated when it is not. */
  public ConsentTranslation shown(int version, String language) {
    ConsentTranslation text =
        switch (language) {
          case "en" -> enrollmentStatusReader.text(Locale.ENGLISH);
          case "ja" -> enrollmentStatusReader.text(Locale.JAPANESE);
          default -> throw Refusal.malformed("consentLanguage must be en or ja.");
        };
    if (text.version() != version) {
      throw Refusal.of(ProblemCode.CONSENT_OUTDATED);
    }
    return text;
  }

  /** Renews the consent of an employee who takes part. Doing it twice is success. */
  public void renew(long employeeId, ConsentOrigin place, AgreeConsent agreed) {
    ConsentTranslation text = shown(agreed.consentVersion(), agreed.consentLanguage());
    employeeLock.lock(employeeId);
    if (sets.current(employeeId).isEmpty()) {
      throw Refusal.of(ProblemCode.NOT_OPTED_IN);
    }
    if (consents.agreedVersion(employeeId) >= text.version()) {
      return;
    }
    boolean wasPaused =
        consents.of(employeeId, 1).stream().anyMatch(row -> row.action() == ConsentAction.PAUSED);
    note(employeeId, place, text, ConsentAction.RECONSENTED);
    outbox.remember(employeeId, text.language());
    if (wasPaused) {
      note(employeeId, place, text, ConsentAction.RESUMED);
    }
    trail.record(
        "consent.renew",
        "employee:" + employeeId,
        Map.of("textVersion", Integer.toString(text.version()), "textLanguage", text.language()));
  }

  private void note(
      long employeeId, ConsentOrigin place, ConsentTranslation text, ConsentAction action) {
    consents.add(
        new Consent(employeeId, place.deviceId(), place.clientId(), text, action, clock.instant()));
  }
}
