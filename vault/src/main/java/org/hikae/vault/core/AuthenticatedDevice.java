package org.hikae.vault.core;

import java.util.Optional;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.TextCodec;
import org.hikae.hk1.Transcript;
import org.hikae.vault.account.Id128;
import org.hikae.vault.account.OwnedSet;
import org.hikae.vault.account.VaultRecord;
import org.hikae.vault.port.TokenVerifier;
import org.hikae.vault.transaction.AccountTransaction;
import org.hikae.vault.transaction.RefusalException;
import org.hikae.vault.wire.LedgerEntry;
import org.hikae.vault.wire.LedgerHead;
import org.hikae.vault.wire.VaultRefusal;
import org.hikae.vault.wire.VaultReply.Refused;
import org.hikae.vault.wire.VaultRequest;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, after token, device signature and head were checked. The device is its key; nothing the
 * portal says is in here.
 *
 * @param employee the employee of the token, hashed
 * @param deviceKey the key that signed the request
 * @param setId the backup set the device says it speaks for; what it asks about is looked up by
 *     employee and set
 * @param seen the newest head of the ledger that the device remembers
 * @param freshSignIn whether the employee typed credentials within the last minutes
 */
public record AuthenticatedDevice(
    Hash256 employee,
    byte[] deviceKey,
    Id128 setId,
    @Nullable LedgerHead seen,
    boolean freshSignIn) {

  static AuthenticatedDevice of(
      String tenant,
      TokenVerifier.TokenBearer bearer,
      VaultRequest request,
      @Nullable LedgerHead seen,
      boolean freshSignIn) {
    return new AuthenticatedDevice(
        LedgerEntry.employeeOf(tenant, bearer.issuer(), bearer.subject()),
        request.deviceKey(),
        Id128.of(request.setId()),
        seen,
        freshSignIn);
  }

  Id128 deviceId() {
    return Id128.of(TextCodec.deviceId(deviceKey));
  }

  /** Names one LoginStart: another KE1 or another device is another request. */
  public Hash256 loginRequest(byte[] ke1) {
    return Hash256.sha256(Transcript.of("vault login request").add(ke1).add(deviceKey).toBytes());
  }

  void requireFreshSignIn() {
    if (!freshSignIn) {
      throw RefusalException.of(VaultRefusal.REAUTHENTICATE);
    }
  }

  /**
   * The caller's record with this credId, in whatever stage. Somebody else's record, another set's,
   * and none at all are the same answer.
   */
  VaultRecord record(AccountTransaction accountTransaction, Hash256 credId) {
    return accountTransaction
        .account()
        .record(credId)
        .filter(found -> found.setId().equals(setId))
        .orElseThrow(() -> RefusalException.of(VaultRefusal.NO_RECORD));
  }

  /** The caller's set. */
  OwnedSet set(AccountTransaction accountTransaction) {
    Optional<OwnedSet> set = accountTransaction.account().set(setId);
    return set.orElseThrow(() -> RefusalException.of(VaultRefusal.NO_RECORD));
  }

  /** Why a record in this stage does not do what was asked. */
  static RefusalException refusalOf(VaultRecord record) {
    return switch (record.stage()) {
      case LOCKED -> new RefusalException(new Refused(VaultRefusal.LOCKED, 0, 0));
      case RETIRED -> RefusalException.of(VaultRefusal.NO_RECORD);
      case BEGUN, PENDING, ACTIVE -> RefusalException.of(VaultRefusal.WRONG_STATE);
    };
  }
}
