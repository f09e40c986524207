package org.hikae.notice.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import org.hikae.notice.control.SendTime;
import org.hikae.notice.entity.NoticeRecipient;
import org.hikae.notice.store.NoticeDeliveryStore;
import org.hikae.notice.store.NoticeRecipientStore;
import org.hikae.notice.value.NoticeChannel;
import org.hikae.notice.value.RecipientAudience;
import org.hikae.notice.wire.NoticeKind;

/** Reads whether mails reach employees; in its caller's transaction. */
@ApplicationScoped
public class EmployeeMailReader {

  @Inject private NoticeTransports transports;
  @Inject private NoticeDeliveryStore deliveries;
  @Inject private NoticeRecipientStore recipients;

  /**
   * Whether an employee concerned is written to about this kind: mail is set up, nothing waits
   * because the mail server could not be used, and a recipient says so who is not muted.
   */
  public boolean tells(NoticeKind kind, Instant now) {
    return transports.of(NoticeChannel.MAIL).isConfigured()
        && deliveries.figures(NoticeChannel.MAIL).unreached() == 0
        && recipients.all().stream().anyMatch(recipient -> tells(recipient, kind, now));
  }

  private static boolean tells(NoticeRecipient recipient, NoticeKind kind, Instant now) {
    return recipient.hears().audience() == RecipientAudience.EMPLOYEE
        && recipient.sentTo().channel() == NoticeChannel.MAIL
        && recipient.wants(kind)
        && !SendTime.isMuted(recipient.times(), now);
  }
}
