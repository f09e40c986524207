package org.hikae.problem.rest;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Editions of what people edit, as entity tags such as {@code "7"}. */
public final class Editions {

  private static final Pattern TAG = Pattern.compile("\\s*\"(\\d{1,18})\"\\s*");

  private Editions() {}

  /** What stands in {@code ETag}, without its quotes. */
  public static String tag(long edition) {
    return Long.toString(edition);
  }

  /** The edition that {@code If-Match} names; null when it names none, which edits refuse. */
  public static @Nullable Long parse(@Nullable String ifMatch) {
    Matcher tag = TAG.matcher(ifMatch == null ? "" : ifMatch);
    return tag.matches() ? (Long) Long.parseLong(tag.group(1)) : null;
  }
}
