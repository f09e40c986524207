package org.hikae.http.rest;

import jakarta.ws.rs.core.HttpHeaders;
import java.util.Locale;

/** The language of an answer: Japanese when the client likes it best, else English. */
public final class AnswerLanguage {

  private AnswerLanguage() {}

  /** Japanese or English. */
  public static Locale of(HttpHeaders headers) {
    return first(headers).getLanguage().equals("ja") ? Locale.JAPANESE : Locale.ENGLISH;
  }

  /** A header that is no list of languages asks for none: nothing is refused for it. */
  private static Locale first(HttpHeaders headers) {
    try {
      return headers.getAcceptableLanguages().stream().findFirst().orElse(Locale.ENGLISH);
    } catch (RuntimeException e) {
      return Locale.ENGLISH;
    }
  }
}
