package org.hikae.enrollment.view;

/**
 * What the draft of the consent text shall say.
 *
 * @param revision the revision that the author saw
 * @param titleEn title in English, at most {@value #MAX_TITLE} characters; may be empty until it is
 *     published
 * @param bodyEn paragraphs in English, separated by an empty line, at most {@value #MAX_BODY}
 * @param titleJa title in Japanese
 * @param bodyJa paragraphs in Japanese
 */
public record PutConsentDraft(
    Long revision, String titleEn, String bodyEn, String titleJa, String bodyJa) {

  /** Longest title, in characters. */
  public static final int MAX_TITLE = 200;

  /** Longest body, in characters. */
  public static final int MAX_BODY = 8000;
}
