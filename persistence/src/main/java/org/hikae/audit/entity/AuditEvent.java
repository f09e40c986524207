package org.hikae.audit.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Transcript;

/**
 * One row of the trail. Its hash covers everything in it and the hash of the row before, so a
 * changed, removed or inserted row breaks the chain from there on. Never changed.
 */
@Entity
@Table(name = "audit_event")
public class AuditEvent {

  /** Longest detail, in characters. */
  public static final int MAX_DETAIL_CHARS = 4000;

  @Id
  @Column(name = "seq")
  private long seq;

  @Column(name = "happened_at", updatable = false)
  private Instant happenedAt;

  @Column(name = "actor_issuer", updatable = false)
  private String actorIssuer;

  @Column(name = "actor_subject", updatable = false)
  private String actorSubject;

  @Column(name = "action", updatable = false)
  private String action;

  @Column(name = "object", updatable = false)
  private String object;

  @Column(name = "detail", updatable = false)
  private String detail;

  @Column(name = "previous_hash", updatable = false)
  private String previousHash;

  @Column(name = "hash", updatable = false)
  private String hash;

  /** For the persistence provider. */
  protected AuditEvent() {}

  AuditEvent(long seq, Instant happenedAt, AuditContent content, String previousHash) {
    this.seq = seq;
    this.happenedAt = happenedAt;
    this.actorIssuer = content.actorIssuer();
    this.actorSubject = content.actorSubject();
    this.action = content.action();
    this.object = content.object();
    this.detail = content.detail();
    this.previousHash = previousHash;
    this.hash = computeHash();
  }

  /** The hash that this content must have. */
  public String computeHash() {
    byte[] bytes =
        Transcript.of("audit event")
            .addU64(seq)
            .add(happenedAt.toString())
            .add(actorIssuer)
            .add(actorSubject)
            .add(action)
            .add(object)
            .add(detail)
            .add(previousHash)
            .toBytes();
    return Hash256.sha256(bytes).hex();
  }

  /** Place in the trail, from 1 without gaps. */
  public long seq() {
    return seq;
  }

  /** When, with microseconds. */
  public Instant happenedAt() {
    return happenedAt;
  }

  /** Realm of the person who acted, or {@link AuditContent#SYSTEM}. */
  public String actorIssuer() {
    return actorIssuer;
  }

  /** {@code sub} of the person who acted, or the part of the portal that did. */
  public String actorSubject() {
    return actorSubject;
  }

  /** What was done. */
  public String action() {
    return action;
  }

  /** To what. */
  public String object() {
    return object;
  }

  /** Further facts as JSON; never a secret. */
  public String detail() {
    return detail;
  }

  /** Hash of the row before. */
  public String previousHash() {
    return previousHash;
  }

  /** Hash of this row. */
  public String hash() {
    return hash;
  }
}
