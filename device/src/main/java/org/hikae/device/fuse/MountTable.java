package org.hikae.device.fuse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hikae.device.files.RawPath;

/** What is mounted, as the kernel tells it ({@code proc_pid_mountinfo(5)}). */
public final class MountTable {

  private static final String TYPE = "fuse." + FuseProgram.SUBTYPE;
  private static final int POINT = 4;

  private MountTable() {}

  /** Where file systems of this program are mounted, whether anybody is behind them or not. */
  public static List<RawPath> ours() throws IOException {
    // One byte is one character: names of directories need not be UTF-8.
    return ours(Files.readString(Path.of("/proc/self/mountinfo"), StandardCharsets.ISO_8859_1));
  }

  static List<RawPath> ours(String table) {
    List<RawPath> points = new ArrayList<>();
    table
        .lines()
        .forEach(
            line -> {
              // The type follows a lone hyphen, before which there may be any number of fields.
              int type = line.indexOf(" - ");
              String[] fields = line.split(" ", -1);
              if (type > 0 && line.startsWith(TYPE + " ", type + 3) && fields.length > POINT) {
                points.add(RawPath.of(unescaped(fields[POINT])));
              }
            });
    return points;
  }

  /** Blanks, tabs, line feeds and backslashes stand as a backslash and three octal digits. */
  private static byte[] unescaped(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\\' && i + 3 < text.length()) {
        bytes.write(Integer.parseInt(text.substring(i + 1, i + 4), 8));
        i += 3;
      } else {
        bytes.write(text.charAt(i));
      }
    }
    return bytes.toByteArray();
  }
}
