package org.hikae.http.rest;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hikae.problem.control.Refusal;
import org.jspecify.annotations.Nullable;

/** Editions of what people edit, as entity tags such as {@code "7"}. */
public final class EntityTags {

  private static final Pattern TAG = Pattern.compile("\\s*\"(\\d{1,18})\"\\s*");

  private EntityTags() {}

  /** What stands in {@code ETag}, without its quotes. */
  public static String tag(long edition) {
    return Long.toString(edition);
  }

  /** The edition that {@code If-Match} names; null when it names none, which edits refuse. */
  public static @Nullable Long parse(@Nullable String ifMatch) {
    Matcher tag = TAG.matcher(ifMatch == null ? "" : ifMatch);
    return tag.matches() ? (Long) Long.parseLong(tag.group(1)) : null;
  }

  /** The edition that {@code If-Match} names; null when there is no such header. */
  public static @Nullable Long given(@Nullable String ifMatch) {
    Long edition = parse(ifMatch);
    if (ifMatch != null && edition == null) {
      throw Refusal.malformed("If-Match must be one entity tag such as \"7\".");
    }
    return edition;
  }

  /** Whether {@code If-None-Match} names this edition: the client has it already. */
  public static boolean known(@Nullable String ifNoneMatch, long edition) {
    return ifNoneMatch != null
        && Arrays.stream(ifNoneMatch.split(",", -1))
            .map(tag -> tag.strip().replaceFirst("^W/", ""))
            .anyMatch(tag -> tag.equals("*") || tag.equals('"' + tag(edition) + '"'));
  }
}
