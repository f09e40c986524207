package org.hikae.device.daemon;

import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.hikae.device.AgentVersion;

/**
 * The first line that either side sends: which agent it is. Its form never changes, so that an
 * agent of any release can tell one of another, whatever comes after it.
 */
public final class DaemonGreeting {

  /** The longest line, with its end. */
  static final int MAX_BYTES = 200;

  private static final String BEGINNING = "hikae-agent ";

  private static final String JAR_BEGINNING = "hikae-device-";
  private static final String JAR_ENDING = ".jar";

  private static final String UNKNOWN = "?";

  private DaemonGreeting() {}

  /** Sends a line with this build. */
  public static void write(OutputStream out, String build) throws IOException {
    out.write((BEGINNING + build + "\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  /** The build that the other side says it is. */
  public static String read(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int read = in.read(); read != '\n'; read = in.read()) {
      if (read < 0) {
        throw new EOFException("The other side has ended.");
      }
      if (read < ' ' || read > '~' || line.length() == MAX_BYTES - 1) {
        throw new ProtocolException("This is no greeting.");
      }
      line.append((char) read);
    }
    if (!line.toString().startsWith(BEGINNING)) {
      throw new ProtocolException("This is no greeting.");
    }
    return line.substring(BEGINNING.length());
  }

  /**
   * This build: the version and when it was built, because an agent may run on while another one of
   * the same version is put in its place.
   */
  public static String ofThisBuild() {
    String jar = jar(System.getProperty("java.class.path", ""));
    if (!jar.isEmpty()) {
      Path file = Path.of(jar);
      String name = String.valueOf(file.getFileName());
      String version = name.substring(JAR_BEGINNING.length(), name.length() - JAR_ENDING.length());
      return version + " " + built(file);
    }
    try {
      return AgentVersion.CURRENT + " " + built(code());
    } catch (IOException | URISyntaxException e) {
      return AgentVersion.CURRENT + " " + UNKNOWN;
    }
  }

  private static String built(Path file) {
    try {
      return Long.toString(Files.getLastModifiedTime(file).toMillis(), Character.MAX_RADIX);
    } catch (IOException e) {
      // The version alone has to do.
      return UNKNOWN;
    }
  }

  /**
   * The agent's jar as it ships; empty when there is none on the class path. Neither the jar nor
   * the version in it is read: that takes a client as long as all else that it does.
   */
  static String jar(String classPath) {
    int start = 0;
    while (start <= classPath.length()) {
      int colon = classPath.indexOf(File.pathSeparatorChar, start);
      int end = colon < 0 ? classPath.length() : colon;
      String entry = classPath.substring(start, end);
      String name = entry.substring(entry.lastIndexOf(File.separatorChar) + 1);
      if (name.startsWith(JAR_BEGINNING) && name.endsWith(JAR_ENDING)) {
        return entry;
      }
      start = end + 1;
    }
    return "";
  }

  /**
   * The file with this class, a jar as a rule. Its code source does not always say: a class out of
   * the JVM's archive of classes has one without a place.
   */
  private static Path code() throws IOException, URISyntaxException {
    URL itself = DaemonGreeting.class.getResource(DaemonGreeting.class.getSimpleName() + ".class");
    if (itself == null) {
      throw new NoSuchFileException(DaemonGreeting.class.getName());
    }
    String url = itself.toString();
    int inside = url.lastIndexOf("!/");
    return Path.of(new URI(inside < 0 ? url : url.substring("jar:".length(), inside)));
  }
}
