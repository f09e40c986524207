package org.hikae.http.rest;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a client says of the answers that it likes, and of what it sends: lists of media types and
 * of languages (RFC 9110, sections 12.5.1, 12.5.4 and 8.3). RESTEasy takes one that it cannot read
 * for a defect of its own, for anybody who sends it, and repeats it in the log.
 */
final class AcceptHeaders {

  /** More than any browser says of itself. */
  static final int MAX_LENGTH = 1000;

  private static final String TOKEN = "[\\w!#$%&'*+.^`|~-]{1,127}+";
  private static final String QUOTED = "\"(?:[^\"\\\\\\p{Cntrl}]|\\\\[ -~])*+\"";
  private static final String SPACE = "[ \\t]*+";

  /** Java's own client says {@code .2}, which RFC 9110 does not know. */
  private static final String QUALITY = "[qQ]=(?:0?\\.[0-9]{1,6}|[01](?:\\.[0-9]{0,6})?)";

  private static final String PARAMETER =
      SPACE
          + ";"
          + SPACE
          + "(?:"
          + QUALITY
          + "|(?![qQ]=)"
          + TOKEN
          + "=(?:"
          + TOKEN
          + "|"
          + QUOTED
          + "))";

  private static final String TYPE = "(?:" + TOKEN + "/" + TOKEN + "|\\*)(?:" + PARAMETER + ")*+";

  private static final String LANGUAGE =
      "(?:\\*|[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8}){0,8})(?:" + SPACE + ";" + SPACE + QUALITY + ")?";

  private static final Map<String, Pattern> FORMS =
      Map.of(
          "accept", list(TYPE),
          "accept-language", list(LANGUAGE),
          "content-type", Pattern.compile(SPACE + TYPE + SPACE));

  private AcceptHeaders() {}

  /**
   * Whether a header is none of these, or can be read.
   *
   * @param name in lower case
   */
  static boolean readable(String name, String value) {
    Pattern form = FORMS.get(name);
    return form == null || (value.length() <= MAX_LENGTH && form.matcher(value).matches());
  }

  private static Pattern list(String element) {
    String separated = SPACE + element + SPACE;
    return Pattern.compile(separated + "(?:," + separated + ")*+");
  }
}
