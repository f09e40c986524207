package org.hikae.lifecycle.boundary;

import java.util.List;
import org.hikae.problem.wire.SchemaName;

/**
 * All keys that were ever used.
 *
 * @param keys the newest first
 */
@SchemaName("ReceiptKeysKeySet")
public record ReceiptKeySet(List<ReceiptKeyJwk> keys) {}
