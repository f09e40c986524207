package org.hikae.policy.control;

import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonValue;
import java.util.List;
import org.hikae.policy.view.PolicyValueType;
import org.hikae.problem.control.Refusal;
import org.jspecify.annotations.Nullable;

/** What sort of value a policy key takes, and its bounds. */
public sealed interface PolicyValueKind
    permits PolicyValueKind.Whole, PolicyValueKind.Flag, TextValueKind, TextListValueKind {

  /**
   * The value that a client sent, in its one form.
   *
   * @param field names it in a refusal
   * @throws Refusal when it is of another sort or out of bounds
   */
  Object read(String field, @Nullable Object sent);

  /** What it takes, for who fills in a form. */
  Form form();

  /**
   * What a value takes.
   *
   * @param type form of the value
   * @param unit what a number counts, or what a list holds
   * @param min smallest number
   * @param max largest number, or most entries
   * @param choices words to choose from
   */
  record Form(
      PolicyValueType type,
      @Nullable String unit,
      @Nullable Long min,
      @Nullable Long max,
      @Nullable List<String> choices) {}

  /** As JSON. */
  JsonValue write(Object value);

  /** From JSON that {@link #write} made. */
  Object parse(JsonValue json);

  /**
   * A whole number.
   *
   * @param unit what is counted
   * @param min smallest
   * @param max largest
   */
  record Whole(String unit, long min, long max) implements PolicyValueKind {

    @Override
    public Object read(String field, @Nullable Object sent) {
      boolean fits =
          switch (sent) {
            case Integer number -> number >= min && number <= max;
            case Long number -> number >= min && number <= max;
            case null, default -> false;
          };
      if (!fits || !(sent instanceof Number number)) {
        throw Refusal.malformed(
            field + " must be a whole number from " + min + " to " + max + " (" + unit + ").");
      }
      return number.longValue();
    }

    @Override
    public Form form() {
      return new Form(PolicyValueType.NUMBER, unit, min, max, null);
    }

    @Override
    public JsonValue write(Object value) {
      return Json.createValue((Long) value);
    }

    @Override
    public Object parse(JsonValue json) {
      return ((JsonNumber) json).longValueExact();
    }
  }

  /** Yes or no. */
  record Flag() implements PolicyValueKind {

    @Override
    public Object read(String field, @Nullable Object sent) {
      if (sent instanceof Boolean) {
        return sent;
      }
      throw Refusal.malformed(field + " must be true or false.");
    }

    @Override
    public Form form() {
      return new Form(PolicyValueType.FLAG, null, null, null, null);
    }

    @Override
    public JsonValue write(Object value) {
      return value.equals(true) ? JsonValue.TRUE : JsonValue.FALSE;
    }

    @Override
    public Object parse(JsonValue json) {
      return json.getValueType() == JsonValue.ValueType.TRUE;
    }
  }
}
