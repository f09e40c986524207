package org.hikae.enrollment.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A published version of the consent text, in all its languages. Never changed. */
@Entity
@Table(name = "consent_version")
public class ConsentVersion {

  @Id
  @Column(name = "version")
  private int version;

  @Column(name = "published_at", updatable = false)
  private Instant publishedAt;

  @Column(name = "effective_from", updatable = false)
  private Instant effectiveFrom;

  @Column(name = "reconsent_by", updatable = false)
  private @Nullable Instant reconsentBy;

  @Column(name = "published_by_issuer", updatable = false)
  private String publishedByIssuer;

  @Column(name = "published_by_subject", updatable = false)
  private String publishedBySubject;

  /** For the persistence provider. */
  protected ConsentVersion() {}

  /**
   * A new version.
   *
   * @param effectiveFrom from when on it is shown
   * @param reconsentBy until when earlier consents have to be renewed; null when they count on
   */
  public ConsentVersion(
      int version,
      Instant publishedAt,
      Instant effectiveFrom,
      @Nullable Instant reconsentBy,
      String publishedByIssuer,
      String publishedBySubject) {
    this.version = version;
    this.publishedAt = publishedAt;
    this.effectiveFrom = effectiveFrom;
    this.reconsentBy = reconsentBy;
    this.publishedByIssuer = publishedByIssuer;
    this.publishedBySubject = publishedBySubject;
  }

  /** Rises with every publishing. */
  public int version() {
    return version;
  }

  /** When it was published. */
  public Instant publishedAt() {
    return publishedAt;
  }

  /** From when on it is shown. */
  public Instant effectiveFrom() {
    return effectiveFrom;
  }

  /** Until when earlier consents have to be renewed; null when they count on. */
  public @Nullable Instant reconsentBy() {
    return reconsentBy;
  }

  /** Realm of who published it. */
  public String publishedByIssuer() {
    return publishedByIssuer;
  }

  /** {@code sub} of who published it. */
  public String publishedBySubject() {
    return publishedBySubject;
  }
}
