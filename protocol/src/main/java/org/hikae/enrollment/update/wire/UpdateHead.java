package org.hikae.enrollment.update.wire;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.hikae.hk1.MalformedException;

/**
 * What each signed text begins with: its kind, its version and its end (HK1-U-01).
 *
 * @param kind what follows
 * @param version from 1 to {@link #MAX_VERSION}
 * @param expires whole seconds of the years up to 9999
 */
record UpdateHead(UpdateMetadataKind kind, int version, Instant expires) {

  /** The longest text, so that an entry of the transparency log has room for it. */
  static final int MAX_TEXT = 4000;

  /** The last version that there can be. */
  static final int MAX_VERSION = 999_999_999;

  private static final String TITLE = "hikae update ";
  private static final String VERSION = "version ";
  private static final String EXPIRES = "expires ";
  private static final int LINES = 3;
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");
  private static final Pattern SECOND =
      Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z");

  UpdateHead {
    if (version < 1 || version > MAX_VERSION || !SECOND.matcher(expires.toString()).matches()) {
      throw new IllegalArgumentException("no text has such a version or end");
    }
  }

  /** The lines that all texts begin with. */
  String text() {
    return TITLE + kind.code() + "\n" + VERSION + version + "\n" + EXPIRES + expires + "\n";
  }

  /** Reads the head of a text; its other lines are {@link #body}. */
  static UpdateHead parse(UpdateMetadataKind kind, String text) throws MalformedException {
    List<String> lines = lines(text);
    boolean right =
        lines.size() > LINES
            && lines.get(0).equals(TITLE + kind.code())
            && lines.get(1).startsWith(VERSION)
            && lines.get(2).startsWith(EXPIRES);
    if (!right) {
      throw new MalformedException("The text is no " + kind.code() + " of updates.");
    }
    int version = number(lines.get(1).substring(VERSION.length()));
    String expires = lines.get(2).substring(EXPIRES.length());
    try {
      UpdateHead head = new UpdateHead(kind, version, Instant.parse(expires));
      // Java reads 24:00:00 and leap seconds, too.
      if (head.expires().toString().equals(expires)) {
        return head;
      }
    } catch (DateTimeException | IllegalArgumentException e) {
      // The same as another form of the same second.
    }
    throw new MalformedException("A text expires at a whole second of UTC.");
  }

  /** The lines behind the head of a text. */
  static List<String> body(String text) throws MalformedException {
    List<String> lines = lines(text);
    return lines.subList(Math.min(LINES, lines.size()), lines.size());
  }

  private static List<String> lines(String text) throws MalformedException {
    boolean right =
        text.length() <= MAX_TEXT
            && text.endsWith("\n")
            && text.chars().allMatch(c -> c == '\n' || (c >= ' ' && c <= '~'));
    if (!right) {
      throw new MalformedException("A text is short, and has whole lines of ASCII.");
    }
    List<String> lines = Arrays.asList(text.split("\n", -1));
    // What follows the last end of a line is empty, and no line.
    return lines.subList(0, lines.size() - 1);
  }

  /** A number from 1 to {@link #MAX_VERSION} in its only form. */
  static int number(String digits) throws MalformedException {
    if (!NUMBER.matcher(digits).matches()) {
      throw new MalformedException("A number has one to nine digits, and the first is no zero.");
    }
    return Integer.parseInt(digits);
  }

  /** That a text can be read back: short, and of ASCII. */
  static String requireText(String text) {
    if (text.length() > MAX_TEXT) {
      throw new IllegalArgumentException("a text has at most " + MAX_TEXT + " characters");
    }
    return text;
  }
}
