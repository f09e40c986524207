package org.hikae.drill.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hikae.drill.wire.RecoveryProof;
import org.hikae.drill.wire.RecoveryProofKind;
import org.jspecify.annotations.Nullable;

/** The newest recovery proof of one kind of one device, with all that its signature covers. */
@Entity
@Table(name = "recovery_proof")
public class StoredRecoveryProof {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Column(name = "proof_id")
  private Long id;

  @Column(name = "device_id", updatable = false)
  private String deviceId;

  @Column(name = "employee_id", updatable = false)
  private long employeeId;

  @Enumerated(EnumType.STRING)
  @Column(name = "kind", updatable = false)
  private RecoveryProofKind kind;

  @Column(name = "made_at")
  private Instant madeAt;

  @Column(name = "counts_from")
  private Instant countsFrom;

  @Column(name = "received_at")
  private Instant receivedAt;

  @Column(name = "set_id")
  private String setId;

  @Column(name = "generation")
  private long generation;

  @Column(name = "snapshot_id")
  private @Nullable String snapshotId;

  @Column(name = "file_count")
  private long fileCount;

  @Column(name = "byte_count")
  private long byteCount;

  @Column(name = "signature")
  private String signature;

  /** For the persistence provider. */
  protected StoredRecoveryProof() {}

  /**
   * The first of its kind of this device.
   *
   * @param receivedAt the server's clock
   */
  public StoredRecoveryProof(
      String deviceId, long employeeId, RecoveryProof proof, Instant receivedAt) {
    this.deviceId = deviceId;
    this.employeeId = employeeId;
    this.kind = proof.kind();
    replace(proof, receivedAt);
  }

  /** Takes over a later one of the same kind and device. */
  public final void replace(RecoveryProof proof, Instant now) {
    madeAt = proof.madeAt();
    countsFrom = proof.madeAt().isAfter(now) ? now : proof.madeAt();
    receivedAt = now;
    setId = proof.setId();
    generation = proof.generation();
    snapshotId = proof.snapshotId();
    fileCount = proof.files();
    byteCount = proof.bytes();
    signature = proof.signature();
  }

  /** The device's clock, as signed. */
  public Instant madeAt() {
    return madeAt;
  }

  /** The same, but never later than it was received. */
  public Instant countsFrom() {
    return countsFrom;
  }

  /** The server's clock. */
  public Instant receivedAt() {
    return receivedAt;
  }
}
