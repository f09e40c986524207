package org.hikae.enrollment.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The text that is being written for the next version. There is one; publishing or discarding it
 * leaves it empty.
 */
@Entity
@Table(name = "consent_draft")
public class ConsentDraft {

  /** The identifier of the only one. */
  public static final int ONLY = 1;

  @Id
  @Column(name = "draft_id")
  private int draftId;

  @Column(name = "revision")
  private long revision;

  @Column(name = "title_en")
  private String titleEn;

  @Column(name = "body_en")
  private String bodyEn;

  @Column(name = "title_ja")
  private String titleJa;

  @Column(name = "body_ja")
  private String bodyJa;

  @Column(name = "changed_at")
  private @Nullable Instant changedAt;

  @Column(name = "changed_by_subject")
  private @Nullable String changedBySubject;

  /** For the persistence provider. */
  protected ConsentDraft() {}

  /**
   * A text in both languages; what is still to be written is empty.
   *
   * @param titleEn title in English
   * @param bodyEn paragraphs in English
   * @param titleJa title in Japanese
   * @param bodyJa paragraphs in Japanese
   */
  public record Texts(String titleEn, String bodyEn, String titleJa, String bodyJa) {

    /** Nothing written yet. */
    public static final Texts NONE = new Texts("", "", "", "");
  }

  /** Puts other texts in place. */
  public void change(Texts texts, Instant at, String bySubject) {
    revision++;
    titleEn = texts.titleEn();
    bodyEn = texts.bodyEn();
    titleJa = texts.titleJa();
    bodyJa = texts.bodyJa();
    changedAt = at;
    changedBySubject = bySubject;
  }

  /** Rises with every change. */
  public long revision() {
    return revision;
  }

  /** What is written. */
  public Texts texts() {
    return new Texts(titleEn, bodyEn, titleJa, bodyJa);
  }

  /** When it was last changed; null when it never was. */
  public @Nullable Instant changedAt() {
    return changedAt;
  }

  /** {@code sub} of who last changed it. */
  public @Nullable String changedBySubject() {
    return changedBySubject;
  }
}
