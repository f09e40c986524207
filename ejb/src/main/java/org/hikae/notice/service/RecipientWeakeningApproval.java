package org.hikae.notice.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import org.hikae.notice.control.RecipientChange;
import org.hikae.notice.entity.NoticeRecipient;
import org.hikae.notice.store.NoticeRecipientStore;
import org.hikae.notice.view.PutRecipient;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;

/** Lets recipients hear less of what is critical, as two administrators want it. */
@ApplicationScoped
public class RecipientWeakeningApproval {

  /** What such a change is called. */
  public static final String KIND = "notice-recipient.quieter";

  @Inject private NoticeRecipientStore recipients;
  @Inject private RecipientWriter recipientWriter;

  /**
   * Makes a change, in the transaction in which it was approved. Refused when the recipient was
   * changed since it was asked for.
   *
   * @param change what was asked for and approved
   * @param requestedBy {@code sub} of who asked, for the trail
   */
  public void carryOut(String change, String requestedBy) {
    RecipientChange parsed = RecipientChange.parse(change);
    NoticeRecipient recipient =
        recipients
            .lock(parsed.recipientId())
            .filter(held -> held.edition() == parsed.edition())
            .orElseThrow(() -> Refusal.of(ProblemCode.CONFLICT));
    Map<String, String> more = Map.of("requestedBy", requestedBy);
    PutRecipient wanted = parsed.recipient();
    if (wanted == null) {
      var _ = recipientWriter.remove(recipient, more);
    } else {
      recipientWriter.requireFree(RecipientParser.name(wanted.name()), parsed.recipientId());
      RecipientParser.describe(recipient, wanted);
      var _ = recipientWriter.keep(recipient, RecipientWriter.EDIT, more);
    }
  }
}
