package org.hikae.device.backup;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.hikae.device.files.RawPath;

/**
 * Patterns of what to leave out. {@code *} stands for any bytes of one name, {@code **} for any
 * bytes, slashes included, {@code ?} for one byte of a name. A pattern without a slash is matched
 * with the last name of a path, one with a slash with the whole absolute path. What is inside an
 * excluded directory is excluded with it.
 */
public final class Excludes {

  /** Leaves nothing out. */
  public static final Excludes NONE = new Excludes(List.of());

  /** Most patterns. */
  public static final int MAX_PATTERNS = 1000;

  private final List<byte[]> names = new ArrayList<>();
  private final List<byte[]> paths = new ArrayList<>();

  private Excludes(List<byte[]> patterns) {
    for (byte[] pattern : patterns) {
      (has(pattern, (byte) '/') ? paths : names).add(pattern.clone());
    }
  }

  /** Patterns as bytes. */
  public static Excludes of(List<byte[]> patterns) {
    if (patterns.size() > MAX_PATTERNS) {
      throw new IllegalArgumentException("at most " + MAX_PATTERNS + " patterns");
    }
    return new Excludes(patterns);
  }

  /** Patterns as text, in UTF-8. */
  public static Excludes ofText(List<String> patterns) {
    return of(patterns.stream().map(p -> p.getBytes(StandardCharsets.UTF_8)).toList());
  }

  /** Whether the entry is left out. */
  boolean excludes(RawPath path) {
    if (names.isEmpty() && paths.isEmpty()) {
      return false;
    }
    byte[] name = path.depth() == 0 ? new byte[0] : path.name(path.depth() - 1);
    byte[] whole = path.toBytes();
    return names.stream().anyMatch(p -> matches(p, name))
        || paths.stream().anyMatch(p -> matches(p, whole));
  }

  /**
   * Matches greedily and goes back to the last star only, and to the last double star when that
   * fails: no pattern takes more than quadratic time per kind of star.
   */
  static boolean matches(byte[] pattern, byte[] text) {
    int p = 0;
    int t = 0;
    int star = -1;
    int starText = 0;
    int deep = -1;
    int deepText = 0;
    while (t < text.length) {
      if (p + 1 < pattern.length && pattern[p] == '*' && pattern[p + 1] == '*') {
        deep = p;
        deepText = t;
        star = -1;
        p += 2;
      } else if (p < pattern.length && pattern[p] == '*') {
        star = p++;
        starText = t;
      } else if (p < pattern.length
          && (pattern[p] == text[t] || (pattern[p] == '?' && text[t] != '/'))) {
        p++;
        t++;
      } else if (star >= 0 && text[starText] != '/') {
        p = star + 1;
        t = ++starText;
      } else if (deep >= 0) {
        star = -1;
        p = deep + 2;
        t = ++deepText;
      } else {
        return false;
      }
    }
    while (p < pattern.length && pattern[p] == '*') {
      p++;
    }
    return p == pattern.length;
  }

  private static boolean has(byte[] bytes, byte wanted) {
    for (byte b : bytes) {
      if (b == wanted) {
        return true;
      }
    }
    return false;
  }
}
