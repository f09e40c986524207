package org.hikae.notice.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.hikae.notice.wire.NoticeKind;
import org.jspecify.annotations.Nullable;

/** Something a person should hear of: written with its cause, delivered later. */
@Entity
@Table(name = "notice")
public class Notice {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Column(name = "notice_id")
  private Long noticeId;

  @Column(name = "created_at", updatable = false)
  private Instant createdAt;

  @Column(name = "employee_id", updatable = false)
  private @Nullable Long employeeId;

  @Column(name = "kind", updatable = false)
  private String kind;

  @Column(name = "detail", updatable = false)
  private String detail;

  /** The same cause is told once. */
  @Column(name = "cause", updatable = false)
  private @Nullable String cause;

  @Column(name = "delivered_at")
  private @Nullable Instant addressedAt;

  @Column(name = "acknowledged_at")
  private @Nullable Instant acknowledgedAt;

  @Column(name = "acknowledged_by")
  private @Nullable String acknowledgedBy;

  /** For the persistence provider. */
  protected Notice() {}

  /**
   * A notice that has no deliveries yet.
   *
   * @param employeeId whom it concerns; null for none
   * @param kind what happened
   * @param detail facts as a JSON object; never a secret
   * @param cause what is told once only; null when each telling is another
   */
  public Notice(
      Instant createdAt,
      @Nullable Long employeeId,
      NoticeKind kind,
      String detail,
      @Nullable String cause) {
    this.createdAt = createdAt;
    this.employeeId = employeeId;
    this.kind = kind.code();
    this.detail = detail;
    this.cause = cause;
  }

  /** Order of creation. */
  public long noticeId() {
    return noticeId;
  }

  /** When its cause happened. */
  public Instant createdAt() {
    return createdAt;
  }

  /** Whom it concerns; null for none. */
  public @Nullable Long employeeId() {
    return employeeId;
  }

  /** What happened; empty for a kind of another release. */
  public Optional<NoticeKind> kind() {
    return NoticeKind.named(kind);
  }

  /** What happened, by the name that is kept. */
  public String kindCode() {
    return kind;
  }

  /** Facts as JSON. */
  public String detail() {
    return detail;
  }

  /** When its deliveries were written; null while it waits for that. */
  public @Nullable Instant addressedAt() {
    return addressedAt;
  }

  /** Its deliveries are written. */
  public void addressed(Instant at) {
    addressedAt = at;
  }

  /** When somebody said that they had seen it. */
  public @Nullable Instant acknowledgedAt() {
    return acknowledgedAt;
  }

  /** Who said so: their {@code sub}. */
  public @Nullable String acknowledgedBy() {
    return acknowledgedBy;
  }

  /** Somebody has seen it; who was first stays. */
  public void acknowledge(String subject, Instant at) {
    if (acknowledgedAt == null) {
      acknowledgedAt = at;
      acknowledgedBy = subject;
    }
  }

  /** What is told once only, if it is. */
  @Nullable
  public String cause() {
    return cause;
  }
}
