package org.hikae.notice.view;

import java.time.Instant;
import org.hikae.notice.value.NoticeChannel;
import org.jspecify.annotations.Nullable;

/**
 * How a way out stands.
 *
 * @param channel MAIL or WEBHOOK
 * @param configured whether the settings name an address for it; without, nothing is written for it
 * @param waiting messages that wait
 * @param troubled of those, with a failed attempt: when there are any, it may be down
 * @param failed messages that were given up
 * @param dueSince when the message was due that is due longest; absent when none waits
 */
public record NoticeChannelView(
    NoticeChannel channel,
    boolean configured,
    long waiting,
    long troubled,
    long failed,
    @Nullable Instant dueSince) {}
