package org.hikae.it.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hikae.testing.BuildOutput;

/** An OpenAPI document as its rules look at it. */
public record OpenApiDocument(JsonNode root) {

  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "head", "patch", "options", "trace");

  /** The document that is checked in. */
  public static OpenApiDocument checkedIn() throws IOException {
    return new OpenApiDocument(
        new YAMLMapper().readTree(BuildOutput.root().resolve("docs/openapi.yaml").toFile()));
  }

  /** One operation. */
  public record Operation(String method, String path, JsonNode node, List<JsonNode> parameters) {

    String id() {
      return node.path("operationId").asText();
    }

    @Override
    public String toString() {
      return method.toUpperCase(java.util.Locale.ROOT) + " " + path;
    }
  }

  /** All operations. */
  public List<Operation> operations() {
    List<Operation> all = new ArrayList<>();
    root.path("paths")
        .properties()
        .forEach(
            item ->
                item.getValue().properties().stream()
                    .filter(entry -> METHODS.contains(entry.getKey()))
                    .forEach(
                        entry -> {
                          List<JsonNode> parameters = new ArrayList<>();
                          item.getValue()
                              .path("parameters")
                              .forEach(one -> parameters.add(resolved(one)));
                          entry
                              .getValue()
                              .path("parameters")
                              .forEach(one -> parameters.add(resolved(one)));
                          all.add(
                              new Operation(
                                  entry.getKey(), item.getKey(), entry.getValue(), parameters));
                        }));
    return all;
  }

  /** What a node refers to, or itself. */
  public JsonNode resolved(JsonNode node) {
    String ref = node.path("$ref").asText("");
    return ref.isEmpty() ? node : root.at(ref.substring(1));
  }
}
