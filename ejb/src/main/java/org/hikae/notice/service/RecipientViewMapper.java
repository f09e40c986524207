package org.hikae.notice.service;

import java.util.List;
import org.hikae.notice.entity.NoticeRecipient;
import org.hikae.notice.value.RecipientDestination;
import org.hikae.notice.value.RecipientSchedule;
import org.hikae.notice.view.PutRecipient;
import org.hikae.notice.view.RecipientView;
import org.hikae.notice.wire.NoticeKind;
import org.jspecify.annotations.Nullable;

/** Shows recipients as they are put. */
public final class RecipientViewMapper {

  private RecipientViewMapper() {}

  public static RecipientView of(NoticeRecipient recipient) {
    RecipientDestination to = recipient.sentTo();
    RecipientSchedule times = recipient.times();
    List<String> kinds = recipient.kinds().stream().map(NoticeKind::code).toList();
    return new RecipientView(
        recipient.recipientId(),
        recipient.edition(),
        new PutRecipient(
            recipient.name(),
            recipient.hears().audience(),
            recipient.hears().name(),
            to.channel(),
            to.addresses(),
            to.language(),
            kinds,
            times.zone().getId(),
            text(times.quietFrom()),
            text(times.quietUntil()),
            text(times.digestAt()),
            times.mutedUntil()));
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }
}
