package org.hikae.vault.core;

import org.hikae.vault.wire.Receipt;

/**
 * Makes receipts (spec HK1-V-12): a row of the ledger under the vault's signature. A row never
 * changes, so a receipt that is asked for again has the same signed bytes.
 */
final class Receipts {

  private final RootKey root;
  private final String tenant;

  Receipts(RootKey root, String tenant) {
    this.root = root;
    this.tenant = tenant;
  }

  Receipt of(LedgerRow row) {
    byte[] signature = root.identity().sign(Receipt.transcript(tenant, row.entry(), row.mac()));
    return new Receipt(tenant, row.entry(), row.mac(), signature);
  }
}
