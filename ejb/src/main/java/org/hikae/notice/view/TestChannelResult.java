package org.hikae.notice.view;

import java.io.Serializable;
import org.hikae.notice.value.DeliveryFailure;
import org.hikae.openapi.wire.SchemaName;
import org.jspecify.annotations.Nullable;

/**
 * What became of a trial.
 *
 * @param sent whether the other side took it
 * @param trouble why not, in one word
 * @param answer what the other side said, at most 300 characters; it is not kept
 */
@SchemaName("ChannelTested")
public record TestChannelResult(
    boolean sent, @Nullable DeliveryFailure trouble, @Nullable String answer)
    implements Serializable {}
