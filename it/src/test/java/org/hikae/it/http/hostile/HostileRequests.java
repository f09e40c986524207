package org.hikae.it.http.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiReply;
import org.hikae.it.http.access.ExistingResources;
import org.hikae.it.http.access.OperationAccess;
import org.hikae.it.openapi.OpenApiDocument;
import org.hikae.it.openapi.OpenApiDocument.Operation;
import org.jspecify.annotations.Nullable;

/**
 * Requests with a hostile value at one place each: every parameter, header, field and body that the
 * OpenAPI document knows. All else is as in the operation's row of {@link OperationAccess}, about
 * things that are there.
 */
final class HostileRequests {

  private static final String BASE = "/api";
  private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)[^}]*}");
  private static final String ITEMS = "items";
  private static final String HEADERS = "headers";
  private static final String BODY = "body";

  /** What ends something, in an order in which each finds it; before them all that does not. */
  private static final List<String> ENDS =
      List.of("start", "pause", "resume", "complete", "cancel", "withdraw", "reject", "revoke");

  private final OpenApiDocument document;
  private final ExistingResources existing;

  HostileRequests(OpenApiDocument document, ExistingResources existing) {
    this.document = document;
    this.existing = existing;
  }

  /**
   * One place of an operation, and all that may be tried there.
   *
   * @param operationAccess the operation's row
   * @param name what the place is called
   * @param tries one request for each value
   */
  record Place(OperationAccess operationAccess, String name, List<Try> tries) {

    /** Whether it is none of the places that only some operations have. */
    boolean isWhole() {
      return name.equals(HEADERS) || name.equals(BODY);
    }

    @Override
    public String toString() {
      return operationAccess + " " + name;
    }
  }

  /** A request of somebody; empty where the client itself would not send it. */
  interface Try {
    ApiReply send(ApiClient api);
  }

  /** An operation, with its row. */
  private record Known(Operation operation, OperationAccess row) {}

  private List<Known> known() {
    List<Known> all = new ArrayList<>();
    for (Operation operation : document.operations()) {
      Pattern form = form(operation);
      OperationAccess.all().stream()
          .filter(row -> row.method().equalsIgnoreCase(operation.method()))
          .filter(row -> form.matcher(row.path()).matches())
          .findFirst()
          .ifPresent(row -> all.add(new Known(operation, there(operation, row))));
    }
    return all;
  }

  /** Every place; what ends something comes last. */
  List<Place> all() {
    return known().stream()
        .sorted(Comparator.comparingInt(one -> rank(one.row())))
        .flatMap(one -> of(one.operation(), one.row()).stream())
        .toList();
  }

  /** What only looks at a thing, which is there. */
  List<OperationAccess> looks() {
    return known().stream()
        .filter(one -> one.row().method().equals("GET"))
        .filter(one -> PARAMETER.matcher(one.operation().path()).find())
        .map(Known::row)
        .filter(row -> !row.path().contains(ExistingResources.NO_FINDING))
        .toList();
  }

  private static int rank(OperationAccess row) {
    String last = row.path().substring(row.path().lastIndexOf('/') + 1);
    return row.method().equals("DELETE") ? ENDS.size() + 1 : ENDS.indexOf(last) + 1;
  }

  private static Pattern form(Operation operation) {
    String path = PARAMETER.matcher(operation.path().substring(BASE.length())).replaceAll("[^/?]+");
    return Pattern.compile(path.replace(".", "\\."));
  }

  /** The path of an operation with these values of its parameters. */
  private static String path(Operation operation, UnaryOperator<String> values) {
    return PARAMETER
        .matcher(operation.path().substring(BASE.length()))
        .replaceAll(found -> Matcher.quoteReplacement(values.apply(found.group(1))));
  }

  private OperationAccess there(Operation operation, OperationAccess row) {
    Object body = row.body() instanceof Map<?, ?> usual ? existing.inBody(usual) : row.body();
    return row.at(path(operation, existing::inPath), body);
  }

  private List<Place> of(Operation operation, OperationAccess row) {
    List<Place> places = new ArrayList<>();
    for (JsonNode parameter : operation.parameters()) {
      String name = parameter.path("name").asText();
      switch (parameter.path("in").asText()) {
        case "path" -> places.add(inPath(operation, row, name));
        case "query" -> places.add(inQuery(row, name));
        default -> places.add(inHeader(row, name));
      }
    }
    places.add(headers(row));
    JsonNode content = operation.node().path("requestBody").path("content");
    JsonNode schema = document.resolved(content.path("application/json").path("schema"));
    for (Map.Entry<String, JsonNode> field : schema.path("properties").properties()) {
      places.addAll(inBody(row, field.getKey(), document.resolved(field.getValue())));
    }
    places.add(bodies(row, content));
    return places;
  }

  private Place inPath(Operation operation, OperationAccess row, String name) {
    String real = existing.inPath(name);
    Stream<String> values =
        Stream.concat(
            addressed().filter(value -> !value.isEmpty()), Stream.of(real + ";a=b", real + "/"));
    return new Place(
        row,
        "{" + name + "}",
        values
            .map(v -> path(operation, one -> one.equals(name) ? v : existing.inPath(one)))
            .map(path -> asked(row, path))
            .toList());
  }

  private static Place inQuery(OperationAccess row, String name) {
    Stream<String> once = addressed().map(value -> name + "=" + value);
    return new Place(
        row,
        "?" + name,
        Stream.concat(once, HostileValues.repeated(name))
            .map(query -> asked(row, row.path() + "?" + query))
            .toList());
  }

  private static Stream<String> addressed() {
    return Stream.concat(
        HostileValues.TEXTS.stream().map(HostileValues::encoded), HostileValues.ENCODED.stream());
  }

  private static Place inHeader(OperationAccess row, String name) {
    List<Try> tries =
        HostileValues.TEXTS.stream()
            .filter(HostileRequests::isSent)
            .map(value -> (Try) api -> asked(row, row.path()).send(api.with(name, value)))
            .toList();
    return new Place(row, name, name.equals("Content-Length") ? List.of() : tries);
  }

  private static Place headers(OperationAccess row) {
    List<Try> tries = new ArrayList<>();
    for (Map.Entry<String, String> header : HostileValues.HEADERS) {
      tries.add(api -> asked(row, row.path()).send(api.with(header.getKey(), header.getValue())));
    }
    return new Place(row, HEADERS, tries);
  }

  /** A field, and those of the things that it lists. */
  private List<Place> inBody(OperationAccess row, String field, JsonNode schema) {
    List<@Nullable Object> values = HostileValues.json();
    if (schema.has(ITEMS)) {
      values.addAll(HostileValues.lists());
    }
    List<Place> places = new ArrayList<>();
    places.add(inBody(row, "." + field, field, values));
    JsonNode item = document.resolved(schema.path(ITEMS));
    for (Map.Entry<String, JsonNode> inner : item.path("properties").properties()) {
      List<@Nullable Object> items = new ArrayList<>();
      for (@Nullable Object value : HostileValues.json()) {
        items.add(List.of(changed(firstOf(usual(row).get(field)), inner.getKey(), value)));
      }
      places.add(inBody(row, "." + field + "[]." + inner.getKey(), field, items));
    }
    return places;
  }

  private static Place inBody(
      OperationAccess row, String name, String field, List<@Nullable Object> values) {
    List<Try> tries = new ArrayList<>();
    for (@Nullable Object value : values) {
      Map<Object, @Nullable Object> body = changed(usual(row), field, value);
      tries.add(api -> api.json(row.method(), row.path(), body));
    }
    return new Place(row, name, tries);
  }

  private static Map<?, ?> usual(OperationAccess row) {
    return row.body() instanceof Map<?, ?> usual ? usual : Map.of();
  }

  private static Map<?, ?> firstOf(@Nullable Object list) {
    return list instanceof List<?> all && !all.isEmpty() && all.getFirst() instanceof Map<?, ?> map
        ? map
        : Map.of();
  }

  private static Map<Object, @Nullable Object> changed(
      Map<?, ?> usual, String field, @Nullable Object value) {
    Map<Object, @Nullable Object> body = new LinkedHashMap<>(usual);
    body.put(field, value);
    return body;
  }

  /** What is no such body at all, also where none is asked for. */
  private static Place bodies(OperationAccess row, JsonNode content) {
    Stream<HostileBody> bodies =
        switch (row.body()) {
          case null -> HostileBody.insteadOfNothing();
          case Map<?, ?> usual -> HostileBody.insteadOfJson(usual);
          default -> HostileBody.insteadOfBytes(content.fieldNames().next());
        };
    return new Place(
        row,
        BODY,
        bodies
            .map(body -> (Try) api -> api.send(row.method(), row.path(), body.type(), body.bytes()))
            .toList());
  }

  /** What the client of these tests sends in a header. */
  private static boolean isSent(String value) {
    return value.chars().allMatch(c -> c >= ' ' && c < 0x7f);
  }

  private static Try asked(OperationAccess row, String path) {
    return api -> {
      Object body = row.body();
      return switch (body) {
        case null -> api.send(row.method().toUpperCase(Locale.ROOT), path, null, null);
        case byte[] bytes -> api.bytes(row.method(), path, bytes);
        default -> api.json(row.method(), path, body);
      };
    };
  }
}
