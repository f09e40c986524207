package org.hikae.notice.value;

import org.jspecify.annotations.Nullable;

/**
 * Whose notices a recipient hears.
 *
 * @param audience of whom
 * @param name the role or the group's path; null for the employee concerned
 */
public record RecipientInterest(RecipientAudience audience, @Nullable String name) {}
