package org.hikae.audit.view;

/**
 * The chain's end.
 *
 * @param seq place of the last event; 0 for none
 * @param hash its hash
 */
public record AuditChainEnd(long seq, String hash) {}
