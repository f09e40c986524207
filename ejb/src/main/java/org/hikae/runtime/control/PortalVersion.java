package org.hikae.runtime.control;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of the portal, as the build wrote it. */
public final class PortalVersion {

  private static final String TEXT = read();

  private PortalVersion() {}

  /** Such as {@code 1.0.0}. */
  public static String text() {
    return TEXT;
  }

  private static String read() {
    try (InputStream in = PortalVersion.class.getResourceAsStream("version.properties")) {
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
