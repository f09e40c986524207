package org.hikae.it.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiReply;
import org.hikae.it.openapi.OpenApiDocument.Operation;
import org.hikae.testing.BuildOutput;
import org.jspecify.annotations.Nullable;

/**
 * What was asked of the portal and what it answered, once for each operation that speaks JSON, held
 * against the examples that the document shows.
 */
final class OperationExamples implements ApiClient.Listener {

  /** Where the examples are. */
  static final String FOLDER = "web/api/src/main/resources/META-INF/openapi-examples";

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private final OpenApiDocument document;
  private final Map<String, String> hosts;
  private final Map<String, ObjectNode> heard = new ConcurrentHashMap<>();
  private final Map<Operation, String> paths = new ConcurrentHashMap<>();

  /**
   * Nothing heard yet.
   *
   * @param hosts addresses of this system and what stands for them in an example
   */
  OperationExamples(OpenApiDocument document, Map<String, String> hosts) {
    this.document = document;
    this.hosts = hosts;
  }

  @Override
  public void heard(String method, String path, byte @Nullable [] body, ApiReply reply) {
    if (reply.status() / 100 != 2) {
      return;
    }
    operation(method, path)
        .ifPresent(
            operation -> {
              paths.putIfAbsent(operation, path.replaceFirst("\\?.*", ""));
              if (speaksJson(operation)) {
                heard.computeIfAbsent(
                    operation.id(), _ -> example(speaksJson(asks(operation)), body, reply));
              }
            });
  }

  /** The operation that a call was for: the one with the fewest places, then the longest. */
  private Optional<Operation> operation(String method, String path) {
    String asked = "/api" + path.replaceFirst("\\?.*", "");
    return document.operations().stream()
        .filter(operation -> operation.method().equalsIgnoreCase(method))
        .filter(operation -> template(operation.path()).matcher(asked).matches())
        .min(
            Comparator.<Operation>comparingInt(
                    operation -> operation.path().split("\\{", -1).length)
                .thenComparingInt(operation -> -operation.path().length()));
  }

  /** Scopes and groups may hold slashes. */
  private static Pattern template(String path) {
    return Pattern.compile(
        path.replaceAll("\\{(scope|group)[^}]*}$", "\u0000")
            .replaceAll("\\{[^}]*}", "[^/]+")
            .replace("\u0000", ".+"));
  }

  private static JsonNode asks(Operation operation) {
    return operation.node().path("requestBody");
  }

  private static boolean speaksJson(JsonNode node) {
    return node.path("content").has("application/json");
  }

  private static boolean speaksJson(Operation operation) {
    return speaksJson(asks(operation))
        || operation.node().path("responses").properties().stream()
            .filter(answer -> answer.getKey().startsWith("2"))
            .anyMatch(answer -> speaksJson(answer.getValue()));
  }

  private ObjectNode example(boolean asks, byte @Nullable [] body, ApiReply reply) {
    ObjectNode example = JSON.createObjectNode().put("status", String.valueOf(reply.status()));
    try {
      if (asks && body != null) {
        example.set("request", JSON.readTree(body));
      }
      if (reply.body().length > 0) {
        String text = new String(reply.body(), StandardCharsets.UTF_8);
        for (Map.Entry<String, String> host : hosts.entrySet()) {
          text = text.replace(host.getKey(), host.getValue());
        }
        example.set("answer", JSON.readTree(text));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return example;
  }

  /** A path of each operation that was really called, without its query. */
  Map<Operation, String> paths() {
    return paths;
  }

  /** Operations without an example, and examples that are not what the portal answers. */
  List<String> faults() throws IOException {
    List<String> faults = new ArrayList<>();
    for (Operation operation : document.operations()) {
      ObjectNode fresh = heard.get(operation.id());
      if (!speaksJson(operation)) {
        continue;
      }
      if (fresh == null) {
        faults.add(operation + " was not asked");
        continue;
      }
      Path file = BuildOutput.root().resolve(FOLDER).resolve(operation.id() + ".json");
      if (!Files.exists(file)) {
        faults.add(operation + " has no example");
      } else if (!shape(JSON.readTree(file.toFile())).equals(shape(fresh))) {
        faults.add(operation + " has another example than " + fresh);
      } else {
        continue;
      }
      write(operation.id(), fresh);
    }
    return faults;
  }

  private static void write(String id, ObjectNode fresh) throws IOException {
    Path folder = Files.createDirectories(BuildOutput.root().resolve("it/target/openapi-examples"));
    String json = JSON.writeValueAsString(JSON.treeToValue(fresh, Object.class));
    Files.writeString(folder.resolve(id + ".json"), json + "\n");
  }

  /** Names of properties and kinds of values; of a list the first entry. */
  static String shape(JsonNode node) {
    if (node.isObject()) {
      Map<String, String> properties = new TreeMap<>();
      node.properties()
          .forEach(property -> properties.put(property.getKey(), shape(property.getValue())));
      return properties.toString();
    }
    return node.isArray() && !node.isEmpty()
        ? "[" + shape(node.get(0)) + "]"
        : node.getNodeType().toString();
  }
}
