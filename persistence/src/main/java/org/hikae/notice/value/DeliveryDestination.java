package org.hikae.notice.value;

/**
 * Where a message goes.
 *
 * @param channel how
 * @param address a mail address, or the webhook's name
 * @param language {@code en} or {@code ja}
 */
public record DeliveryDestination(NoticeChannel channel, String address, String language) {}
