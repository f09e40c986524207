package org.hikae.device;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.io.Serial;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/**
 * Reads what the portal answers, which may be of a later release: of a word that this agent does
 * not know it has nothing, and of a time that it cannot read {@link PortalTime#UNREADABLE}. No
 * command may fail for either.
 */
public final class PortalJson {

  private static final JsonMapper MAPPER =
      AgentJson.mapper()
          .rebuild()
          .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL)
          .addModule(
              new SimpleModule("PortalJson").addDeserializer(Instant.class, new TimeReader()))
          .build();

  private PortalJson() {}

  /** The mapper; immutable, shared by all. */
  public static JsonMapper mapper() {
    return MAPPER;
  }

  private static final class TimeReader extends StdDeserializer<Instant> {

    @Serial private static final long serialVersionUID = 1;

    TimeReader() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser from, DeserializationContext context) throws IOException {
      if (!from.currentToken().isScalarValue()) {
        return (Instant) context.handleUnexpectedToken(Instant.class, from);
      }
      if (!from.hasToken(JsonToken.VALUE_STRING)) {
        return PortalTime.UNREADABLE;
      }
      try {
        return PortalTime.shown(Instant.parse(from.getText()));
      } catch (DateTimeParseException e) {
        return PortalTime.UNREADABLE;
      }
    }
  }
}
