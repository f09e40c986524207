package org.hikae.policy.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a scope says from a time on, and who decided it. Never changed. */
@Entity
@Table(name = "policy_version")
public class PolicyVersion {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Column(name = "version_id")
  private Long versionId;

  @Column(name = "scope", updatable = false)
  private String scope;

  @Column(name = "version_number", updatable = false)
  private long number;

  @Column(name = "group_rank", updatable = false)
  private @Nullable Integer groupRank;

  @Column(name = "said", updatable = false)
  private String statement;

  @Column(name = "made_at", updatable = false)
  private Instant madeAt;

  @Column(name = "made_by_issuer", updatable = false)
  private String madeByIssuer;

  @Column(name = "made_by_subject", updatable = false)
  private String madeBySubject;

  @Column(name = "approved_by_issuer", updatable = false)
  private @Nullable String approvedByIssuer;

  @Column(name = "approved_by_subject", updatable = false)
  private @Nullable String approvedBySubject;

  /** For the persistence provider. */
  protected PolicyVersion() {}

  /**
   * The next version of a scope.
   *
   * @param statement JSON object of the values that are set
   */
  public PolicyVersion(
      PolicyScope scope,
      @Nullable Integer groupRank,
      String statement,
      Instant madeAt,
      String madeByIssuer,
      String madeBySubject) {
    this.scope = scope.scope();
    this.number = scope.number() + 1;
    this.groupRank = groupRank;
    this.statement = statement;
    this.madeAt = madeAt;
    this.madeByIssuer = madeByIssuer;
    this.madeBySubject = madeBySubject;
  }

  /** A second administrator agreed. */
  public PolicyVersion approvedBy(String issuer, String subject) {
    approvedByIssuer = issuer;
    approvedBySubject = subject;
    return this;
  }

  /** Name of the scope. */
  public String scope() {
    return scope;
  }

  /** Place among the versions of the scope, from 1 without gaps. */
  public long number() {
    return number;
  }

  /** Rank of a group's policy; the lowest decides. */
  public @Nullable Integer groupRank() {
    return groupRank;
  }

  /** JSON object of the values that are set. */
  public String statement() {
    return statement;
  }

  /** Since when; never before the version before. */
  public Instant madeAt() {
    return madeAt;
  }

  /** Realm of who asked for it. */
  public String madeByIssuer() {
    return madeByIssuer;
  }

  /** {@code sub} of who asked for it. */
  public String madeBySubject() {
    return madeBySubject;
  }

  /** Realm of who approved it; null when nobody had to. */
  public @Nullable String approvedByIssuer() {
    return approvedByIssuer;
  }

  /** {@code sub} of who approved it; null when nobody had to. */
  public @Nullable String approvedBySubject() {
    return approvedBySubject;
  }
}
