package org.hikae.admin.port;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of settings as systemd's {@code EnvironmentFile} and shells read it: {@code NAME=value},
 * the value perhaps in quotes; nothing in it is expanded.
 */
public final class EnvFile {

  private static final long MAX_BYTES = 256 * 1024;
  private static final Pattern LINE =
      Pattern.compile("(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)=(.*)");

  private EnvFile() {}

  /**
   * Reads it.
   *
   * @throws IOException when it cannot be read or has a line of another form; names the line's
   *     number, never its text
   */
  public static Map<String, String> read(Path file) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException(file + " has more than " + MAX_BYTES + " bytes");
    }
    Map<String, String> settings = new HashMap<>();
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      Matcher setting = LINE.matcher(line);
      if (!setting.matches()) {
        throw new IOException("line " + (i + 1) + " of " + file + " is not NAME=value");
      }
      settings.put(setting.group(1), unquoted(setting.group(2).strip()));
    }
    return settings;
  }

  private static String unquoted(String value) {
    boolean quoted =
        value.length() >= 2
            && (value.charAt(0) == '"' || value.charAt(0) == '\'')
            && value.charAt(value.length() - 1) == value.charAt(0);
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
