package org.hikae.notice.view;

import org.hikae.notice.value.NoticeChannel;
import org.hikae.openapi.wire.SchemaName;
import org.hikae.problem.wire.RequirementText;
import org.jspecify.annotations.Nullable;

/**
 * A way out to try.
 *
 * @param channel MAIL or WEBHOOK
 * @param settings what to try, which is not kept; absent for what holds now
 */
@SchemaName("ChannelTest")
public record TestChannel(
    @RequirementText("one of MAIL, WEBHOOK") NoticeChannel channel,
    @Nullable PutChannel settings) {}
