package org.hikae.policy.control;

import jakarta.json.Json;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;

/** A text, of which the kind says what it may be. */
sealed interface TextValueKind extends PolicyValueKind permits ChoiceValueKind, VersionValueKind {

  @Override
  default JsonValue write(Object value) {
    return Json.createValue((String) value);
  }

  @Override
  default Object parse(JsonValue json) {
    return ((JsonString) json).getString();
  }
}
