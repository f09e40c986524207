package org.hikae.identity.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A legal hold: while it stands, nothing of the employee's is erased. It is lifted once and for
 * good. An employee has at most one that stands: the database sees to it.
 */
@Entity
@Table(name = "legal_hold")
public class LegalHoldOrder {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Column(name = "hold_id")
  private Long holdId;

  @Column(name = "employee_id", updatable = false)
  private long employeeId;

  @Column(name = "current_of")
  private @Nullable Long currentOf;

  @Column(name = "reason", updatable = false)
  private String reason;

  @Column(name = "set_at", updatable = false)
  private Instant setAt;

  @Column(name = "set_by_issuer", updatable = false)
  private String setByIssuer;

  @Column(name = "set_by_subject", updatable = false)
  private String setBySubject;

  @Column(name = "lifted_at")
  private @Nullable Instant liftedAt;

  @Column(name = "lifted_by_issuer")
  private @Nullable String liftedByIssuer;

  @Column(name = "lifted_by_subject")
  private @Nullable String liftedBySubject;

  /** For the persistence provider. */
  protected LegalHoldOrder() {}

  /** A hold that the administrator (issuer, subject) sets. */
  public LegalHoldOrder(
      long employeeId, String reason, String issuer, String subject, Instant setAt) {
    this.employeeId = employeeId;
    this.currentOf = employeeId;
    this.reason = reason;
    this.setByIssuer = issuer;
    this.setBySubject = subject;
    this.setAt = setAt;
  }

  /** The administrator (issuer, subject) lifts it, with another's agreement. */
  public void lift(String issuer, String subject, Instant at) {
    if (currentOf == null) {
      throw new IllegalStateException("A hold is lifted once");
    }
    currentOf = null;
    liftedByIssuer = issuer;
    liftedBySubject = subject;
    liftedAt = at;
  }

  /** Identifier. */
  public long holdId() {
    return holdId;
  }

  /** Whose backup is held. */
  public long employeeId() {
    return employeeId;
  }

  /** Why. */
  public String reason() {
    return reason;
  }

  /** Since when. */
  public Instant setAt() {
    return setAt;
  }

  /** {@code sub} of who set it. */
  public String setBySubject() {
    return setBySubject;
  }
}
