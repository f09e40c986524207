package org.hikae.http.parameter.rest;

import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hikae.problem.control.PageRequest;
import org.hikae.problem.control.Refusal;
import org.hikae.schema.value.RowId;
import org.jspecify.annotations.Nullable;

/**
 * Reads numbers of rows, and how much of a list is wanted, from paths and query strings; refused as
 * malformed, with the parameter's name, when they are none. JAX-RS alone would answer 404.
 */
@Provider
public class ParameterConverterProvider implements ParamConverterProvider {

  private static final String AFTER = "after";

  @Override
  public <T> @Nullable ParamConverter<T> getConverter(
      Class<T> rawType, Type genericType, Annotation[] annotations) {
    Function<String, T> reader = reader(rawType, annotations);
    return reader == null ? null : new Reading<>(reader);
  }

  /** Reads such a parameter or refuses it; null for what JAX-RS reads itself. */
  static <T> @Nullable Function<String, T> reader(Class<T> type, Annotation[] annotations) {
    if (type == PageRequest.class) {
      int max =
          one(annotations, PageLimit.class)
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("A list says how much it gives"))
              .value();
      return text ->
          type.cast(new PageRequest(QueryNumbers.between(name(annotations), text, 0, 1, max)));
    }
    return RowId.class.isAssignableFrom(type)
        ? text -> id(type, row(name(annotations), text))
        : null;
  }

  /** A list begins after a row, or after 0 with the first. */
  private static long row(String name, String text) {
    return QueryNumbers.longBetween(name, text, 0, AFTER.equals(name) ? 0 : 1, Long.MAX_VALUE);
  }

  private static String name(Annotation[] annotations) {
    return Stream.concat(
            one(annotations, PathParam.class).map(PathParam::value),
            one(annotations, QueryParam.class).map(QueryParam::value))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("Only of paths and query strings"));
  }

  private static <A extends Annotation> Stream<A> one(Annotation[] annotations, Class<A> type) {
    return Arrays.stream(annotations).filter(type::isInstance).map(type::cast);
  }

  private static <T> T id(Class<T> type, long value) {
    try {
      return type.getConstructor(long.class).newInstance(value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " is no record of a number", e);
    }
  }

  private record Reading<T>(Function<String, T> read) implements ParamConverter<T> {

    /** RESTEasy logs what is thrown here as a defect unless it is an exception of JAX-RS. */
    @Override
    public T fromString(String text) {
      try {
        return read.apply(text);
      } catch (Refusal e) {
        throw new BadRequestException(e);
      }
    }

    @Override
    public String toString(T value) {
      return String.valueOf(value);
    }
  }
}
