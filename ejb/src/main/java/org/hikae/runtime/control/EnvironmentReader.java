package org.hikae.runtime.control;

import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;

/** Reads variables of an environment in their form, and says which one is wrong. */
public final class EnvironmentReader {

  private final Map<String, String> environment;

  /** Reads the given environment. */
  public EnvironmentReader(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /** A text; one that is blank counts as not set. */
  public String text(String name, String otherwise) {
    String value = environment.get(name);
    return value == null || value.isBlank() ? otherwise : value;
  }

  /**
   * A text that must be there.
   *
   * @param by the variable that needs it
   * @throws IllegalStateException when it is not
   */
  public String required(String by, String name) {
    String value = text(name, "");
    if (value.isEmpty()) {
      throw new IllegalStateException(by + " needs " + name + ".");
    }
    return value;
  }

  /**
   * The path that a text of this variable names.
   *
   * @throws IllegalStateException when it depends on where the process was started
   */
  public Path absolute(String name, String text) {
    Path path = Path.of(text);
    if (!path.isAbsolute()) {
      throw new IllegalStateException(name + " must be an absolute path.");
    }
    return path;
  }

  /**
   * A positive time.
   *
   * @throws IllegalStateException when it is none
   */
  public Duration duration(String name, String otherwise) {
    try {
      Duration value = Duration.parse(text(name, otherwise));
      if (value.isPositive()) {
        return value;
      }
    } catch (DateTimeParseException e) {
      // Falls through: no duration and one that is not positive are told the same.
    }
    throw new IllegalStateException(
        name + " must be a positive ISO-8601 duration such as " + otherwise + ".");
  }

  /**
   * Yes or no.
   *
   * @throws IllegalStateException when it is neither
   */
  public boolean flag(String name, String otherwise) {
    return switch (text(name, otherwise)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalStateException(name + " must be true or false.");
    };
  }

  /**
   * A whole number.
   *
   * @throws IllegalStateException when it is none, or not within the bounds
   */
  public int number(String name, String otherwise, int min, int max) {
    String text = text(name, otherwise);
    try {
      int value = Integer.parseInt(text);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Told like a number that is too large.
    }
    throw new IllegalStateException(name + " must be a number from " + min + " to " + max + ".");
  }
}
