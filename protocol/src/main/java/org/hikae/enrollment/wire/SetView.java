package org.hikae.enrollment.wire;

import java.util.List;

/**
 * A backup set.
 *
 * @param setId 16 bytes, hexadecimal
 * @param generation generation of K, from 1
 * @param state {@code PENDING} until the opt-in is complete, then {@code ACTIVE}; {@code WITHDRAWN}
 *     after opting out
 * @param createdAt ISO-8601 instant
 * @param wraps the protections of K that the portal knows of
 */
public record SetView(
    String setId, long generation, String state, String createdAt, List<WrapView> wraps) {}
