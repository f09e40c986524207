package org.hikae.it.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.hikae.it.openapi.OpenApiDocument.Operation;

/** The document is valid OpenAPI 3.1, and what it gives as an example is as it says. */
final class SchemaRules {

  private static final String JSON = "application/json";
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private SchemaRules() {}

  /** Faults by the schema of the OpenAPI Initiative. */
  static List<String> formal(OpenApiDocument document) throws IOException {
    try (InputStream in = SchemaRules.class.getResourceAsStream("/openapi-3.1/schema.json")) {
      Schema official = REGISTRY.getSchema(Objects.requireNonNull(in), InputFormat.JSON);
      return official.validate(document.root()).stream().map(Error::toString).toList();
    }
  }

  /** Examples that are missing, or not as their schema says. */
  static List<String> examples(OpenApiDocument document) {
    List<String> faults = new ArrayList<>();
    for (Operation operation : document.operations()) {
      example(document, operation + " asks", body(operation.node().path("requestBody")), faults);
      boolean found = false;
      boolean wanted = false;
      for (var answer : operation.node().path("responses").properties()) {
        JsonNode content = body(answer.getValue());
        if (answer.getKey().startsWith("2") && !content.isMissingNode()) {
          wanted = true;
          found |= content.has("example");
          if (content.has("example")) {
            example(document, operation + " answers " + answer.getKey(), content, faults);
          }
        }
      }
      if (wanted && !found) {
        faults.add(operation + " has no example of an answer");
      }
    }
    return faults;
  }

  private static JsonNode body(JsonNode node) {
    return node.path("content").path(JSON);
  }

  private static void example(
      OpenApiDocument document, String what, JsonNode content, List<String> faults) {
    if (content.isMissingNode()) {
      return;
    }
    if (!content.has("example")) {
      faults.add(what + " without an example");
      return;
    }
    ObjectNode schema = new ObjectMapper().createObjectNode();
    schema.setAll((ObjectNode) content.path("schema"));
    schema.set("components", document.root().path("components"));
    for (Error error : REGISTRY.getSchema(schema).validate(content.get("example"))) {
      faults.add(what + " with a wrong example: " + error);
    }
  }
}
