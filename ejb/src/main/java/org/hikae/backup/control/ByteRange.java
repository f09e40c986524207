package org.hikae.backup.control;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of an object that a Range header asks for (RFC 9110, section 14). One range is served;
 * several, or another unit, are ignored as the RFC allows, and the whole object is sent.
 *
 * @param offset first byte
 * @param length number of bytes
 * @param partial whether the answer is 206
 */
public record ByteRange(long offset, long length, boolean partial) {

  private static final Pattern SINGLE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  /** The whole object. */
  public static ByteRange whole(long size) {
    return new ByteRange(0, size, false);
  }

  /** Reads the header; empty when no byte of the object lies in the range (416). */
  public static Optional<ByteRange> of(@Nullable String header, long size) {
    Matcher range = SINGLE.matcher(header == null ? "" : header);
    if (!range.matches() || header == null || header.equals("bytes=-")) {
      return Optional.of(whole(size));
    }
    String first = range.group(1);
    String last = range.group(2);
    if (first.isEmpty()) {
      long suffix = Math.min(Long.parseLong(last), size);
      return suffix == 0 ? Optional.empty() : part(size - suffix, size - 1);
    }
    long from = Long.parseLong(first);
    long to = last.isEmpty() ? size - 1 : Math.min(Long.parseLong(last), size - 1);
    if (!last.isEmpty() && Long.parseLong(last) < from) {
      return Optional.of(whole(size));
    }
    return from >= size ? Optional.empty() : part(from, to);
  }

  private static Optional<ByteRange> part(long first, long last) {
    return Optional.of(new ByteRange(first, last - first + 1, true));
  }
}
