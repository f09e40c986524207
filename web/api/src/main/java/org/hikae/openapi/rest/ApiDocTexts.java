package org.hikae.openapi.rest;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What the Java documentation says about the API, which {@code build/ApiWords.java} takes out of
 * the sources when this module is built.
 */
final class ApiDocTexts {

  private static final String FILE = "/META-INF/api-words.properties";

  private final Properties texts = new Properties();

  ApiDocTexts() {
    try (Reader in =
        new InputStreamReader(
            Objects.requireNonNull(ApiDocTexts.class.getResourceAsStream(FILE), FILE),
            StandardCharsets.UTF_8)) {
      texts.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** About a package such as {@code org.hikae.audit.rest}. */
  @Nullable String about(String packageName) {
    return texts.getProperty(packageName);
  }

  /** About a class. */
  @Nullable String about(Class<?> type) {
    return texts.getProperty(type.getName());
  }

  /** About a component of a record. */
  @Nullable String about(Class<?> record, String component) {
    return texts.getProperty(record.getName() + "#" + component);
  }

  /** About a resource method. */
  @Nullable String about(Method method) {
    return about(method.getDeclaringClass(), method.getName());
  }
}
