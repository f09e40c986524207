package org.hikae.vault.core;

import java.security.MessageDigest;
import java.util.Optional;
import org.hikae.hk1.Hash256;
import org.hikae.vault.core.RecordStore.Rows;
import org.hikae.vault.wire.VaultRefusal;
import org.hikae.vault.wire.VaultReply.Refused;

/**
 * Finds a record for its owner. Somebody else's record, another set's, and none at all are the same
 * answer.
 */
final class Ownership {

  private Ownership() {}

  /** The caller's record with this credId, in whatever stage. */
  static VaultRecord require(Rows rows, Caller caller, Hash256 credId) {
    Optional<VaultRecord> row = rows.record(credId).filter(found -> belongsTo(found, caller));
    if (row.isEmpty()) {
      throw RefusalException.of(VaultRefusal.NO_RECORD);
    }
    return row.get();
  }

  private static boolean belongsTo(VaultRecord row, Caller caller) {
    return row.id().employee().equals(caller.employee())
        && MessageDigest.isEqual(row.id().setId(), caller.setId());
  }

  /** Why a record in this stage does not do what was asked. */
  static RefusalException refusalOf(VaultRecord row) {
    return switch (row.stage()) {
      case LOCKED -> new RefusalException(new Refused(VaultRefusal.LOCKED, 0, 0));
      case RETIRED -> RefusalException.of(VaultRefusal.NO_RECORD);
      case BEGUN, PENDING, ACTIVE -> RefusalException.of(VaultRefusal.WRONG_STATE);
    };
  }
}
