package org.hikae.device.files;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Paths of the command line as bytes. The JVM decodes arguments with the locale's character set
 * before the program sees them, and what does not fit is lost; the kernel still has the bytes.
 */
public final class RawArguments {

  private final List<byte[]> raw;

  private RawArguments(List<byte[]> raw) {
    this.raw = raw;
  }

  /** Arguments of this process, from {@code /proc/self/cmdline}. */
  public static RawArguments ofThisProcess() throws IOException {
    byte[] line = Files.readAllBytes(Path.of("/proc/self/cmdline"));
    List<byte[]> raw = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < line.length; i++) {
      if (line[i] == 0) {
        raw.add(Arrays.copyOfRange(line, start, i));
        start = i + 1;
      }
    }
    return new RawArguments(raw);
  }

  /**
   * The bytes of an argument that the program was given as text; when the process has no such
   * argument, the text in UTF-8. Two arguments that look the same as text are told apart by asking
   * twice.
   */
  public byte[] bytesOf(String argument) {
    for (int i = 0; i < raw.size(); i++) {
      if (looksLike(raw.get(i), argument)) {
        return raw.remove(i);
      }
    }
    return argument.getBytes(StandardCharsets.UTF_8);
  }

  private static boolean looksLike(byte[] bytes, String argument) {
    Charset locale =
        Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"), StandardCharsets.UTF_8);
    if (new String(bytes, locale).equals(argument)) {
      return true;
    }
    // In the C locale the launcher writes a question mark for each byte that is not ASCII.
    StringBuilder shown = new StringBuilder(bytes.length);
    for (byte b : bytes) {
      shown.append(b >= 0 ? (char) b : '?');
    }
    return shown.toString().equals(argument);
  }

  /** The absolute path that an argument means, relative to the working directory. */
  public RawPath path(LinuxFiles files, String argument) throws FileAccessException {
    return resolve(files.workingDirectory(), bytesOf(argument));
  }

  /** Resolves {@code .} and {@code ..} by name; {@code path} may be relative to {@code base}. */
  static RawPath resolve(RawPath base, byte[] path) {
    RawPath at = path.length > 0 && path[0] == '/' ? RawPath.ROOT : base;
    int start = 0;
    for (int i = 0; i <= path.length; i++) {
      if (i == path.length || path[i] == '/') {
        byte[] name = Arrays.copyOfRange(path, start, i);
        if (name.length == 2 && name[0] == '.' && name[1] == '.') {
          at = at.parent();
        } else if (name.length > 0 && !(name.length == 1 && name[0] == '.')) {
          at = at.child(name);
        }
        start = i + 1;
      }
    }
    return at;
  }
}
