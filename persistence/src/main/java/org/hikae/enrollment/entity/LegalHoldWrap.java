package org.hikae.enrollment.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hikae.hk1.WrapMethod;
import org.jspecify.annotations.Nullable;

/**
 * A protection of K that its employee replaced or gave up while a legal hold stood. It is served to
 * nobody, can be opened here as little as before, and is erased when the hold is lifted.
 */
@Entity(name = "HeldWrap")
@Table(name = "held_wrap")
public class LegalHoldWrap {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Column(name = "held_wrap_id")
  private Long heldWrapId;

  @Column(name = "employee_id", updatable = false)
  private long employeeId;

  @Column(name = "set_id", updatable = false)
  private String setId;

  @Column(name = "wrap_id", updatable = false)
  private String wrapId;

  @Column(name = "generation", updatable = false)
  private long generation;

  @Enumerated(EnumType.STRING)
  @Column(name = "method", updatable = false)
  private WrapMethod method;

  @Column(name = "device_id", updatable = false)
  private String deviceId;

  @Column(name = "created_at", updatable = false)
  private Instant createdAt;

  @Column(name = "retired_at", updatable = false)
  private Instant retiredAt;

  @Column(name = "wrapped_key", updatable = false)
  private byte @Nullable [] wrappedKey;

  /** For the persistence provider. */
  protected LegalHoldWrap() {}

  /** What a wrap of this employee was. */
  public LegalHoldWrap(long employeeId, KeyWrap wrap, Instant retiredAt) {
    this.employeeId = employeeId;
    this.setId = wrap.setId();
    this.wrapId = wrap.wrapId();
    this.generation = wrap.generation();
    this.method = wrap.method();
    this.deviceId = wrap.deviceId();
    this.createdAt = wrap.createdAt();
    this.retiredAt = retiredAt;
    this.wrappedKey = wrap.wrappedKey();
  }
}
