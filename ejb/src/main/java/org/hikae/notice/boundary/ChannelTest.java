package org.hikae.notice.boundary;

/**
 * A way out to try.
 *
 * @param channel MAIL or WEBHOOK
 */
public record ChannelTest(String channel) {}
