package org.hikae.notice.control;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import org.hikae.notice.value.NoticeChannel;
import org.hikae.notice.value.RecipientAudience;
import org.hikae.notice.view.PutRecipient;
import org.jspecify.annotations.Nullable;

/**
 * A change of a recipient that waits for a second administrator: exactly what is carried out.
 *
 * @param recipientId which
 * @param edition the one that it was asked for
 * @param recipient what it becomes; null when it is removed
 */
public record RecipientChange(long recipientId, long edition, @Nullable PutRecipient recipient) {

  private static final String RECIPIENT_ID = "recipientId";
  private static final String EDITION = "edition";
  private static final String VALUES = "values";
  private static final String MUTED_UNTIL = "mutedUntil";

  /**
   * As JSON in one form.
   *
   * @param was what it is now, for who reads it
   */
  public String text(PutRecipient was) {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add(RECIPIENT_ID, recipientId)
            .add(EDITION, edition)
            .add("recipient", was.name())
            .add("was", object(was));
    if (recipient == null) {
      json.add("removed", true);
    } else {
      json.add(VALUES, object(recipient));
    }
    return json.build().toString();
  }

  /** Reads what {@link #text} wrote. */
  public static RecipientChange parse(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      JsonObject json = reader.readObject();
      JsonObject values = json.getJsonObject(VALUES);
      return new RecipientChange(
          json.getJsonNumber(RECIPIENT_ID).longValueExact(),
          json.getJsonNumber(EDITION).longValueExact(),
          values == null ? null : recipient(values));
    }
  }

  private static JsonObject object(PutRecipient recipient) {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("name", recipient.name())
            .add("audience", recipient.audience().name())
            .add("channel", recipient.channel().name())
            .add("addresses", array(recipient.addresses()))
            .add("language", recipient.language())
            .add("kinds", array(recipient.kinds()))
            .add("timeZone", recipient.timeZone());
    add(json, "audienceName", recipient.audienceName());
    add(json, "quietFrom", recipient.quietFrom());
    add(json, "quietUntil", recipient.quietUntil());
    add(json, "digestAt", recipient.digestAt());
    Instant muted = recipient.mutedUntil();
    add(json, MUTED_UNTIL, muted == null ? null : muted.toString());
    return json.build();
  }

  private static PutRecipient recipient(JsonObject json) {
    String muted = text(json, MUTED_UNTIL);
    return new PutRecipient(
        json.getString("name"),
        RecipientAudience.valueOf(json.getString("audience")),
        text(json, "audienceName"),
        NoticeChannel.valueOf(json.getString("channel")),
        list(json.getJsonArray("addresses")),
        json.getString("language"),
        list(json.getJsonArray("kinds")),
        json.getString("timeZone"),
        text(json, "quietFrom"),
        text(json, "quietUntil"),
        text(json, "digestAt"),
        muted == null ? null : Instant.parse(muted));
  }

  private static void add(JsonObjectBuilder json, String name, @Nullable String value) {
    if (value != null) {
      json.add(name, value);
    }
  }

  private static @Nullable String text(JsonObject json, String name) {
    return json.containsKey(name) ? json.getString(name) : null;
  }

  private static JsonArray array(List<String> texts) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    texts.forEach(array::add);
    return array.build();
  }

  private static List<String> list(JsonArray array) {
    return array.getValuesAs(JsonString.class).stream().map(JsonString::getString).toList();
  }
}
