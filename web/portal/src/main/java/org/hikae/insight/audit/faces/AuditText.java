package org.hikae.insight.audit.faces;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.stream.Collectors;

/** What the trail's codes mean, in the page's language. */
final class AuditText {

  private static final String ACTION = "action.";
  private static final String DETAIL = "detail.";

  private final ResourceBundle texts;

  AuditText(ResourceBundle texts) {
    this.texts = texts;
  }

  /**
   * A fact of an event.
   *
   * @param name what it is
   * @param value as it was recorded
   */
  public record Fact(String name, String value) {}

  /** What was done, in words; the code itself when there are none. */
  String action(String code) {
    return text(ACTION + code, code);
  }

  /** Codes of actions whose words, or which themselves, have this in them, in any case. */
  Set<String> actionsWith(String part) {
    String looked = part.toLowerCase(Locale.ROOT);
    return texts.keySet().stream()
        .filter(key -> key.startsWith(ACTION))
        .map(key -> key.substring(ACTION.length()))
        .filter(
            code -> code.contains(looked) || action(code).toLowerCase(Locale.ROOT).contains(looked))
        .collect(Collectors.toSet());
  }

  /** The further facts of an event, a JSON object as text. */
  List<Fact> facts(String detail) {
    try (JsonReader reader = Json.createReader(new StringReader(detail))) {
      JsonObject all = reader.readObject();
      List<Fact> facts = new ArrayList<>();
      all.forEach((name, value) -> facts.add(new Fact(text(DETAIL + name, name), plain(value))));
      return facts;
    }
  }

  private static String plain(JsonValue value) {
    return value instanceof JsonString text ? text.getString() : value.toString();
  }

  private String text(String key, String otherwise) {
    return texts.containsKey(key) ? texts.getString(key) : otherwise;
  }
}
