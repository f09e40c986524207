package org.hikae.http.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.io.Serial;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.hikae.problem.control.InstantParser;
import org.hikae.problem.wire.RefusalText;
import org.hikae.problem.wire.RequirementText;
import org.jspecify.annotations.Nullable;

/** Texts that stand for values: times in ISO 8601, and constants by their names to the letter. */
final class JsonTextCodec {

  private JsonTextCodec() {}

  /** Reads and writes them. */
  static SimpleModule module() {
    return new SimpleModule("JsonTextCodec")
        .addSerializer(Instant.class, ToStringSerializer.instance)
        .addDeserializer(Instant.class, new Times())
        .setDeserializerModifier(new Constants());
  }

  /** How the component is refused whose text stands for no value; empty when nobody says so. */
  static Optional<String> refusal(InvalidFormatException wrong) {
    if (wrong.getPath().isEmpty()) {
      return Optional.empty();
    }
    String name = String.valueOf(wrong.getPath().getLast().getFieldName());
    return component(wrong.getPath().getLast().getFrom(), name)
        .flatMap(JsonTextCodec::said)
        .or(
            () ->
                wrong.getTargetType() == Instant.class
                    ? Optional.of(name + " must be " + InstantParser.MUST_BE + ".")
                    : Optional.empty());
  }

  private static Optional<RecordComponent> component(Object from, String name) {
    return from instanceof Class<?> owner && owner.isRecord()
        ? Arrays.stream(owner.getRecordComponents())
            .filter(component -> component.getName().equals(name))
            .findFirst()
        : Optional.empty();
  }

  private static Optional<String> said(RecordComponent component) {
    RefusalText sentence = component.getAnnotation(RefusalText.class);
    if (sentence != null) {
      return Optional.of(sentence.value());
    }
    return Optional.ofNullable(component.getAnnotation(RequirementText.class))
        .map(words -> component.getName() + " must be " + words.value() + ".");
  }

  private abstract static class Texts<T> extends StdDeserializer<T> {

    @Serial private static final long serialVersionUID = 1;

    Texts(Class<?> type) {
      super(type);
    }

    abstract @Nullable T read(String text);

    @Override
    public T deserialize(JsonParser from, DeserializationContext context) throws IOException {
      if (!from.hasToken(JsonToken.VALUE_STRING)) {
        return context.reportInputMismatch(this, "This must be text.");
      }
      T value = read(from.getText());
      if (value == null) {
        throw context.weirdStringException(
            from.getText(), handledType(), "There is no such value.");
      }
      return value;
    }
  }

  private static final class Times extends Texts<Instant> {

    @Serial private static final long serialVersionUID = 1;

    Times() {
      super(Instant.class);
    }

    @Override
    @Nullable Instant read(String text) {
      return InstantParser.read(text).orElse(null);
    }
  }

  private static final class Names extends Texts<Object> {

    @Serial private static final long serialVersionUID = 1;

    Names(Class<?> type) {
      super(type);
    }

    @Override
    @Nullable Object read(String text) {
      return Arrays.stream(handledType().getEnumConstants())
          .filter(constant -> ((Enum<?>) constant).name().equals(text))
          .findFirst()
          .orElse(null);
    }
  }

  private static final class Constants extends BeanDeserializerModifier {

    @Serial private static final long serialVersionUID = 1;

    @Override
    public JsonDeserializer<?> modifyEnumDeserializer(
        DeserializationConfig config,
        JavaType type,
        BeanDescription description,
        JsonDeserializer<?> usual) {
      return new Names(type.getRawClass());
    }
  }
}
