package org.hikae.notice.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
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

  @Column(name = "delivered_at")
  private @Nullable Instant deliveredAt;

  /** For the persistence provider. */
  protected Notice() {}

  /**
   * A notice that is not delivered yet.
   *
   * @param employeeId for whom; null for the administrators
   * @param kind what happened, such as {@code device.enrolled}
   * @param detail facts as a JSON object; never a secret
   */
  public Notice(Instant createdAt, @Nullable Long employeeId, String kind, String detail) {
    this.createdAt = createdAt;
    this.employeeId = employeeId;
    this.kind = kind;
    this.detail = detail;
  }

  /** Order of creation. */
  public long noticeId() {
    return noticeId;
  }

  /** When its cause happened. */
  public Instant createdAt() {
    return createdAt;
  }

  /** For whom; null for the administrators. */
  public @Nullable Long employeeId() {
    return employeeId;
  }

  /** What happened. */
  public String kind() {
    return kind;
  }

  /** Facts as JSON. */
  public String detail() {
    return detail;
  }

  /** When it was delivered; null while it waits. */
  public @Nullable Instant deliveredAt() {
    return deliveredAt;
  }
}
