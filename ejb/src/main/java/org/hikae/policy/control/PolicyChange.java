package org.hikae.policy.control;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import java.io.StringReader;
import org.jspecify.annotations.Nullable;

/**
 * A new version of a scope's policy that somebody wants: exactly what is carried out.
 *
 * @param scope for whom
 * @param replaces number of the version it replaces; 0 when there is none
 * @param rank of a group that sets something
 * @param values what the new version sets
 * @param reason why, for the second administrator; null when nobody said
 */
public record PolicyChange(
    PolicyScopeId scope,
    long replaces,
    @Nullable Integer rank,
    PolicyValues values,
    @Nullable String reason) {

  /**
   * As JSON in one form.
   *
   * @param was what the version sets that is replaced, for who reads it
   */
  public String text(PolicyValues was) {
    JsonObjectBuilder json = Json.createObjectBuilder();
    if (rank != null) {
      json.add("rank", rank);
    }
    if (reason != null) {
      json.add("reason", reason);
    }
    return json.add("replaces", replaces)
        .add("scope", scope.text())
        .add("values", values.object())
        .add("was", was.object())
        .build()
        .toString();
  }

  /** Reads what {@link #text} wrote. */
  public static PolicyChange parse(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      JsonObject json = reader.readObject();
      return new PolicyChange(
          PolicyScopeId.parse(json.getString("scope")),
          json.getJsonNumber("replaces").longValueExact(),
          json.containsKey("rank") ? (Integer) json.getInt("rank") : null,
          PolicyValues.of(json.getJsonObject("values")),
          json.getString("reason", null));
    }
  }
}
