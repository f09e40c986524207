package org.hikae.enrollment.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;

/**
 * What an employee reads before opting in, in one language. Never changed once published; a new
 * text is a new version.
 */
@Entity(name = "ConsentText")
@IdClass(ConsentTranslation.Key.class)
@Table(name = "consent_text")
public class ConsentTranslation {

  @Id
  @Column(name = "version")
  private int version;

  @Id
  @Column(name = "language")
  private String language;

  @Column(name = "title", updatable = false)
  private String title;

  @Column(name = "body", updatable = false)
  private String body;

  /** For the persistence provider. */
  protected ConsentTranslation() {}

  /** The text of a version in one language. */
  public ConsentTranslation(int version, String language, String title, String body) {
    this.version = version;
    this.language = language;
    this.title = title;
    this.body = body;
  }

  /** Rises with every change. */
  public int version() {
    return version;
  }

  /** {@code en} or {@code ja}. */
  public String language() {
    return language;
  }

  /** One line. */
  public String title() {
    return title;
  }

  /** Paragraphs, separated by an empty line. */
  public String body() {
    return body;
  }

  /** Version and language. */
  public static class Key implements Serializable {

    private static final long serialVersionUID = 1L;

    private int version;
    private String language = "";

    /** For the persistence provider. */
    public Key() {}

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && version == key.version && language.equals(key.language);
    }

    @Override
    public int hashCode() {
      return Objects.hash(version, language);
    }
  }
}
