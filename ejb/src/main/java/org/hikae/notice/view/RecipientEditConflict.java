package org.hikae.notice.view;

import org.jspecify.annotations.Nullable;

/**
 * What somebody wanted and what stands instead.
 *
 * @param current the recipient as it is now
 * @param yours what was sent; absent when it was to be removed
 */
public record RecipientEditConflict(RecipientView current, @Nullable PutRecipient yours) {}
