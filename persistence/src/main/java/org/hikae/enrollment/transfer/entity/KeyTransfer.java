package org.hikae.enrollment.transfer.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A new device asks for K; the first other one that answers is the old device from then on. */
@Entity
@Table(name = "key_transfer")
public class KeyTransfer {

  @Id
  @Column(name = "transfer_id")
  private String transferId;

  @Column(name = "employee_id", updatable = false)
  private long employeeId;

  @Column(name = "set_id", updatable = false)
  private String setId;

  @Column(name = "new_device", updatable = false)
  private String newDevice;

  @Column(name = "old_device")
  private @Nullable String oldDevice;

  @Column(name = "address", updatable = false)
  private String address;

  @Column(name = "opened_at", updatable = false)
  private Instant openedAt;

  @Column(name = "expires_at", updatable = false)
  private Instant expiresAt;

  /** For the persistence provider. */
  protected KeyTransfer() {}

  /** One that nobody has answered yet. */
  public KeyTransfer(
      String transferId,
      long employeeId,
      String setId,
      String newDevice,
      String address,
      Instant openedAt,
      Instant expiresAt) {
    this.transferId = transferId;
    this.employeeId = employeeId;
    this.setId = setId;
    this.newDevice = newDevice;
    this.address = address;
    this.openedAt = openedAt;
    this.expiresAt = expiresAt;
  }

  /** This device answers from now on, and no other. */
  public void answeredBy(String deviceId) {
    if (oldDevice != null && !oldDevice.equals(deviceId)) {
      throw new IllegalStateException("another device answers");
    }
    oldDevice = deviceId;
  }

  /** Its random identifier, hexadecimal. */
  public String transferId() {
    return transferId;
  }

  /** The set whose K is asked for. */
  public String setId() {
    return setId;
  }

  /** The device that asks. */
  public String newDevice() {
    return newDevice;
  }

  /** The device that answers, once one does. */
  public @Nullable String oldDevice() {
    return oldDevice;
  }

  /** From which network address it was asked. */
  public String address() {
    return address;
  }

  /** When it was asked. */
  public Instant openedAt() {
    return openedAt;
  }

  /** When it ends. */
  public Instant expiresAt() {
    return expiresAt;
  }
}
