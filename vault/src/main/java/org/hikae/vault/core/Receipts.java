package org.hikae.vault.core;

import java.time.Instant;
import org.hikae.hk1.Hash256;
import org.hikae.vault.wire.Receipt;
import org.hikae.vault.wire.VaultEvent;

/**
 * Makes receipts (spec HK1-V-06, HK1-V-07, HK1-V-12). Everything in one comes from the stored
 * record, so the receipt of one event has the same signed bytes whenever it is asked for.
 */
final class Receipts {

  private static final byte[] NO_SIGNATURE = new byte[0];

  private final RootKey root;
  private final String tenant;

  Receipts(RootKey root, String tenant) {
    this.root = root;
    this.tenant = tenant;
  }

  /** The receipt of one event, not yet signed. */
  Receipt unsigned(
      VaultEvent event, Instant at, String subject, VaultRecord row, RecordSeal.Secrets secrets) {
    return new Receipt(
        event,
        at.getEpochSecond(),
        tenant,
        subject,
        row.id().setId(),
        row.id().credId().toBytes(),
        Hash256.sha256(secrets.upload()),
        Hash256.sha256(secrets.wrap()),
        row.id().ownerKey(),
        NO_SIGNATURE);
  }

  /** The same receipt with the vault's signature. */
  Receipt signed(Receipt unsigned) {
    return new Receipt(
        unsigned.event(),
        unsigned.atSeconds(),
        unsigned.tenant(),
        unsigned.subject(),
        unsigned.setId(),
        unsigned.credId(),
        unsigned.uploadHash(),
        unsigned.wrapHash(),
        unsigned.ownerKey(),
        root.identity().sign(unsigned.transcript()));
  }
}
