package org.hikae.problem.rest;

import jakarta.ws.rs.core.HttpHeaders;
import java.util.Locale;

/** The language of an answer: Japanese when the client likes it best, else English. */
public final class Languages {

  private Languages() {}

  /** Japanese or English. */
  public static Locale of(HttpHeaders headers) {
    Locale first = headers.getAcceptableLanguages().stream().findFirst().orElse(Locale.ENGLISH);
    return first.getLanguage().equals("ja") ? Locale.JAPANESE : Locale.ENGLISH;
  }
}
