package org.hikae.approval.faces;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.Serializable;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A change that waits, taken apart for who reads it. The text itself is what is carried out; this
 * is only another view of it.
 *
 * @param facts what the change names, such as a scope
 * @param values what it sets, where it sets values
 */
public record ApprovalChange(List<Line> facts, List<Line> values) implements Serializable {

  private static final String WAS = "was";
  private static final String VALUES = "values";

  /**
   * A name and what becomes of it.
   *
   * @param name which
   * @param before null when there was nothing, and for facts
   * @param after null when there is nothing then
   */
  public record Line(String name, @Nullable Object before, @Nullable Object after)
      implements Serializable {}

  /** Takes the JSON text of a change apart. */
  static ApprovalChange of(String change) {
    try (JsonReader reader = Json.createReader(new StringReader(change))) {
      JsonObject all = reader.readObject();
      List<Line> facts = new ArrayList<>();
      all.forEach(
          (name, value) -> {
            if (!name.equals(WAS) && !name.equals(VALUES)) {
              facts.add(new Line(name, null, plain(value)));
            }
          });
      return new ApprovalChange(facts, values(all));
    }
  }

  /** The scope of a policy that it changes; null when it changes none. */
  public @Nullable String scope() {
    return facts.stream()
        .filter(fact -> fact.name().equals("scope"))
        .findFirst()
        .map(fact -> String.valueOf(fact.after()))
        .orElse(null);
  }

  private static List<Line> values(JsonObject all) {
    if (!all.containsKey(WAS) || !all.containsKey(VALUES)) {
      return List.of();
    }
    JsonObject was = all.getJsonObject(WAS);
    JsonObject set = all.getJsonObject(VALUES);
    TreeSet<String> names = new TreeSet<>(was.keySet());
    names.addAll(set.keySet());
    return names.stream()
        .map(name -> new Line(name, plain(was.get(name)), plain(set.get(name))))
        .filter(line -> !Objects.equals(line.before(), line.after()))
        .toList();
  }

  private static @Nullable Object plain(@Nullable JsonValue value) {
    return switch (value) {
      case null -> null;
      case JsonNumber number -> number.longValue();
      case JsonString text -> text.getString();
      case JsonArray array -> array.stream().map(ApprovalChange::plain).toList();
      case JsonValue other -> other.equals(JsonValue.TRUE);
    };
  }
}
