package org.hikae.notice.value;

import java.util.List;

/**
 * Where a recipient's notices go.
 *
 * @param channel how
 * @param addresses mail addresses; empty for the employee's own and for the webhook
 * @param language {@code en} or {@code ja}
 */
public record RecipientDestination(
    NoticeChannel channel, List<String> addresses, String language) {}
