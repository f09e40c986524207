package org.hikae.notice.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.identity.wire.RealmNames;
import org.hikae.notice.control.RecipientChange;
import org.hikae.notice.control.RecipientWeakeningPolicy;
import org.hikae.notice.entity.NoticeRecipient;
import org.hikae.notice.service.RecipientParser;
import org.hikae.notice.service.RecipientViewMapper;
import org.hikae.notice.service.RecipientWeakeningApproval;
import org.hikae.notice.service.RecipientWriter;
import org.hikae.notice.service.SecondAdministrator;
import org.hikae.notice.store.NoticeRecipientStore;
import org.hikae.notice.value.RecipientId;
import org.hikae.notice.view.PutRecipient;
import org.hikae.notice.view.PutRecipientResult;
import org.hikae.notice.view.RecipientEditConflict;
import org.hikae.notice.view.RecipientView;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

/**
 * Administrators say who hears what. Whoever changes a recipient names the edition they saw. A
 * change counts for what happens from then on. What lets somebody hear less of what is critical
 * waits for a second administrator.
 */
@Stateless
@RolesAllowed(RealmNames.BACKUP_ADMIN)
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.COMPANY)
public class RecipientCommands {

  @Inject private NoticeRecipientStore recipients;
  @Inject private RecipientWriter recipientWriter;
  @Inject private SecondAdministrator second;
  @Inject private Clock clock;

  /** All recipients, at most a hundred, in the order they were made. */
  @RolesAllowed({RealmNames.BACKUP_ADMIN, RealmNames.AUDITOR})
  public List<RecipientView> list() {
    return recipients.all().stream().map(RecipientViewMapper::of).toList();
  }

  /** Makes a recipient. */
  public RecipientView create(PutRecipient wanted) {
    NoticeRecipient recipient = described(wanted);
    if (recipients.count() >= NoticeRecipientStore.MAX) {
      throw Refusal.of(ProblemCode.CONFLICT);
    }
    recipientWriter.requireFree(recipient.name(), 0);
    return recipientWriter.keep(recipient, "notice.recipient-create", Map.of());
  }

  /**
   * Changes a recipient, or asks a second administrator.
   *
   * @param edition the one that the caller saw
   */
  public PutRecipientResult edit(
      RecipientId recipientId, @Nullable Long edition, PutRecipient wanted) {
    NoticeRecipient recipient = lock(recipientId.value(), edition, wanted);
    NoticeRecipient after = described(wanted);
    recipientWriter.requireFree(after.name(), recipientId.value());
    if (RecipientWeakeningPolicy.isWeaker(
        subscription(recipient), subscription(after), clock.instant())) {
      return ask(recipient, wanted);
    }
    RecipientParser.describe(recipient, wanted);
    return new PutRecipientResult.Made(
        recipientWriter.keep(recipient, RecipientWriter.EDIT, Map.of()));
  }

  /** Removes a recipient, and what waits for it; or asks a second administrator. */
  public PutRecipientResult remove(RecipientId recipientId, @Nullable Long edition) {
    NoticeRecipient recipient = lock(recipientId.value(), edition, null);
    if (RecipientWeakeningPolicy.isWeaker(subscription(recipient), null, clock.instant())) {
      return ask(recipient, null);
    }
    return new PutRecipientResult.Made(recipientWriter.remove(recipient, Map.of()));
  }

  private PutRecipientResult ask(NoticeRecipient recipient, @Nullable PutRecipient wanted) {
    RecipientChange change =
        new RecipientChange(recipient.recipientId(), recipient.edition(), wanted);
    String text = change.text(RecipientViewMapper.of(recipient).recipient());
    return new PutRecipientResult.Waits(second.ask(RecipientWeakeningApproval.KIND, text));
  }

  private static RecipientWeakeningPolicy.Subscription subscription(NoticeRecipient recipient) {
    return new RecipientWeakeningPolicy.Subscription(
        Arrays.stream(NoticeKind.values())
            .filter(recipient::wants)
            .collect(Collectors.toUnmodifiableSet()),
        recipient.hears(),
        recipient.sentTo(),
        recipient.times().mutedUntil());
  }

  private static NoticeRecipient described(PutRecipient wanted) {
    NoticeRecipient recipient = new NoticeRecipient();
    RecipientParser.describe(recipient, wanted);
    return recipient;
  }

  private NoticeRecipient lock(
      long recipientId, @Nullable Long edition, @Nullable PutRecipient wanted) {
    NoticeRecipient recipient = recipients.lock(recipientId).orElseThrow(Refusal::notFound);
    if (edition == null) {
      throw Refusal.malformed("If-Match must name the edition that you saw.");
    }
    if (edition != recipient.edition()) {
      throw Refusal.with(
          ProblemCode.EDITED_MEANWHILE,
          new RecipientEditConflict(RecipientViewMapper.of(recipient), wanted));
    }
    return recipient;
  }
}
