package org.hikae.insight.audit.faces;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What the trail's codes mean, in the page's language. */
final class AuditText {

  private static final String ACTION = "action.";
  private static final String DETAIL = "detail.";

  /** The fact that holds what a policy says, as JSON. */
  private static final String POLICY = "values";

  private static final String NOTHING = "–";

  private static final Set<String> DEVICES = Set.of("device", "deviceId");
  private static final Set<String> PEOPLE = Set.of("requestedBy");

  private final ResourceBundle texts;
  private final ResourceBundle policy;
  private final ResourceBundle notices;

  /**
   * In the language of all three.
   *
   * @param policy what values of a policy are called
   * @param notices what kinds of notices are called
   */
  AuditText(ResourceBundle texts, ResourceBundle policy, ResourceBundle notices) {
    this.texts = texts;
    this.policy = policy;
    this.notices = notices;
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

  /** To what, in words as far as there are any; what comes after the colon stays as it is. */
  String object(String recorded) {
    int colon = recorded.indexOf(':');
    String key = "object." + (colon < 0 ? recorded : recorded.substring(0, colon));
    return texts.containsKey(key)
        ? (texts.getString(key) + (colon < 0 ? "" : " " + recorded.substring(colon + 1)))
        : recorded;
  }

  /**
   * The further facts of an event, a JSON object as text.
   *
   * @param known names of devices and people, by what the trail calls them
   */
  List<Fact> facts(String detail, Map<String, String> known) {
    List<Fact> facts = new ArrayList<>();
    object(detail, all -> all.forEach((name, value) -> add(facts, name, value, known)));
    return facts;
  }

  /** Devices that the facts of an event name. */
  static Set<String> devices(String detail) {
    return named(detail, DEVICES);
  }

  /** People whom the facts of an event name, as the sign-on calls them. */
  static Set<String> people(String detail) {
    return named(detail, PEOPLE);
  }

  private static Set<String> named(String detail, Set<String> names) {
    Set<String> found = new HashSet<>();
    object(
        detail,
        all ->
            all.forEach(
                (name, value) -> {
                  if (names.contains(name) && value instanceof JsonString text) {
                    found.add(text.getString());
                  }
                }));
    return found;
  }

  private static void object(String json, Consumer<JsonObject> reader) {
    try (JsonReader parser = Json.createReader(new StringReader(json))) {
      reader.accept(parser.readObject());
    }
  }

  private void add(List<Fact> facts, String name, JsonValue value, Map<String, String> known) {
    String recorded = plain(value);
    if (name.equals(POLICY)) {
      object(
          recorded,
          all -> all.forEach((key, set) -> facts.add(new Fact(policyName(key), policyValue(set)))));
      return;
    }
    String said =
        DEVICES.contains(name) || PEOPLE.contains(name)
            ? known.getOrDefault(recorded, recorded)
            : word(recorded);
    facts.add(new Fact(text(DETAIL + name, name), said));
  }

  private String word(String recorded) {
    String kind = "kind." + recorded;
    return text(
        "value." + recorded, notices.containsKey(kind) ? notices.getString(kind) : recorded);
  }

  private String policyName(String key) {
    String name = "key." + key;
    return policy.containsKey(name) ? policy.getString(name) : key;
  }

  private String policyValue(JsonValue value) {
    return switch (value.getValueType()) {
      case TRUE -> policy.getString("yes");
      case FALSE -> policy.getString("no");
      case NULL -> policy.getString("inherited");
      case ARRAY ->
          value.asJsonArray().stream().map(AuditText::plain).collect(Collectors.joining(", "));
      case NUMBER, OBJECT, STRING -> {
        String choice = "choice." + plain(value);
        yield policy.containsKey(choice) ? policy.getString(choice) : plain(value);
      }
    };
  }

  private static String plain(JsonValue value) {
    if (value.getValueType() == JsonValue.ValueType.NULL) {
      return NOTHING;
    }
    return value instanceof JsonString text ? text.getString() : value.toString();
  }

  private String text(String key, String otherwise) {
    return texts.containsKey(key) ? texts.getString(key) : otherwise;
  }
}
