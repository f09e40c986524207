package org.hikae.device.exclude;

import java.util.Arrays;

/**
 * A pattern for one name, as in {@code .gitignore}: {@code *} stands for any bytes, {@code ?} for
 * one byte, {@code [a-z]} and {@code [!a-z]} for one of a set or of all others, and a backslash
 * takes what follows as it is. A bracket that is never closed stands for itself.
 */
final class Glob {

  private final byte[] pattern;
  private final boolean literal;

  private Glob(byte[] pattern, boolean literal) {
    this.pattern = pattern;
    this.literal = literal;
  }

  Glob(byte[] pattern) {
    this(pattern, isPlain(pattern));
  }

  /** Matches this name only. */
  static Glob literal(byte[] name) {
    return new Glob(name, true);
  }

  private static boolean isPlain(byte[] pattern) {
    boolean plain = true;
    for (byte b : pattern) {
      plain &= b != '*' && b != '?' && b != '[' && b != '\\';
    }
    return plain;
  }

  /** Goes back to the last star only: no name takes more than quadratic time. */
  boolean matches(byte[] name) {
    if (literal) {
      return pattern.length == name.length && Arrays.compare(pattern, name) == 0;
    }
    int p = 0;
    int n = 0;
    int star = -1;
    int starName = 0;
    while (n < name.length) {
      if (p < pattern.length && pattern[p] == '*') {
        star = p++;
        starName = n;
        continue;
      }
      int next = p < pattern.length ? one(p, name[n]) : -1;
      if (next >= 0) {
        p = next;
        n++;
      } else if (star >= 0) {
        p = star + 1;
        n = ++starName;
      } else {
        return false;
      }
    }
    while (p < pattern.length && pattern[p] == '*') {
      p++;
    }
    return p == pattern.length;
  }

  /** Where the pattern goes on when what stands at {@code p} matches the byte; else -1. */
  private int one(int p, byte b) {
    switch (pattern[p]) {
      case '?' -> {
        return p + 1;
      }
      case '\\' -> {
        if (p + 1 < pattern.length) {
          return pattern[p + 1] == b ? p + 2 : -1;
        }
      }
      case '[' -> {
        int end = endOfSet(p);
        if (end > 0) {
          return isInSet(p, end, b) ? end + 1 : -1;
        }
      }
      default -> {
        // It stands for itself.
      }
    }
    return pattern[p] == b ? p + 1 : -1;
  }

  private int startOfSet(int open) {
    boolean negated =
        open + 1 < pattern.length && (pattern[open + 1] == '!' || pattern[open + 1] == '^');
    return negated ? open + 2 : open + 1;
  }

  /** The closing bracket; one that comes first belongs to the set. */
  private int endOfSet(int open) {
    int start = startOfSet(open);
    for (int i = start; i < pattern.length; i++) {
      if (pattern[i] == '\\') {
        i++;
      } else if (pattern[i] == ']' && i > start) {
        return i;
      }
    }
    return -1;
  }

  private boolean isInSet(int open, int end, byte b) {
    int start = startOfSet(open);
    boolean found = false;
    int i = start;
    while (i < end) {
      i += pattern[i] == '\\' ? 1 : 0;
      int from = pattern[i++] & 0xff;
      int to = from;
      if (i + 1 < end && pattern[i] == '-') {
        i++;
        i += pattern[i] == '\\' ? 1 : 0;
        to = pattern[i++] & 0xff;
      }
      found |= from <= (b & 0xff) && (b & 0xff) <= to;
    }
    return found != (start == open + 2);
  }
}
