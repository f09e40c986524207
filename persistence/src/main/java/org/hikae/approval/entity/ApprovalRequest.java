package org.hikae.approval.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import org.hikae.approval.value.ApprovalState;
import org.hikae.hk1.Hash256;
import org.jspecify.annotations.Nullable;

/**
 * A change that a second administrator must agree to. PENDING becomes APPROVED, REJECTED or
 * WITHDRAWN, once and for good; what is still pending when its time has passed is EXPIRED.
 */
@Entity
@Table(name = "approval_request")
public class ApprovalRequest {

  /** How long a request can be approved. */
  public static final Duration VALID = Duration.ofHours(24);

  /** Longest change, in characters. */
  public static final int MAX_CHANGE_CHARS = 16_000;

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Column(name = "request_id")
  private Long requestId;

  @Column(name = "kind", updatable = false)
  private String kind;

  @Column(name = "change", updatable = false)
  private String change;

  @Column(name = "change_hash", updatable = false)
  private String changeHash;

  @Column(name = "subject_employee_id", updatable = false)
  private @Nullable Long subjectEmployeeId;

  @Column(name = "requested_by_issuer", updatable = false)
  private String requestedByIssuer;

  @Column(name = "requested_by_subject", updatable = false)
  private String requestedBySubject;

  @Column(name = "requested_at", updatable = false)
  private Instant requestedAt;

  @Column(name = "expires_at", updatable = false)
  private Instant expiresAt;

  @Enumerated(EnumType.STRING)
  @Column(name = "state")
  private ApprovalState state;

  @Column(name = "decided_by_issuer")
  private @Nullable String decidedByIssuer;

  @Column(name = "decided_by_subject")
  private @Nullable String decidedBySubject;

  @Column(name = "decided_at")
  private @Nullable Instant decidedAt;

  /** For the persistence provider. */
  protected ApprovalRequest() {}

  /**
   * A request of the administrator (issuer, subject).
   *
   * @param kind what is to be done
   * @param change exactly how, as JSON
   * @param subjectEmployeeId whom it concerns, if it is one employee
   */
  public ApprovalRequest(
      String kind,
      String change,
      @Nullable Long subjectEmployeeId,
      String issuer,
      String subject,
      Instant at) {
    this.kind = kind;
    this.change = change;
    this.changeHash = hash(change);
    this.subjectEmployeeId = subjectEmployeeId;
    this.requestedByIssuer = issuer;
    this.requestedBySubject = subject;
    this.requestedAt = at;
    this.expiresAt = at.plus(VALID);
    this.state = ApprovalState.PENDING;
  }

  /** SHA-256 of a change, hexadecimal. */
  public static String hash(String change) {
    return Hash256.sha256(change.getBytes(java.nio.charset.StandardCharsets.UTF_8)).hex();
  }

  /** The administrator (issuer, subject) decides; only a pending request can be decided. */
  public void decide(ApprovalState decision, String issuer, String subject, Instant at) {
    if (stateAt(at) != ApprovalState.PENDING || decision == ApprovalState.EXPIRED) {
      throw new IllegalStateException("Only a pending request is decided");
    }
    state = decision;
    decidedByIssuer = issuer;
    decidedBySubject = subject;
    decidedAt = at;
  }

  /** Where it stands at this time. */
  public ApprovalState stateAt(Instant now) {
    boolean late = state == ApprovalState.PENDING && !now.isBefore(expiresAt);
    return late ? ApprovalState.EXPIRED : state;
  }

  /** Whether (issuer, subject) asked for it. */
  public boolean isFrom(String issuer, String subject) {
    return requestedByIssuer.equals(issuer) && requestedBySubject.equals(subject);
  }

  /** Identifier. */
  public long requestId() {
    return requestId;
  }

  /** What is to be done. */
  public String kind() {
    return kind;
  }

  /** Exactly how. */
  public String change() {
    return change;
  }

  /** SHA-256 of the change, hexadecimal. */
  public String changeHash() {
    return changeHash;
  }

  /** Whom it concerns. */
  public @Nullable Long subjectEmployeeId() {
    return subjectEmployeeId;
  }

  /** Realm of who asked. */
  public String requestedByIssuer() {
    return requestedByIssuer;
  }

  /** {@code sub} of who asked. */
  public String requestedBySubject() {
    return requestedBySubject;
  }

  /** When. */
  public Instant requestedAt() {
    return requestedAt;
  }

  /** From when on it counts for nothing. */
  public Instant expiresAt() {
    return expiresAt;
  }

  /** {@code sub} of who decided. */
  public @Nullable String decidedBySubject() {
    return decidedBySubject;
  }

  /** When it was decided. */
  public @Nullable Instant decidedAt() {
    return decidedAt;
  }
}
