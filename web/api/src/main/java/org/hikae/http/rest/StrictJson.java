package org.hikae.http.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hikae.problem.control.PlainTextCheck;
import org.hikae.problem.control.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * JSON as the API reads and writes it. Unknown or doubled members, other types, nulls where the
 * record has no {@code @Nullable} and anything after the end are refused, so that a mistake of a
 * client is seen and never half understood. Absent values are left out when writing.
 */
final class StrictJson {

  private static final int MAX_DEPTH = 8;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              com.fasterxml.jackson.core.JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .withCoercionConfig(
              LogicalType.Textual,
              text ->
                  text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
          .addModule(JsonTextCodec.module())
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .build();

  private StrictJson() {}

  static Object read(InputStream in, Type type) throws IOException {
    JavaType javaType = MAPPER.constructType(type);
    Object value;
    try {
      value = MAPPER.readerFor(javaType).readValue(in);
    } catch (InvalidFormatException e) {
      throw wrong(e);
    } catch (JsonMappingException e) {
      throw Refusal.malformed("The JSON does not fit at " + place(e) + ".");
    } catch (JsonProcessingException e) {
      throw Refusal.malformed("The body is not valid JSON.");
    }
    if (value == null) {
      throw Refusal.malformed("The body is empty.");
    }
    requireComplete(value);
    return value;
  }

  /** Nothing is sent before everything could be written: half an answer would look like one. */
  static void write(OutputStream out, Object value) throws IOException {
    out.write(bytes(value));
  }

  static byte[] bytes(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A record of ours could not be written as JSON", e);
    }
  }

  /** A text of a record's component that is no such time and no such word. */
  private static Refusal wrong(InvalidFormatException e) {
    Optional<String> refusal = JsonTextCodec.refusal(e);
    if (refusal.isEmpty() || !(e.getValue() instanceof String text)) {
      return Refusal.malformed("The JSON does not fit at " + place(e) + ".");
    }
    requireStorable(String.valueOf(e.getPath().getLast().getFieldName()), text);
    return Refusal.malformed(refusal.get());
  }

  /**
   * Names come from the records or are the client's own, cut to a sane length; values are never
   * repeated.
   */
  private static String place(JsonMappingException e) {
    StringBuilder place = new StringBuilder("$");
    for (JsonMappingException.Reference step : e.getPath()) {
      String name = step.getFieldName();
      place.append(name == null ? "[" + step.getIndex() + "]" : "." + plain(name));
    }
    return place.toString();
  }

  private static String plain(String name) {
    return name.matches("[A-Za-z0-9_]{1,40}") ? name : "?";
  }

  private static void requireComplete(Object value) {
    if (!(value instanceof Record record)) {
      return;
    }
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      requireComplete(component.getName(), component.getAnnotatedType(), get(record, component));
    }
  }

  private static void requireComplete(String name, AnnotatedType declared, @Nullable Object value) {
    if (value == null) {
      if (!declared.isAnnotationPresent(Nullable.class)) {
        throw Refusal.malformed(name + " is missing.");
      }
      return;
    }
    requireStorable(name, value);
    if (value instanceof List<?> list && declared instanceof AnnotatedParameterizedType generic) {
      AnnotatedType element = generic.getAnnotatedActualTypeArguments()[0];
      list.forEach(one -> requireComplete(name, element, one));
    }
    requireComplete(value);
  }

  /** What no database keeps would fail at the first one that is asked. */
  private static void requireStorable(String name, @Nullable Object value) {
    switch (value) {
      case String text when !PlainTextCheck.isStorable(text) ->
          throw Refusal.malformed(
              name + " must have neither the character U+0000 nor half of a surrogate pair.");
      case Map<?, ?> map ->
          map.forEach(
              (key, one) -> {
                requireStorable(name, key);
                requireStorable(name, one);
              });
      case List<?> list -> list.forEach(one -> requireStorable(name, one));
      case null, default -> {}
    }
  }

  private static @Nullable Object get(Record record, RecordComponent component) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("A record's accessor cannot be called", e);
    }
  }
}
