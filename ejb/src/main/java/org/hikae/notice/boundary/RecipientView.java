package org.hikae.notice.boundary;

import java.util.List;
import org.hikae.notice.entity.NoticeRecipient;
import org.hikae.notice.wire.NoticeKind;
import org.jspecify.annotations.Nullable;

/**
 * Who hears what.
 *
 * @param recipientId its number
 * @param edition how often it was changed; also its entity tag
 * @param recipient what was sent
 */
public record RecipientView(long recipientId, long edition, PutRecipient recipient) {

  static RecipientView of(NoticeRecipient recipient) {
    NoticeRecipient.SentTo to = recipient.sentTo();
    NoticeRecipient.Times times = recipient.times();
    List<String> kinds = recipient.kinds().stream().map(NoticeKind::code).toList();
    return new RecipientView(
        recipient.recipientId(),
        recipient.edition(),
        new PutRecipient(
            recipient.name(),
            recipient.hears().audience().name(),
            recipient.hears().name(),
            to.channel().name(),
            to.addresses(),
            to.language(),
            kinds,
            times.zone().getId(),
            text(times.quietFrom()),
            text(times.quietUntil()),
            text(times.digestAt()),
            text(times.mutedUntil())));
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }
}
