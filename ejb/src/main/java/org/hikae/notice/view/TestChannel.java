package org.hikae.notice.view;

import org.hikae.openapi.wire.SchemaName;

/**
 * A way out to try.
 *
 * @param channel MAIL or WEBHOOK
 */
@SchemaName("ChannelTest")
public record TestChannel(String channel) {}
