package org.hikae.notice.view;

import java.io.Serializable;

/**
 * Who hears what.
 *
 * @param recipientId its number
 * @param edition how often it was changed; also its entity tag
 * @param recipient what was sent
 */
public record RecipientView(long recipientId, long edition, PutRecipient recipient)
    implements Serializable {}
