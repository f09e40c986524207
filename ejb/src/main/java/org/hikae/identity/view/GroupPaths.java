package org.hikae.identity.view;

import java.util.HashSet;
import java.util.Set;
import org.hikae.problem.control.PlainTextCheck;

/** Group paths such as {@code /sales/emea}: who is in a group is in all groups above it. */
public final class GroupPaths {

  /** Longest path, in characters. */
  public static final int MAX_CHARS = 255;

  private GroupPaths() {}

  /** The given groups and all above them. */
  public static Set<String> withParents(Set<String> paths) {
    Set<String> all = new HashSet<>();
    for (String path : paths) {
      for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
        all.add(path.substring(0, end));
      }
    }
    return all;
  }

  /** Whether {@code path} starts with a slash and names no empty group. */
  public static boolean isValid(String path) {
    return path.length() <= MAX_CHARS
        && path.startsWith("/")
        && !path.endsWith("/")
        && !path.contains("//")
        && PlainTextCheck.isLine(path);
  }
}
