package org.hikae.notice.control;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.Base64;
import org.hikae.notice.value.NoticeChannel;
import org.hikae.runtime.control.ChannelAddress;
import org.jspecify.annotations.Nullable;

/**
 * A change of a channel that waits for a second administrator: exactly what is carried out.
 *
 * @param channel which
 * @param edition the one that it was asked for
 * @param sealed what is entered, sealed, in Base64; null when the channel is removed
 */
public record ChannelChange(NoticeChannel channel, long edition, @Nullable String sealed) {

  private static final String CHANNEL = "channel";
  private static final String EDITION = "edition";
  private static final String SEALED = "sealed";

  /** A change to these. */
  public static ChannelChange to(NoticeChannel channel, long edition, byte[] sealed) {
    return new ChannelChange(channel, edition, Base64.getEncoder().encodeToString(sealed));
  }

  /**
   * As JSON. What it says besides is for who reads it, and holds no secret.
   *
   * @param was what holds now; null when it cannot be read
   * @param becomes what is entered; null when the channel is removed
   */
  public String text(@Nullable ChannelAddress was, @Nullable ChannelAddress becomes) {
    JsonObjectBuilder json =
        Json.createObjectBuilder().add(CHANNEL, channel.name()).add(EDITION, edition);
    if (sealed == null || becomes == null) {
      return json.add("removed", true).build().toString();
    }
    JsonObjectBuilder values = object(becomes);
    ChannelSettingsCodec.hidden(was, becomes).forEach(name -> values.add("changed." + name, true));
    return json.add("was", object(was))
        .add("values", values)
        .add(SEALED, sealed)
        .build()
        .toString();
  }

  private static JsonObjectBuilder object(@Nullable ChannelAddress settings) {
    JsonObjectBuilder json = Json.createObjectBuilder();
    ChannelSettingsCodec.facts(settings).forEach(json::add);
    return json;
  }

  /** Reads what {@link #text} wrote. */
  public static ChannelChange parse(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      JsonObject json = reader.readObject();
      return new ChannelChange(
          NoticeChannel.valueOf(json.getString(CHANNEL)),
          json.getJsonNumber(EDITION).longValueExact(),
          json.containsKey(SEALED) ? json.getString(SEALED) : null);
    }
  }

  /** What is entered, sealed; null when the channel is removed. */
  public byte @Nullable [] bytes() {
    return sealed == null ? null : Base64.getDecoder().decode(sealed);
  }
}
