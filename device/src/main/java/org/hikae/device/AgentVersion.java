package org.hikae.device;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Version of this agent, written by the build. */
public final class AgentVersion {

  /** The version, at most 50 characters. */
  public static final String CURRENT = read();

  private AgentVersion() {}

  private static String read() {
    Properties built = new Properties();
    try (InputStream in = AgentVersion.class.getResourceAsStream("version.properties")) {
      if (in == null) {
        throw new IllegalStateException("version.properties is missing from the agent's jar");
      }
      built.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return built.getProperty("version", "unknown");
  }
}
