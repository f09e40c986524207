package org.hikae.notice.service;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.hikae.notice.control.NoticeFactsCodec;
import org.hikae.notice.entity.Notice;
import org.hikae.notice.entity.NoticeDelivery;
import org.hikae.notice.store.NoticeDeliveryStore;
import org.hikae.notice.store.NoticeLanguageStore;
import org.hikae.notice.store.NoticeStore;
import org.hikae.notice.value.DeliveryDestination;
import org.hikae.notice.wire.NoticeKind;
import org.jspecify.annotations.Nullable;

/**
 * Puts notices into the outbox, in the transaction that causes them: both happen or neither. Who
 * hears of them is decided later, by {@code NoticeAddressingSteps}.
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class Outbox {

  /** Stands where otherwise the {@code sub} of who acknowledged stands. */
  private static final String ITSELF = "system";

  private static final int MAX_OPEN = 100;

  /** Stands where otherwise the number of a recipient stands. */
  private static final long NO_RECIPIENT = 0;

  @Inject private NoticeStore notices;
  @Inject private NoticeDeliveryStore deliveries;
  @Inject private NoticeLanguageStore noticeLanguages;
  @Inject private Clock clock;

  /**
   * Tells of something that concerns an employee.
   *
   * @param detail facts; never a secret
   */
  public void tell(long employeeId, NoticeKind kind, Map<String, String> detail) {
    notices.add(notice(employeeId, kind, detail, null));
  }

  /**
   * Tells of something that concerns no employee.
   *
   * @param detail facts; never a secret
   */
  public void tellAdmins(NoticeKind kind, Map<String, String> detail) {
    notices.add(notice(null, kind, detail, null));
  }

  /**
   * Tells of something by mail to these addresses, and to nobody else.
   *
   * @param detail facts; never a secret
   * @param to different ones
   */
  public void tellAddresses(
      NoticeKind kind, Map<String, String> detail, List<DeliveryDestination> to) {
    Instant now = clock.instant();
    Notice notice = notice(null, kind, detail, null);
    notice.addressed(now);
    notices.add(notice);
    to.forEach(
        address -> deliveries.add(new NoticeDelivery(notice, NO_RECIPIENT, address, false, now)));
  }

  /**
   * Tells once for each cause, however often and by whomever it is seen. Of two who see it in the
   * same moment the database rolls one back.
   *
   * @param cause names the cause among those of the kind; at most 150 characters
   * @param employeeId whom it concerns; null for none
   */
  public void tellOnce(
      String cause, @Nullable Long employeeId, NoticeKind kind, Map<String, String> detail) {
    String whole = kind.code() + " " + cause;
    if (!notices.isTold(whole)) {
      // Another transaction may tell it at this moment.
      var _ = notices.addOnce(notice(employeeId, kind, detail, whole));
    }
  }

  /**
   * The same, and says whether it was told now.
   *
   * @param cause names the cause among those of all kinds
   */
  public boolean tellFirst(
      String cause, long employeeId, NoticeKind kind, Map<String, String> detail) {
    return !notices.isTold(cause) && notices.addOnce(notice(employeeId, kind, detail, cause));
  }

  /** Those of these employees who were told of one of these kinds after an instant. */
  public Set<Long> toldSince(
      Collection<Long> employeeIds, Collection<NoticeKind> kinds, Instant after) {
    return employeeIds.isEmpty() ? Set.of() : notices.toldSince(employeeIds, kinds, after);
  }

  /** Whether there is a notice of this kind that nobody has acknowledged and that is not over. */
  public boolean isOpen(NoticeKind kind) {
    return !open(kind).isEmpty();
  }

  /** What notices of this kind told of is over: nobody need acknowledge them any more. */
  public void over(NoticeKind kind) {
    open(kind).forEach(notice -> notice.acknowledge(ITSELF, clock.instant()));
  }

  /**
   * The same of those only that name a fact.
   *
   * @param name of the fact
   * @param value of the fact
   */
  public void over(NoticeKind kind, String name, String value) {
    open(kind).stream()
        .filter(notice -> value.equals(NoticeFactsCodec.parse(notice.detail()).get(name)))
        .forEach(notice -> notice.acknowledge(ITSELF, clock.instant()));
  }

  private List<Notice> open(NoticeKind kind) {
    return notices.newest(new NoticeStore.Filter(null, null, true, List.of(kind)), MAX_OPEN);
  }

  /** Notes the language that an employee chose: {@code en} or {@code ja}. */
  public void remember(long employeeId, String language) {
    noticeLanguages.remember(employeeId, language);
  }

  private Notice notice(
      @Nullable Long employeeId,
      NoticeKind kind,
      Map<String, String> detail,
      @Nullable String cause) {
    JsonObjectBuilder json = Json.createObjectBuilder();
    new TreeMap<>(detail).forEach(json::add);
    return new Notice(clock.instant(), employeeId, kind, json.build().toString(), cause);
  }
}
