package org.hikae.policy.control;

import jakarta.json.Json;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import org.hikae.policy.view.PolicyValueType;
import org.hikae.policy.wire.AgentVersionOrder;
import org.hikae.problem.control.Refusal;
import org.jspecify.annotations.Nullable;

/** A version of the agent. */
record VersionValueKind() implements PolicyValueKind {

  @Override
  public Object read(String field, @Nullable Object sent) {
    if (sent instanceof String text && AgentVersionOrder.MINIMUM.matcher(text).matches()) {
      return text;
    }
    throw Refusal.malformed(field + " must be a version such as 1.4 or 1.4.2, as text.");
  }

  @Override
  public Form form() {
    return new Form(PolicyValueType.VERSION, null, null, null, null);
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
