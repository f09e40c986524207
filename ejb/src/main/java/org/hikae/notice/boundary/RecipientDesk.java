package org.hikae.notice.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.hikae.audit.boundary.AuditTrail;
import org.hikae.caller.boundary.FromClient;
import org.hikae.identity.wire.Realm;
import org.hikae.notice.entity.NoticeDeliveries;
import org.hikae.notice.entity.NoticeRecipient;
import org.hikae.notice.entity.NoticeRecipients;
import org.hikae.problem.boundary.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

/**
 * Administrators say who hears what. Whoever changes a recipient names the edition they saw. A
 * change counts for what happens from then on.
 */
@Stateless
@RolesAllowed(Realm.BACKUP_ADMIN)
@FromClient(Realm.PORTAL_CLIENT)
public class RecipientDesk {

  @Inject private NoticeRecipients recipients;
  @Inject private NoticeDeliveries deliveries;
  @Inject private AuditTrail trail;

  /** All recipients, at most a hundred, in the order they were made. */
  @RolesAllowed({Realm.BACKUP_ADMIN, Realm.AUDITOR})
  public List<RecipientView> list() {
    return recipients.all().stream().map(RecipientView::of).toList();
  }

  /** Makes a recipient. */
  public RecipientView create(PutRecipient wanted) {
    NoticeRecipient recipient = new NoticeRecipient();
    RecipientForm.describe(recipient, wanted);
    if (recipients.count() >= NoticeRecipients.MAX || recipients.isNamed(recipient.name(), 0)) {
      throw Refusal.of(ProblemCode.CONFLICT);
    }
    keep(recipient);
    return recorded(recipient, "notice.recipient-create");
  }

  /**
   * Changes a recipient.
   *
   * @param edition the one that the caller saw
   */
  public RecipientView edit(long recipientId, @Nullable Long edition, PutRecipient wanted) {
    NoticeRecipient recipient = hold(recipientId, edition, wanted);
    if (recipients.isNamed(RecipientForm.name(wanted.name()), recipientId)) {
      throw Refusal.of(ProblemCode.CONFLICT);
    }
    RecipientForm.describe(recipient, wanted);
    keep(recipient);
    return recorded(recipient, "notice.recipient-edit");
  }

  /** Refused as well when another administrator gave the name away at this very moment. */
  private void keep(NoticeRecipient recipient) {
    if (!recipients.keep(recipient)) {
      throw Refusal.of(ProblemCode.CONFLICT);
    }
  }

  /** Removes a recipient, and what waits for it. */
  public void remove(long recipientId, @Nullable Long edition) {
    NoticeRecipient recipient = hold(recipientId, edition, null);
    deliveries.forgetWaiting(recipientId);
    recipients.remove(recipient);
    var _ = recorded(recipient, "notice.recipient-remove");
  }

  private NoticeRecipient hold(
      long recipientId, @Nullable Long edition, @Nullable PutRecipient wanted) {
    NoticeRecipient recipient = recipients.hold(recipientId).orElseThrow(Refusal::notFound);
    if (edition == null) {
      throw Refusal.malformed("If-Match must name the edition that you saw.");
    }
    if (edition != recipient.edition()) {
      throw Refusal.with(
          ProblemCode.EDITED_MEANWHILE, new EditedRecipient(RecipientView.of(recipient), wanted));
    }
    return recipient;
  }

  private RecipientView recorded(NoticeRecipient recipient, String action) {
    NoticeRecipient.Hears hears = recipient.hears();
    trail.record(
        action,
        "notice-recipient:" + recipient.recipientId(),
        Map.of(
            "edition", Long.toString(recipient.edition()),
            "audience", hears.audience().name(),
            "audienceName", String.valueOf(hears.name()),
            "channel", recipient.sentTo().channel().name()));
    return RecipientView.of(recipient);
  }
}
