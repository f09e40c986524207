package org.hikae.diagnostics.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Diagnostics of a device. A row without content is one that newer ones have replaced: it only says
 * that they came, so that those of a day can be counted.
 */
@Entity
@Table(name = "device_diagnostics")
public class DeviceDiagnostics {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Column(name = "diagnostics_id")
  private Long id;

  @Column(name = "device_id", updatable = false)
  private String deviceId;

  @Column(name = "employee_id", updatable = false)
  private long employeeId;

  @Column(name = "received_at", updatable = false)
  private Instant receivedAt;

  @Column(name = "content")
  private @Nullable String content;

  /** For the persistence provider. */
  protected DeviceDiagnostics() {}

  /** Diagnostics that came just now. */
  public DeviceDiagnostics(String deviceId, long employeeId, Instant receivedAt, String content) {
    this.deviceId = deviceId;
    this.employeeId = employeeId;
    this.receivedAt = receivedAt;
    this.content = content;
  }

  /** Which device. */
  public String deviceId() {
    return deviceId;
  }

  /** The server's clock. */
  public Instant receivedAt() {
    return receivedAt;
  }

  /** The checked diagnostics as JSON; null once newer ones have replaced them. */
  public @Nullable String content() {
    return content;
  }
}
