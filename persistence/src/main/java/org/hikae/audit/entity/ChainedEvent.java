package org.hikae.audit.entity;

import org.jspecify.annotations.Nullable;

/**
 * An event with its place and names.
 *
 * @param event what happened
 * @param link its place; null while it waits for one
 * @param personal what people were called; null when erased or nobody was named
 * @param previous hash of the place before; null at the first place and while it waits for one
 */
public record ChainedEvent(
    AuditEvent event,
    @Nullable AuditLink link,
    @Nullable AuditPersonal personal,
    @Nullable String previous) {}
