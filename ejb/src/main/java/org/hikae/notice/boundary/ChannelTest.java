package org.hikae.notice.boundary;

import org.hikae.problem.wire.SchemaName;

/**
 * A way out to try.
 *
 * @param channel MAIL or WEBHOOK
 */
@SchemaName("ChannelTest")
public record ChannelTest(String channel) {}
