package org.hikae.device.exclude;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hikae.device.files.RawPath;
import org.jspecify.annotations.Nullable;

/**
 * One pattern, name by name from where it is anchored.
 *
 * @param leavesOut whether what it matches is left out, or taken in again
 * @param directoriesOnly whether it matches directories only
 * @param names the names that lead to what it matches; {@link #ANY} for any number of them
 */
record ExcludeRule(boolean leavesOut, boolean directoriesOnly, List<Glob> names) {

  /** Any number of names, also none; at the end of a pattern at least one. */
  static final Glob ANY = new Glob(new byte[] {'*', '*'});

  /** Longest pattern. */
  static final int MAX_BYTES = 4096;

  /** Most names in a pattern. */
  static final int MAX_NAMES = 64;

  /** Where a pattern with a slash in its middle, and none at its start, begins. */
  enum PatternAnchor {
    /** In the directory of the file that it stands in. */
    HERE,
    /** Anywhere. */
    ANYWHERE
  }

  /**
   * Reads a line of a file of patterns.
   *
   * @return null for an empty line and a comment
   */
  static @Nullable ExcludeRule ofLine(byte[] line, PatternAnchor anchor)
      throws InvalidPatternException {
    byte[] trimmed = trim(line);
    if (trimmed.length == 0 || trimmed[0] == '#') {
      return null;
    }
    boolean again = trimmed[0] == '!';
    byte[] pattern = again ? Arrays.copyOfRange(trimmed, 1, trimmed.length) : trimmed;
    return of(pattern, !again, anchor);
  }

  /** Cuts the end of the line of other systems, and blanks at the end that no backslash keeps. */
  private static byte[] trim(byte[] line) {
    int end = line.length;
    if (end > 0 && line[end - 1] == '\r') {
      end--;
    }
    while (end > 0 && line[end - 1] == ' ' && !(end > 1 && line[end - 2] == '\\')) {
      end--;
    }
    return Arrays.copyOf(line, end);
  }

  /**
   * Reads a pattern. One that begins with a slash, or has one in its middle where the anchor is
   * {@link PatternAnchor#HERE}, is matched from where it is used; any other at every depth below.
   */
  static ExcludeRule of(byte[] pattern, boolean leavesOut, PatternAnchor anchor)
      throws InvalidPatternException {
    if (pattern.length > MAX_BYTES) {
      throw new InvalidPatternException("longer than " + MAX_BYTES + " bytes");
    }
    List<Glob> names = new ArrayList<>();
    boolean directories = pattern.length > 0 && pattern[pattern.length - 1] == '/';
    int slash = indexOfSlash(pattern, 0);
    boolean oneName = slash < 0 || (directories && slash == pattern.length - 1);
    if (oneName || (anchor == PatternAnchor.ANYWHERE && slash > 0)) {
      names.add(ANY);
    }
    int start = 0;
    while (start < pattern.length) {
      int end = indexOfSlash(pattern, start);
      end = end < 0 ? pattern.length : end;
      add(names, Arrays.copyOfRange(pattern, start, end), oneName);
      start = end + 1;
    }
    if (names.isEmpty() || (oneName && names.size() == 1)) {
      throw new InvalidPatternException("no name in it");
    }
    if (names.size() > MAX_NAMES) {
      throw new InvalidPatternException("more than " + MAX_NAMES + " names");
    }
    return new ExcludeRule(leavesOut, directories, List.copyOf(names));
  }

  /** Leaves out exactly this path. */
  static ExcludeRule ofPath(RawPath path) {
    List<Glob> names = new ArrayList<>();
    for (int i = 0; i < path.depth(); i++) {
      names.add(Glob.literal(path.name(i)));
    }
    return new ExcludeRule(true, false, List.copyOf(names));
  }

  private static void add(List<Glob> names, byte[] name, boolean only)
      throws InvalidPatternException {
    for (byte b : name) {
      if (b == 0) {
        throw new InvalidPatternException("a zero byte in it");
      }
    }
    boolean any = !only && name.length == 2 && name[0] == '*' && name[1] == '*';
    if (any && (names.isEmpty() || names.getLast() != ANY)) {
      names.add(ANY);
    } else if (!any && name.length > 0) {
      names.add(new Glob(name));
    }
  }

  private static int indexOfSlash(byte[] pattern, int from) {
    for (int i = from; i < pattern.length; i++) {
      if (pattern[i] == '/') {
        return i;
      }
    }
    return -1;
  }
}
