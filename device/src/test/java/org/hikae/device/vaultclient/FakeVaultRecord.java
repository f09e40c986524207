package org.hikae.device.vaultclient;

import org.hikae.crypto.group.Scalar;
import org.hikae.hk1.Hash256;
import org.hikae.vault.wire.RecordState;

/** A record of a fake vault. */
final class FakeVaultRecord {

  final byte[] setId;
  final Hash256 credId;
  final Scalar factor;
  RecordState state = RecordState.NONE;
  byte[] upload = new byte[0];
  byte[] wrap = new byte[0];
  long pendingRow;
  long exposedRow;

  FakeVaultRecord(byte[] setId, Hash256 credId, Scalar factor) {
    this.setId = setId;
    this.credId = credId;
    this.factor = factor;
  }
}
