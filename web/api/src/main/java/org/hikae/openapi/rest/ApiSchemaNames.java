package org.hikae.openapi.rest;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Renames schemas, and every reference to them. */
final class ApiSchemaNames {

  private static final String PREFIX = "#/components/schemas/";

  private final OpenAPI document;

  ApiSchemaNames(OpenAPI document) {
    this.document = document;
  }

  void rename(UnaryOperator<String> names) {
    Map<String, Schema> renamed = new TreeMap<>();
    new LinkedHashMap<>(document.getComponents().getSchemas())
        .forEach(
            (name, schema) -> {
              inside(schema, names);
              renamed.put(names.apply(name), schema);
            });
    document.getComponents().setSchemas(renamed);
    document.getPaths().getPathItems().values().stream()
        .flatMap(item -> item.getOperations().values().stream())
        .forEach(operation -> inside(operation, names));
  }

  private static void inside(Operation operation, UnaryOperator<String> names) {
    if (operation.getParameters() != null) {
      operation.getParameters().stream()
          .map(Parameter::getSchema)
          .forEach(schema -> inside(schema, names));
    }
    if (operation.getRequestBody() != null) {
      inside(operation.getRequestBody().getContent(), names);
    }
    operation
        .getResponses()
        .getAPIResponses()
        .values()
        .forEach(response -> inside(response.getContent(), names));
  }

  private static void inside(@Nullable Content content, UnaryOperator<String> names) {
    if (content != null) {
      content.getMediaTypes().values().forEach(type -> inside(type.getSchema(), names));
    }
  }

  private static void inside(@Nullable Schema schema, UnaryOperator<String> names) {
    if (schema == null) {
      return;
    }
    String ref = schema.getRef();
    if (ref != null && ref.startsWith(PREFIX)) {
      schema.setRef(PREFIX + names.apply(ref.substring(PREFIX.length())));
    }
    inside(schema.getItems(), names);
    inside(schema.getAdditionalPropertiesSchema(), names);
    if (schema.getProperties() != null) {
      all(schema.getProperties().values(), names);
    }
    all(schema.getAllOf(), names);
    all(schema.getAnyOf(), names);
    all(schema.getOneOf(), names);
  }

  private static void all(@Nullable Collection<Schema> schemas, UnaryOperator<String> names) {
    if (schemas != null) {
      schemas.forEach(schema -> inside(schema, names));
    }
  }
}
