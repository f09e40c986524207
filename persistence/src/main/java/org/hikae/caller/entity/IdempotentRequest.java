package org.hikae.caller.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request that may be repeated. Its life: claimed, then answered or, when it was refused or
 * failed, removed. A claim that outlives its time was left by a server that died, or is slow: it
 * may be taken over, and then its first holder can no longer record an answer.
 */
@Entity
@Table(name = "idempotent_request")
public class IdempotentRequest {

  @Id
  @Column(name = "request_id")
  private String requestId;

  @Column(name = "actor", updatable = false)
  private String actor;

  @Column(name = "content")
  private String content;

  @Column(name = "made_at")
  private Instant madeAt;

  @Column(name = "claim")
  private String claim;

  @Column(name = "claimed_until")
  private Instant claimedUntil;

  @Column(name = "status")
  private @Nullable Integer status;

  @Column(name = "headers")
  private @Nullable String headers;

  @Column(name = "body")
  private @Nullable String body;

  /** For the persistence provider. */
  protected IdempotentRequest() {}

  /**
   * A claimed one.
   *
   * @param requestId hash of actor and key
   * @param actor hash of issuer and {@code sub}
   * @param content code of what was asked, under a key that the database does not have
   * @param claim whose it is
   * @param at now
   * @param until when others may take it over
   */
  public IdempotentRequest(
      String requestId, String actor, String content, String claim, Instant at, Instant until) {
    this.requestId = requestId;
    this.actor = actor;
    claimAnew(content, claim, at, until);
  }

  /** Begins it again, as if it had never been. */
  public final void claimAnew(String newContent, String newClaim, Instant at, Instant until) {
    content = newContent;
    madeAt = at;
    claim = newClaim;
    claimedUntil = until;
    status = null;
    headers = null;
    body = null;
  }

  /** Code of what was asked. */
  public String content() {
    return content;
  }

  /** When it was asked. */
  public Instant madeAt() {
    return madeAt;
  }

  /** Until when nobody else may take it over. */
  public Instant claimedUntil() {
    return claimedUntil;
  }

  /** Status of the answer; null while there is none. */
  public @Nullable Integer status() {
    return status;
  }

  /** Headers of the answer, a line each. */
  public String headers() {
    return headers == null ? "" : headers;
  }

  /** The answer's body; null when it was too large. */
  public @Nullable String body() {
    return body;
  }
}
