package org.hikae.admin.dossier;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** Which release of {@code hikae-admin} this is. */
public final class ProgramVersion {

  private ProgramVersion() {}

  /** Such as {@code 1.1.0}. */
  public static String text() {
    Properties properties = new Properties();
    try (InputStream in = ProgramVersion.class.getResourceAsStream("version.properties")) {
      properties.load(Objects.requireNonNull(in, "the version is missing from the jar"));
    } catch (IOException e) {
      throw new UncheckedIOException("the version cannot be read", e);
    }
    return properties.getProperty("version");
  }
}
