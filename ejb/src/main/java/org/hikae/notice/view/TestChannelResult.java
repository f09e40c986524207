package org.hikae.notice.view;

import org.hikae.notice.value.DeliveryFailure;
import org.hikae.openapi.wire.SchemaName;
import org.jspecify.annotations.Nullable;

/**
 * What became of a trial.
 *
 * @param sent whether the other side took it
 * @param trouble why not: UNREACHABLE, UNTRUSTED, REFUSED, ADDRESS or NOT_CONFIGURED
 */
@SchemaName("ChannelTested")
public record TestChannelResult(boolean sent, @Nullable DeliveryFailure trouble) {}
