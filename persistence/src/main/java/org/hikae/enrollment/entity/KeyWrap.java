package org.hikae.enrollment.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;
import org.hikae.hk1.WrapMethod;
import org.jspecify.annotations.Nullable;

/**
 * A protection of K. The portal files it and can open none: the wrap of method DIGIT_KEY opens with
 * the employee's 64 digits only, that of PASSWORD_VAULT lies in the vault and is only known of
 * here; CHAIN leads from K to the one before it. Its identifier, which a device chose, says nothing
 * outside its set: two employees can have the same one.
 */
@Entity
@IdClass(KeyWrap.Key.class)
@Table(name = "key_wrap")
public class KeyWrap {

  @Id
  @Column(name = "wrap_id")
  private String wrapId;

  @Id
  @Column(name = "set_id")
  private String setId;

  @Column(name = "generation", updatable = false)
  private long generation;

  @Enumerated(EnumType.STRING)
  @Column(name = "method", updatable = false)
  private WrapMethod method;

  @Column(name = "device_id", updatable = false)
  private String deviceId;

  @Column(name = "created_at", updatable = false)
  private Instant createdAt;

  @Column(name = "wrapped_key", updatable = false)
  private byte @Nullable [] wrappedKey;

  /** For the persistence provider. */
  protected KeyWrap() {}

  /**
   * A protection that a device made.
   *
   * @param generation generation of the K in it
   * @param wrappedKey the wrap itself; null for PASSWORD_VAULT
   */
  public KeyWrap(
      String wrapId,
      BackupSet set,
      long generation,
      WrapMethod method,
      String deviceId,
      Instant createdAt,
      byte @Nullable [] wrappedKey) {
    if ((wrappedKey == null) != (method == WrapMethod.PASSWORD_VAULT)) {
      throw new IllegalArgumentException("Only a wrap of PASSWORD_VAULT has no bytes here");
    }
    this.wrapId = wrapId;
    this.setId = set.setId();
    this.generation = generation;
    this.method = method;
    this.deviceId = deviceId;
    this.createdAt = createdAt;
    this.wrappedKey = wrappedKey == null ? null : wrappedKey.clone();
  }

  /** Hexadecimal identifier. */
  public String wrapId() {
    return wrapId;
  }

  /** The set whose K it protects. */
  public String setId() {
    return setId;
  }

  /** Generation of K. */
  public long generation() {
    return generation;
  }

  /** What opens it. */
  public WrapMethod method() {
    return method;
  }

  /** The device that made it. */
  public String deviceId() {
    return deviceId;
  }

  /** When it was filed. */
  public Instant createdAt() {
    return createdAt;
  }

  /** The wrap; null for PASSWORD_VAULT. */
  public byte @Nullable [] wrappedKey() {
    return wrappedKey == null ? null : wrappedKey.clone();
  }

  /** Set and identifier. */
  public static class Key implements Serializable {

    private static final long serialVersionUID = 1L;

    private String setId;
    private String wrapId;

    /** For the persistence provider. */
    protected Key() {}

    /** The wrap of a set. */
    public Key(String setId, String wrapId) {
      this.setId = setId;
      this.wrapId = wrapId;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && setId.equals(key.setId) && wrapId.equals(key.wrapId);
    }

    @Override
    public int hashCode() {
      return Objects.hash(setId, wrapId);
    }
  }
}
