package org.hikae.device.daemon;

import java.io.EOFException;
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
    String built = "?";
    try {
      built = Long.toString(Files.getLastModifiedTime(code()).toMillis(), Character.MAX_RADIX);
    } catch (IOException | URISyntaxException e) {
      // The version alone has to do.
    }
    return AgentVersion.CURRENT + " " + built;
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
