package org.hikae.device.exclude;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hikae.device.files.FileAccessException;
import org.hikae.device.files.FileHandle;
import org.hikae.device.files.FileStatus;
import org.hikae.device.files.FileType;
import org.hikae.device.files.RawFiles;

/**
 * A file with one pattern on each line. It is used whole or not at all: a part of it could leave
 * out what a later line takes in again.
 */
public final class PatternFile {

  /** Longest file. */
  public static final int MAX_BYTES = 64 * 1024;

  /** Most lines, comments and empty ones included. */
  public static final int MAX_LINES = 1000;

  private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private PatternFile() {}

  static List<ExcludeRule> read(
      RawFiles files, FileHandle at, byte[] name, ExcludeRule.PatternAnchor anchor)
      throws FileAccessException, InvalidPatternException {
    byte[] bytes = new byte[MAX_BYTES + 1];
    int length;
    try (FileHandle file = files.openFile(at, name)) {
      FileStatus status = files.status(file);
      if (status.type() != FileType.REGULAR) {
        throw new InvalidPatternException("not a regular file");
      }
      length =
          status.size() > MAX_BYTES ? bytes.length : files.read(file, 0, bytes, 0, bytes.length);
    }
    if (length > MAX_BYTES) {
      throw new InvalidPatternException("longer than " + MAX_BYTES + " bytes");
    }
    return parse(Arrays.copyOf(bytes, length), anchor);
  }

  static List<ExcludeRule> parse(byte[] text, ExcludeRule.PatternAnchor anchor)
      throws InvalidPatternException {
    List<ExcludeRule> rules = new ArrayList<>();
    int start = startsWithMark(text) ? MARK.length : 0;
    int number = 0;
    while (start < text.length) {
      int end = start;
      while (end < text.length && text[end] != '\n') {
        end++;
      }
      number++;
      if (number > MAX_LINES) {
        throw new InvalidPatternException("more than " + MAX_LINES + " lines");
      }
      try {
        ExcludeRule rule = ExcludeRule.ofLine(Arrays.copyOfRange(text, start, end), anchor);
        if (rule != null) {
          rules.add(rule);
        }
      } catch (InvalidPatternException e) {
        throw new InvalidPatternException("line " + number + ": " + e.getMessage());
      }
      start = end + 1;
    }
    return rules;
  }

  private static boolean startsWithMark(byte[] text) {
    return text.length >= MARK.length && Arrays.equals(text, 0, MARK.length, MARK, 0, MARK.length);
  }
}
