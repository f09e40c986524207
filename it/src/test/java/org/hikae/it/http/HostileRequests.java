package org.hikae.it.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hikae.it.caller.Api;
import org.hikae.it.caller.Reply;
import org.hikae.it.openapi.Document;
import org.hikae.it.openapi.Document.Operation;
import org.jspecify.annotations.Nullable;

/**
 * Requests with a hostile value at one place each: every parameter, header and field that the
 * OpenAPI document knows. All else is as in the operation's row of {@link Doorway}.
 */
final class HostileRequests {

  private static final String BASE = "/api";

  private final Document document;

  HostileRequests(Document document) {
    this.document = document;
  }

  /**
   * One place of an operation, and all that may be tried there.
   *
   * @param doorway the operation's row
   * @param name what the place is called
   * @param tries one request for each value
   */
  record Place(Doorway doorway, String name, List<Try> tries) {

    @Override
    public String toString() {
      return doorway + " " + name;
    }
  }

  /** A request of somebody; empty where the client itself would not send it. */
  interface Try {
    Reply send(Api api);
  }

  /** Every place. */
  List<Place> all() {
    List<Place> places = new ArrayList<>();
    for (Operation operation : document.operations()) {
      Pattern form = form(operation);
      Doorway.all().stream()
          .filter(row -> row.method().equalsIgnoreCase(operation.method()))
          .filter(row -> form.matcher(row.path()).matches())
          .findFirst()
          .ifPresent(row -> places.addAll(of(operation, apart(row))));
    }
    return places;
  }

  /** With a department of its own, so that others find theirs as they expect it. */
  private static Doorway apart(Doorway row) {
    return row.path().endsWith("/it-matrix")
        ? new Doorway(
            row.method(),
            row.path().replace("/it-matrix", "/it-hostile"),
            row.body(),
            row.answer(),
            row.may(),
            row.recent())
        : row;
  }

  private static Pattern form(Operation operation) {
    String path = operation.path().substring(BASE.length()).replaceAll("\\{(\\w+)[^}]*}", "{$1}");
    return Pattern.compile(path.replace(".", "\\.").replaceAll("\\{(\\w+)}", "(?<$1>[^/?]+)"));
  }

  private List<Place> of(Operation operation, Doorway row) {
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
    JsonNode content =
        operation.node().path("requestBody").path("content").path("application/json");
    JsonNode schema = document.resolved(content.path("schema"));
    for (Map.Entry<String, JsonNode> field : schema.path("properties").properties()) {
      places.add(inBody(row, field.getKey()));
    }
    return places;
  }

  private static Place inPath(Operation operation, Doorway row, String name) {
    Matcher found = form(operation).matcher(row.path());
    if (!found.matches()) {
      throw new IllegalStateException(row.toString());
    }
    String before = row.path().substring(0, found.start(name));
    String behind = row.path().substring(found.end(name));
    Stream<String> values =
        Stream.concat(
            addressed().filter(value -> !value.isEmpty()),
            Stream.of(found.group(name) + ";a=b", found.group(name) + "/"));
    return new Place(
        row, "{" + name + "}", values.map(v -> asked(row, before + v + behind)).toList());
  }

  private static Place inQuery(Doorway row, String name) {
    return new Place(
        row,
        "?" + name,
        addressed().map(v -> asked(row, row.path() + "?" + name + "=" + v)).toList());
  }

  private static Stream<String> addressed() {
    return Stream.concat(Hostile.TEXTS.stream().map(Hostile::encoded), Hostile.ENCODED.stream());
  }

  private static Place inHeader(Doorway row, String name) {
    List<Try> tries =
        Hostile.TEXTS.stream()
            .filter(HostileRequests::isSent)
            .map(value -> (Try) api -> asked(row, row.path()).send(api.with(name, value)))
            .toList();
    return new Place(row, name, name.equals("Content-Length") ? List.of() : tries);
  }

  private static Place headers(Doorway row) {
    List<Try> tries = new ArrayList<>();
    for (Map.Entry<String, String> header : Hostile.HEADERS) {
      if (header.getKey().equals("Content-Type")) {
        byte[] body = row.body() instanceof byte[] bytes ? bytes : new byte[] {'{', '}'};
        tries.add(api -> api.send(row.method(), row.path(), header.getValue(), body));
      } else {
        tries.add(api -> asked(row, row.path()).send(api.with(header.getKey(), header.getValue())));
      }
    }
    return new Place(row, "headers", tries);
  }

  private static Place inBody(Doorway row, String field) {
    List<Try> tries = new ArrayList<>();
    for (@Nullable Object value : Hostile.json()) {
      Map<Object, @Nullable Object> body = new LinkedHashMap<>();
      if (row.body() instanceof Map<?, ?> usual) {
        body.putAll(usual);
      }
      body.put(field, value);
      tries.add(api -> api.json(row.method(), row.path(), body));
    }
    return new Place(row, "." + field, tries);
  }

  /** What the client of these tests sends in a header. */
  private static boolean isSent(String value) {
    return value.chars().allMatch(c -> c >= ' ' && c < 0x7f);
  }

  private static Try asked(Doorway row, String path) {
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
