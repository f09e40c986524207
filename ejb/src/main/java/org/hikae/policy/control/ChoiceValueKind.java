package org.hikae.policy.control;

import jakarta.json.Json;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import org.hikae.policy.view.PolicyValueType;
import org.hikae.problem.control.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * One of a few words.
 *
 * @param words which
 */
record ChoiceValueKind(List<String> words) implements PolicyValueKind {

  @Override
  public Object read(String field, @Nullable Object sent) {
    if (sent instanceof String word && words.contains(word)) {
      return word;
    }
    throw Refusal.malformed(field + " must be one of " + String.join(", ", words) + ".");
  }

  @Override
  public Form form() {
    return new Form(PolicyValueType.CHOICE, null, null, null, words);
  }

  @Override
  public JsonValue write(Object value) {
    return Json.createValue((String) value);
  }

  @Override
  public Object parse(JsonValue json) {
    return ((JsonString) json).getString();
  }
}
