package org.hikae.lifecycle.view;

import java.util.List;
import org.hikae.openapi.wire.SchemaName;

/**
 * All keys that were ever used.
 *
 * @param keys the newest first
 */
@SchemaName("ReceiptKeysKeySet")
public record ReceiptKeySet(List<ReceiptKeyJwk> keys) {}
