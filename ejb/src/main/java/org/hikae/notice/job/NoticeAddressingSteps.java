package org.hikae.notice.job;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hikae.notice.control.SendTime;
import org.hikae.notice.entity.Notice;
import org.hikae.notice.entity.NoticeDelivery;
import org.hikae.notice.entity.NoticeRecipient;
import org.hikae.notice.service.AddressBook;
import org.hikae.notice.service.NoticeTransports;
import org.hikae.notice.service.RecipientParser;
import org.hikae.notice.store.NoticeDeliveryStore;
import org.hikae.notice.store.NoticeLanguageStore;
import org.hikae.notice.store.NoticeRecipientStore;
import org.hikae.notice.store.NoticeStore;
import org.hikae.notice.value.DeliveryDestination;
import org.hikae.notice.value.NoticeChannel;
import org.hikae.notice.value.RecipientDestination;
import org.hikae.notice.value.RecipientInterest;
import org.hikae.notice.value.RecipientSchedule;
import org.hikae.notice.wire.NoticeKind;
import org.jspecify.annotations.Nullable;

/**
 * Decides who hears of a notice, once: writes its deliveries under a lock on it, so that of two
 * nodes one does. A channel without settings gets none, so that nobody is flooded with what is old
 * on the day it is set up.
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class NoticeAddressingSteps {

  /** Notices of one step. */
  private static final int BATCH = 100;

  @Inject private NoticeStore notices;
  @Inject private NoticeDeliveryStore deliveries;
  @Inject private NoticeRecipientStore recipients;
  @Inject private NoticeLanguageStore noticeLanguages;
  @Inject private AddressBook addressBook;
  @Inject private NoticeTransports transports;
  @Inject private Clock clock;

  /** Addresses some notices; returns how many there were. */
  public int step() {
    List<Long> waiting = notices.unaddressed(BATCH);
    if (waiting.isEmpty()) {
      return 0;
    }
    List<NoticeRecipient> all = recipients.all();
    Instant now = clock.instant();
    for (long noticeId : waiting) {
      notices
          .lock(noticeId)
          .filter(notice -> notice.addressedAt() == null)
          .ifPresent(notice -> address(notice, all, now));
    }
    return waiting.size();
  }

  private void address(Notice notice, List<NoticeRecipient> all, Instant now) {
    notice.addressed(now);
    Optional<NoticeKind> kind = notice.kind();
    if (kind.isEmpty()) {
      return;
    }
    Long employeeId = notice.employeeId();
    Optional<AddressBook.ContactDetails> concerned =
        employeeId == null ? Optional.empty() : addressBook.find(employeeId);
    for (NoticeRecipient recipient : all) {
      RecipientSchedule times = recipient.times();
      boolean hears =
          transports.of(recipient.sentTo().channel()).isConfigured()
              && recipient.wants(kind.get())
              && !SendTime.isMuted(times, now)
              && concerns(recipient.hears(), kind.get(), concerned);
      if (hears) {
        NoticeKind.Severity severity = kind.get().severity();
        Instant due = SendTime.of(times, severity, now);
        boolean digest = SendTime.isDigest(times, severity);
        destinations(recipient, employeeId, concerned)
            .filter(to -> !deliveries.isWritten(notice.noticeId(), to.channel(), to.address()))
            .forEach(
                to ->
                    deliveries.add(
                        new NoticeDelivery(notice, recipient.recipientId(), to, digest, due)));
      }
    }
  }

  private static boolean concerns(
      RecipientInterest hears, NoticeKind kind, Optional<AddressBook.ContactDetails> concerned) {
    String name = String.valueOf(hears.name());
    return switch (hears.audience()) {
      case EMPLOYEE -> concerned.isPresent();
      case ROLE -> kind.roles().contains(name);
      // What is nobody's business but the employee's is not the department's either.
      case GROUP ->
          !kind.roles().isEmpty()
              && concerned.stream()
                  .flatMap(employee -> employee.groups().stream())
                  .anyMatch(path -> path.equals(name) || path.startsWith(name + "/"));
    };
  }

  private Stream<DeliveryDestination> destinations(
      NoticeRecipient recipient,
      @Nullable Long employeeId,
      Optional<AddressBook.ContactDetails> concerned) {
    RecipientDestination to = recipient.sentTo();
    if (to.channel() == NoticeChannel.WEBHOOK) {
      return Stream.of(
          new DeliveryDestination(to.channel(), RecipientParser.WEBHOOK, to.language()));
    }
    if (!to.addresses().isEmpty() || employeeId == null) {
      return to.addresses().stream()
          .map(address -> new DeliveryDestination(to.channel(), address, to.language()));
    }
    String language = noticeLanguages.languageOf(employeeId).orElse(to.language());
    return concerned
        .map(AddressBook.ContactDetails::email)
        .map(address -> new DeliveryDestination(to.channel(), address, language))
        .stream();
  }
}
