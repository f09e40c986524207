package org.hikae.enrollment.update.wire;

import java.math.BigInteger;
import java.util.Comparator;

/**
 * Orders versions without an epoch as Debian does (deb-version(5)): first all before the last
 * hyphen, then the rest; runs of digits by their number, all between them by character, where a
 * tilde comes before the end, and letters before other characters. What Maven calls a snapshot
 * comes before its release.
 */
public enum DebianVersionComparator implements Comparator<String> {
  /** The only one. */
  OLDEST_FIRST;

  private static final String SNAPSHOT = "-SNAPSHOT";

  @Override
  public int compare(String one, String other) {
    String first = one.replace(SNAPSHOT, "~");
    String second = other.replace(SNAPSHOT, "~");
    int order = comparePart(upstream(first), upstream(second));
    return order == 0
        ? comparePart(
            first.substring(upstream(first).length()), second.substring(upstream(second).length()))
        : order;
  }

  private static String upstream(String version) {
    int hyphen = version.lastIndexOf('-');
    return hyphen < 0 ? version : version.substring(0, hyphen);
  }

  private static int comparePart(String one, String other) {
    int at = 0;
    int otherAt = 0;
    while (at < one.length() || otherAt < other.length()) {
      while (isText(one, at) || isText(other, otherAt)) {
        int order = Integer.compare(weight(one, at), weight(other, otherAt));
        if (order != 0) {
          return order;
        }
        at++;
        otherAt++;
      }
      int end = endOfDigits(one, at);
      int otherEnd = endOfDigits(other, otherAt);
      int order =
          number(one.substring(at, end)).compareTo(number(other.substring(otherAt, otherEnd)));
      if (order != 0) {
        return order;
      }
      at = end;
      otherAt = otherEnd;
    }
    return 0;
  }

  private static boolean isText(String version, int at) {
    return at < version.length() && !isDigit(version.charAt(at));
  }

  private static int weight(String version, int at) {
    if (at >= version.length() || isDigit(version.charAt(at))) {
      return 0;
    }
    char character = version.charAt(at);
    if (character == '~') {
      return -1;
    }
    boolean letter = (character | 0x20) >= 'a' && (character | 0x20) <= 'z';
    return letter ? character : character + Character.MAX_VALUE;
  }

  private static int endOfDigits(String version, int from) {
    int end = from;
    while (end < version.length() && isDigit(version.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }

  private static BigInteger number(String digits) {
    return digits.isEmpty() ? BigInteger.ZERO : new BigInteger(digits);
  }
}
