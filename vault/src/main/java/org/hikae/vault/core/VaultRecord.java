package org.hikae.vault.core;

import java.time.Instant;
import org.hikae.hk1.Hash256;
import org.jspecify.annotations.Nullable;

/**
 * One registration of a password: BEGUN → PENDING → ACTIVE → LOCKED or RETIRED. The transitions
 * below are the only ones; those that end a life drop the sealed bytes.
 *
 * @param id who and what it belongs to
 * @param stage where in its life it is
 * @param origin the RegInit that began it
 * @param pendingAt when it became PENDING, else null
 * @param activeAt when it became ACTIVE, else null
 * @param sealed its secrets, sealed to {@code id} and {@code stage}; null once destroyed
 */
public record VaultRecord(
    Id id,
    Stage stage,
    Origin origin,
    @Nullable Instant pendingAt,
    @Nullable Instant activeAt,
    byte @Nullable [] sealed) {

  /**
   * What the sealed bytes are bound to.
   *
   * @param credId the record, random
   * @param employee whose it is
   * @param setId the backup set, 16 bytes
   * @param ownerKey the set's owner key
   */
  public record Id(Hash256 credId, EmployeeId employee, byte[] setId, byte[] ownerKey) {}

  /**
   * The RegInit that began a record.
   *
   * @param idempotencyKey chosen by the device, 16 bytes
   * @param requestHash SHA-256 of the registration request: the one that is ever evaluated
   * @param at when
   */
  public record Origin(byte[] idempotencyKey, Hash256 requestHash, Instant at) {}

  /** A fresh record. */
  public static VaultRecord begun(Id id, Origin origin, byte[] sealed) {
    return new VaultRecord(id, Stage.BEGUN, origin, null, null, sealed);
  }

  /** After RegFinish. */
  public VaultRecord pending(Instant now, byte[] resealed) {
    require(Stage.BEGUN);
    return new VaultRecord(id, Stage.PENDING, origin, now, null, resealed);
  }

  /** After Expose. */
  public VaultRecord active(Instant now, byte[] resealed) {
    require(Stage.PENDING);
    return new VaultRecord(id, Stage.ACTIVE, origin, pendingAt, now, resealed);
  }

  /** After lock-out: the secrets are gone. */
  public VaultRecord locked() {
    require(Stage.ACTIVE);
    return new VaultRecord(id, Stage.LOCKED, origin, pendingAt, activeAt, null);
  }

  /** After it was replaced, given up or abandoned: the secrets are gone. */
  public VaultRecord retired() {
    if (!stage.isAlive()) {
      throw new IllegalStateException("a " + stage + " record cannot be retired");
    }
    return new VaultRecord(id, Stage.RETIRED, origin, pendingAt, activeAt, null);
  }

  private void require(Stage expected) {
    if (stage != expected) {
      throw new IllegalStateException("the record is " + stage + ", not " + expected);
    }
  }

  @Override
  public String toString() {
    return "VaultRecord(" + id.credId().hex().substring(0, 8) + ", " + stage + ")";
  }
}
