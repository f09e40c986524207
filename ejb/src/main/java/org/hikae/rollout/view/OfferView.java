package org.hikae.rollout.view;

import java.time.Instant;

/**
 * An offer as administrators see it.
 *
 * @param group path of the group, or {@code *} for everyone
 * @param offeredAt ISO-8601 instant
 * @param offeredBy {@code sub} of the administrator
 */
public record OfferView(String group, Instant offeredAt, String offeredBy) {}
