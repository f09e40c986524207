package org.hikae.audit.control;

import java.time.Instant;
import java.util.Map;

/**
 * What an export says about itself.
 *
 * @param portal where the portal is reached
 * @param at when it was made
 * @param filter what was looked for, by name; empty for everything
 * @param seq place of the trail's end
 * @param hash hash of the trail's end
 * @param card the vault's signed card, base64url; empty when there is no vault
 */
public record AuditExportHeader(
    String portal, Instant at, Map<String, String> filter, long seq, String hash, String card) {}
