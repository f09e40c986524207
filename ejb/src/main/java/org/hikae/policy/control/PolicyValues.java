package org.hikae.policy.control;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hikae.problem.control.Refusal;
import org.jspecify.annotations.Nullable;

/** The values that one version of a policy sets, checked; the others are inherited. */
public final class PolicyValues {

  /** Sets nothing. */
  public static final PolicyValues NONE = new PolicyValues(new EnumMap<>(PolicyKey.class));

  private final Map<PolicyKey, Object> values;

  private PolicyValues(EnumMap<PolicyKey, Object> values) {
    this.values = Collections.unmodifiableMap(values);
  }

  /** What a client sent; refused as malformed with the field named. */
  public static PolicyValues sent(Map<String, ? extends @Nullable Object> sent) {
    EnumMap<PolicyKey, Object> values = new EnumMap<>(PolicyKey.class);
    sent.forEach(
        (name, value) -> {
          PolicyKey key =
              PolicyKey.named(name)
                  .orElseThrow(
                      () -> Refusal.malformed("values." + plain(name) + " is not a policy value."));
          values.put(key, key.kind().read("values." + name, value));
        });
    return new PolicyValues(values);
  }

  private static String plain(String name) {
    return name.matches("[A-Za-z0-9_]{1,40}") ? name : "?";
  }

  /**
   * Reads what {@link #json} wrote. Keys that this version of the portal does not know, because a
   * later one wrote them, are passed over.
   */
  public static PolicyValues parse(String json) {
    try (JsonReader reader = Json.createReader(new StringReader(json))) {
      return of(reader.readObject());
    }
  }

  /** Values that are known to be sound; refused as malformed if one is not. */
  static PolicyValues of(Map<PolicyKey, Object> values) {
    EnumMap<PolicyKey, Object> read = new EnumMap<>(PolicyKey.class);
    values.forEach((key, value) -> read.put(key, key.kind().read(key.wireName(), value)));
    return new PolicyValues(read);
  }

  static PolicyValues of(JsonObject json) {
    EnumMap<PolicyKey, Object> values = new EnumMap<>(PolicyKey.class);
    json.forEach(
        (name, value) ->
            PolicyKey.named(name).ifPresent(key -> values.put(key, key.kind().parse(value))));
    return new PolicyValues(values);
  }

  JsonObject object() {
    Map<String, JsonValue> ordered = new TreeMap<>();
    values.forEach((key, value) -> ordered.put(key.wireName(), key.kind().write(value)));
    JsonObjectBuilder json = Json.createObjectBuilder();
    ordered.forEach(json::add);
    return json.build();
  }

  /** JSON with the keys in order: equal values give equal text. */
  public String json() {
    return object().toString();
  }

  /** The value, if this version sets it. */
  public Optional<Object> get(PolicyKey key) {
    return Optional.ofNullable(values.get(key));
  }

  /** Whether nothing is set. */
  public boolean isEmpty() {
    return values.isEmpty();
  }

  /** For clients, in the order of the keys. */
  public Map<String, Object> named() {
    Map<String, Object> named = new LinkedHashMap<>();
    values.forEach((key, value) -> named.put(key.wireName(), value));
    return named;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PolicyValues those && values.equals(those.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return json();
  }
}
