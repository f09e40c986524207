package org.hikae.notice.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import org.hikae.audit.service.AuditTrail;
import org.hikae.notice.entity.NoticeRecipient;
import org.hikae.notice.store.NoticeDeliveryStore;
import org.hikae.notice.store.NoticeRecipientStore;
import org.hikae.notice.value.RecipientInterest;
import org.hikae.notice.view.RecipientView;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;

/** Makes changes of recipients, in the transaction of who may, and leaves a trace of each. */
@ApplicationScoped
public class RecipientWriter {

  /** What the trail calls a change. */
  public static final String EDIT = "notice.recipient-edit";

  @Inject private NoticeRecipientStore recipients;
  @Inject private NoticeDeliveryStore deliveries;
  @Inject private AuditTrail trail;

  /** Refuses a name that another recipient than this one has; 0 for a new one. */
  public void requireFree(String name, long recipientId) {
    if (recipients.isNamed(name, recipientId)) {
      throw Refusal.of(ProblemCode.CONFLICT);
    }
  }

  /**
   * Keeps what a recipient is now; refused as well when another administrator gave the name away at
   * this very moment.
   *
   * @param more what the trail says besides
   */
  public RecipientView keep(NoticeRecipient recipient, String action, Map<String, String> more) {
    if (!recipients.keep(recipient)) {
      throw Refusal.of(ProblemCode.CONFLICT);
    }
    return recorded(recipient, action, more);
  }

  /** Removes a recipient, and what waits for it. */
  public RecipientView remove(NoticeRecipient recipient, Map<String, String> more) {
    deliveries.forgetWaiting(recipient.recipientId());
    recipients.remove(recipient);
    return recorded(recipient, "notice.recipient-remove", more);
  }

  private RecipientView recorded(
      NoticeRecipient recipient, String action, Map<String, String> more) {
    RecipientInterest hears = recipient.hears();
    Map<String, String> detail = new HashMap<>(more);
    detail.put("edition", Long.toString(recipient.edition()));
    detail.put("audience", hears.audience().name());
    detail.put("audienceName", String.valueOf(hears.name()));
    detail.put("channel", recipient.sentTo().channel().name());
    trail.record(action, "notice-recipient:" + recipient.recipientId(), detail);
    return RecipientViewMapper.of(recipient);
  }
}
