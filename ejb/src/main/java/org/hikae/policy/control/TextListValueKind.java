package org.hikae.policy.control;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.hikae.policy.view.PolicyValueType;
import org.hikae.problem.control.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * A list of texts.
 *
 * @param unit what they are
 * @param rule what each must be, for who reads a refusal
 * @param fits whether one is that
 */
record TextListValueKind(String unit, String rule, Predicate<String> fits)
    implements PolicyValueKind {

  /** Most texts in a list. */
  static final int MAX_ENTRIES = 100;

  /** Longest text, in characters. */
  static final int MAX_CHARS = 255;

  /** Longest list as JSON, in characters: two lists and all numbers fit the column. */
  static final int MAX_JSON_CHARS = 3000;

  @Override
  public Object read(String field, @Nullable Object sent) {
    if (!(sent instanceof List<?> list) || list.size() > MAX_ENTRIES) {
      throw refused(field);
    }
    List<String> texts = new ArrayList<>();
    for (Object entry : list) {
      if (!(entry instanceof String text) || !plain(text) || !fits.test(text)) {
        throw refused(field);
      }
      if (!texts.contains(text)) {
        texts.add(text);
      }
    }
    List<String> read = List.copyOf(texts);
    if (write(read).toString().length() > MAX_JSON_CHARS) {
      throw refused(field);
    }
    return read;
  }

  private Refusal refused(String field) {
    return Refusal.malformed(
        field
            + " must be a list of at most "
            + MAX_ENTRIES
            + " "
            + unit
            + ", each at most "
            + MAX_CHARS
            + " characters and together at most "
            + MAX_JSON_CHARS
            + ": "
            + rule
            + ".");
  }

  private static boolean plain(String text) {
    return !text.isBlank()
        && text.length() <= MAX_CHARS
        && text.codePoints().noneMatch(c -> Character.isISOControl(c) || isSurrogate(c));
  }

  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  @Override
  public Form form() {
    return new Form(PolicyValueType.LIST, unit, null, (long) MAX_ENTRIES, null);
  }

  @Override
  public JsonArray write(Object value) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    ((List<?>) value).forEach(text -> array.add((String) text));
    return array.build();
  }

  @Override
  public Object parse(JsonValue json) {
    return json.asJsonArray().getValuesAs(JsonString.class).stream()
        .map(JsonString::getString)
        .toList();
  }

  /** Folders: absolute, or below the home of whoever backs up. */
  static TextListValueKind folders() {
    return new TextListValueKind(
        "folders",
        "absolute, or ~ and what follows it, without . and ..",
        TextListValueKind::isFolder);
  }

  /** Patterns of what is left out, as the agent has them. */
  static TextListValueKind patterns() {
    return new TextListValueKind(
        "patterns",
        "as in .gitignore, none that takes in again and none that leaves out everything",
        TextListValueKind::isPattern);
  }

  private static boolean isFolder(String text) {
    boolean rooted = text.startsWith("/") || text.equals("~") || text.startsWith("~/");
    for (String name : text.split("/", -1)) {
      if (name.equals(".") || name.equals("..")) {
        return false;
      }
    }
    return rooted;
  }

  private static boolean isPattern(String text) {
    return !text.startsWith("!")
        && !text.startsWith("#")
        && text.chars().anyMatch(c -> c != '*' && c != '/' && c != '?' && c != '.');
  }
}
