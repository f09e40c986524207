package org.hikae.device;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.io.Serial;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import org.hikae.enrollment.wire.WrapView;
import org.hikae.hk1.WrapMethod;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the portal answers, which may be of a later release: of a word that this agent does
 * not know it has nothing, and of a time that it cannot read {@link PortalTime#UNREADABLE}. No
 * command may fail for either. Nor does one fail for an entry of a list of wraps that is none: it
 * hides no other (spec HK1-K-22).
 */
public final class PortalJson {

  private static final JsonMapper MAPPER =
      AgentJson.mapper()
          .rebuild()
          .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL)
          .addModule(
              new SimpleModule("PortalJson")
                  .addDeserializer(Instant.class, new TimeReader())
                  .addDeserializer(WrapView.class, new WrapReader()))
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
      return from.hasToken(JsonToken.VALUE_STRING) ? time(from.getText()) : PortalTime.UNREADABLE;
    }
  }

  private static Instant time(String text) {
    try {
      return PortalTime.shown(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return PortalTime.UNREADABLE;
    }
  }

  /** Of a wrap the blob counts. What else is missing, or of another form, is empty. */
  private static final class WrapReader extends StdDeserializer<WrapView> {

    @Serial private static final long serialVersionUID = 1;

    WrapReader() {
      super(WrapView.class);
    }

    @Override
    public WrapView deserialize(JsonParser from, DeserializationContext context)
        throws IOException {
      return wrap(context.readTree(from));
    }

    @Override
    public WrapView getNullValue(DeserializationContext context) {
      return wrap(NullNode.getInstance());
    }

    private static WrapView wrap(JsonNode entry) {
      JsonNode generation = entry.path("generation");
      return new WrapView(
          text(entry, "wrapId"),
          method(entry.path("method").textValue()),
          generation.canConvertToExactIntegral() && generation.canConvertToLong()
              ? generation.longValue()
              : 0,
          text(entry, "deviceId"),
          time(text(entry, "createdAt")),
          entry.path("blob").textValue());
    }

    private static String text(JsonNode entry, String name) {
      String text = entry.path(name).textValue();
      return text == null ? "" : text;
    }

    private static @Nullable WrapMethod method(@Nullable String name) {
      return Arrays.stream(WrapMethod.values())
          .filter(each -> each.name().equals(name))
          .findFirst()
          .orElse(null);
    }
  }
}
