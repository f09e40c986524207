package org.hikae.it.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What is shared must be used, what is used must be there, and each property must be explained. */
final class ComponentRules {

  private ComponentRules() {}

  static List<String> faults(OpenApiDocument document) {
    List<String> faults = new ArrayList<>();
    JsonNode components = document.root().path("components");
    Set<String> used = new TreeSet<>();
    document.root().findValuesAsText("$ref").forEach(used::add);
    for (String ref : used) {
      if (document.root().at(ref.substring(1)).isMissingNode()) {
        faults.add(ref + " is not there");
      }
    }
    for (String kind : List.of("schemas", "responses", "parameters", "examples")) {
      components
          .path(kind)
          .fieldNames()
          .forEachRemaining(
              name -> {
                String ref = "#/components/" + kind + "/" + name;
                if (!used.contains(ref)) {
                  faults.add(ref + " is not used");
                }
              });
    }
    for (String text : document.root().findValuesAsText("description")) {
      if (text.contains("{@")) {
        faults.add("\"" + text + "\" is not written for readers of the document");
      }
    }
    components
        .path("schemas")
        .properties()
        .forEach(schema -> properties(schema.getKey(), schema.getValue(), faults));
    return faults;
  }

  private static void properties(String name, JsonNode schema, List<String> faults) {
    Set<String> known = new TreeSet<>();
    schema
        .path("properties")
        .properties()
        .forEach(
            property -> {
              known.add(property.getKey());
              if (!property.getValue().has("$ref") && !property.getValue().has("description")) {
                faults.add(name + "." + property.getKey() + " is not described");
              }
            });
    schema
        .path("required")
        .forEach(
            required -> {
              if (!known.contains(required.asText())) {
                faults.add(name + "." + required.asText() + " is required but not there");
              }
            });
  }
}
