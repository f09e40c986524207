package org.hikae.backup.control;

import java.math.BigInteger;
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

  private static final Pattern SINGLE = Pattern.compile("bytes=([0-9]*)-([0-9]*)");

  /** Longer ones are not looked at: leading zeros or not, nothing honest is so long. */
  private static final int MAX_DIGITS = 100;

  private static final BigInteger BEYOND = BigInteger.TEN.pow(MAX_DIGITS);

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
      long suffix = number(last).min(BigInteger.valueOf(size)).longValueExact();
      return suffix == 0 ? Optional.empty() : part(size - suffix, size - 1);
    }
    BigInteger from = number(first);
    if (!last.isEmpty() && number(last).compareTo(from) < 0) {
      return Optional.of(whole(size));
    }
    if (from.compareTo(BigInteger.valueOf(size)) >= 0) {
      return Optional.empty();
    }
    BigInteger end = BigInteger.valueOf(size - 1);
    BigInteger to = last.isEmpty() ? end : number(last).min(end);
    return part(from.longValueExact(), to.longValueExact());
  }

  /** The RFC gives its numbers no bound; the header has one. */
  private static BigInteger number(String digits) {
    return digits.length() > MAX_DIGITS ? BEYOND : new BigInteger(digits);
  }

  private static Optional<ByteRange> part(long first, long last) {
    return Optional.of(new ByteRange(first, last - first + 1, true));
  }
}
