package org.hikae.rollout.view;

/**
 * An offer as administrators see it.
 *
 * @param group path of the group, or {@code *} for everyone
 * @param offeredAt ISO-8601 instant
 * @param offeredBy {@code sub} of the administrator
 */
public record OfferView(String group, String offeredAt, String offeredBy) {}
