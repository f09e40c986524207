package org.hikae.enrollment.view;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the draft.
 *
 * @param revision the revision that was read
 * @param from from when on employees are shown it (ISO-8601); at once when absent
 * @param reconsentBy until when who agreed to an earlier version has to agree to this one
 *     (ISO-8601), or {@code none}
 */
public record PublishConsent(Long revision, @Nullable Instant from, String reconsentBy) {}
