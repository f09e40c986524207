package org.hikae.device.cli.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The command line as the bytes that were typed. Java decodes arguments by the locale and loses
 * what does not fit (a name in another encoding, or any non-ASCII name under {@code LANG=C}); Linux
 * still has the bytes. They are carried as strings of one character per byte, so that the parser in
 * between changes nothing, and are turned back where they are used.
 */
public final class RawArguments {

  private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");
  private static final Path ENVIRONMENT = Path.of("/proc/self/environ");

  private RawArguments() {}

  /** The arguments, one character per byte. */
  public static String[] carried(String[] decoded) {
    List<String> all = split(COMMAND_LINE);
    if (all.size() >= decoded.length) {
      List<String> last = all.subList(all.size() - decoded.length, all.size());
      if (plausible(last, decoded)) {
        return last.toArray(new String[0]);
      }
    }
    String[] carried = new String[decoded.length];
    for (int i = 0; i < decoded.length; i++) {
      carried[i] = carry(decoded[i]);
    }
    return carried;
  }

  /** What an option says, for who has to know it before the options are; null where it is not. */
  public static @Nullable String valueOf(String option, String... carried) {
    for (int i = 0; i < carried.length; i++) {
      if (carried[i].startsWith(option + "=")) {
        return carried[i].substring(option.length() + 1);
      }
      if (carried[i].equals(option) && i + 1 < carried.length) {
        return carried[i + 1];
      }
    }
    return null;
  }

  /** Turns text into its carried form. */
  public static String carry(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** Turns bytes into their carried form. */
  public static String carried(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** The bytes of a carried argument. */
  public static byte[] bytes(String carried) {
    return carried.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** A carried argument as text. */
  public static String text(String carried) {
    return new String(bytes(carried), StandardCharsets.UTF_8);
  }

  /**
   * The working directory as bytes, from the shell when it says so, because Java has it decoded.
   */
  public static byte[] workingDirectory() {
    byte[] shells = variable("PWD");
    if (shells != null && shells.length > 0 && shells[0] == '/') {
      return shells;
    }
    return Path.of("").toAbsolutePath().toString().getBytes(StandardCharsets.UTF_8);
  }

  /** A variable of the environment as bytes; null where there is none. */
  public static byte @Nullable [] variable(String name) {
    String beginning = name + "=";
    for (String variable : split(ENVIRONMENT)) {
      if (variable.startsWith(beginning)) {
        return bytes(variable.substring(beginning.length()));
      }
    }
    return null;
  }

  /** The ASCII arguments must be the same: they are what both readings agree on. */
  private static boolean plausible(List<String> raw, String[] decoded) {
    for (int i = 0; i < decoded.length; i++) {
      if (isAscii(raw.get(i)) && !raw.get(i).equals(decoded[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private static List<String> split(Path file) {
    List<String> parts = new ArrayList<>();
    try {
      String whole = Files.readString(file, StandardCharsets.ISO_8859_1);
      int start = 0;
      for (int end = whole.indexOf('\0'); end >= 0; end = whole.indexOf('\0', start)) {
        parts.add(whole.substring(start, end));
        start = end + 1;
      }
    } catch (IOException e) {
      // Not Linux, or hidden: the decoded arguments have to do.
    }
    return parts;
  }
}
