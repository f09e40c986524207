package org.hikae.vault.ledger;

import org.hikae.vault.port.LedgerRow;
import org.hikae.vault.port.RootKey;
import org.hikae.vault.wire.Receipt;

/**
 * Makes receipts (spec HK1-V-12): a row of the ledger under the vault's signature. A row never
 * changes, so a receipt that is asked for again has the same signed bytes.
 */
public final class ReceiptIssuer {

  private final RootKey root;
  private final String tenant;

  public ReceiptIssuer(RootKey root, String tenant) {
    this.root = root;
    this.tenant = tenant;
  }

  public Receipt of(LedgerRow row) {
    byte[] signature = root.identity().sign(Receipt.transcript(tenant, row.entry(), row.mac()));
    return new Receipt(tenant, row.entry(), row.mac(), signature);
  }
}
