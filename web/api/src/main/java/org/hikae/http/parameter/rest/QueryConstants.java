package org.hikae.http.parameter.rest;

import java.util.Arrays;
import java.util.List;
import org.hikae.problem.control.Refusal;
import org.jspecify.annotations.Nullable;

/** Words of a choice in query strings; a word that is none of them is a malformed request. */
public final class QueryConstants {

  private QueryConstants() {}

  /** The constant that {@code text} names, or null when absent; a refusal names no others. */
  public static <E extends Enum<E>> @Nullable E of(
      String name, Class<E> type, @Nullable String text) {
    return of(type, text, name + " has an unknown value.");
  }

  /** The constant that {@code text} names, or null when absent; a refusal names all of them. */
  public static <E extends Enum<E>> @Nullable E oneOf(
      String name, Class<E> type, @Nullable String text) {
    List<String> names = Arrays.stream(type.getEnumConstants()).map(Enum::name).toList();
    return of(
        type,
        text,
        name
            + " must be "
            + String.join(", ", names.subList(0, names.size() - 1))
            + " or "
            + names.getLast()
            + ".");
  }

  private static <E extends Enum<E>> @Nullable E of(
      Class<E> type, @Nullable String text, String refusal) {
    if (text == null) {
      return null;
    }
    return Arrays.stream(type.getEnumConstants())
        .filter(one -> one.name().equals(text))
        .findFirst()
        .orElseThrow(() -> Refusal.malformed(refusal));
  }
}
