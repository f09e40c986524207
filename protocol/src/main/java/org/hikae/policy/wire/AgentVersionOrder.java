package org.hikae.policy.wire;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compares versions of the agent: up to three numbers; what follows them is passed over. */
public final class AgentVersionOrder {

  /** The form of a version that a policy asks for, such as {@code 1.4}. */
  public static final Pattern MINIMUM = Pattern.compile("[0-9]{1,6}(?:\\.[0-9]{1,6}){0,2}");

  private static final Pattern LEADING =
      Pattern.compile("([0-9]{1,6})(?:\\.([0-9]{1,6}))?(?:\\.([0-9]{1,6}))?(?![0-9]).*");

  private AgentVersionOrder() {}

  /** Whether {@code version} comes before {@code minimum}; one that has no number comes first. */
  public static boolean isOlder(String version, String minimum) {
    long[] one = numbers(version);
    long[] other = numbers(minimum);
    for (int i = 0; i < one.length; i++) {
      if (one[i] != other[i]) {
        return one[i] < other[i];
      }
    }
    return false;
  }

  private static long[] numbers(String version) {
    long[] numbers = new long[3];
    Matcher parts = LEADING.matcher(version);
    if (parts.matches()) {
      for (int i = 0; i < numbers.length; i++) {
        String part = parts.group(i + 1);
        numbers[i] = part == null ? 0 : Long.parseLong(part);
      }
    }
    return numbers;
  }
}
