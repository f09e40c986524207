package org.hikae.notice.view;

import org.hikae.notice.value.NoticeChannel;
import org.hikae.openapi.wire.SchemaName;
import org.hikae.problem.wire.RequirementText;

/**
 * A way out to try.
 *
 * @param channel MAIL or WEBHOOK
 */
@SchemaName("ChannelTest")
public record TestChannel(@RequirementText("one of MAIL, WEBHOOK") NoticeChannel channel) {}
