package org.hikae.it.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hikae.it.openapi.OpenApiDocument.Operation;
import org.hikae.problem.wire.Problem;

/** What every operation must say. */
final class OperationRules {

  private static final Pattern ID = Pattern.compile("[a-z]+[A-Za-z]+");
  private static final Pattern PLACE = Pattern.compile("\\{(\\w+)(?::[^}]*)?}");
  private static final Pattern OPEN = Pattern.compile("^/api/(public|health)/");
  private static final int MAX_SUMMARY = 140;

  private final OpenApiDocument document;
  private final List<String> faults = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();
  private final Set<String> tags = new TreeSet<>();

  private OperationRules(OpenApiDocument document) {
    this.document = document;
    document.root().path("tags").forEach(tag -> tags.add(tag.path("name").asText()));
  }

  static List<String> faults(OpenApiDocument document) {
    OperationRules rules = new OperationRules(document);
    for (Operation operation : document.operations()) {
      rules.names(operation);
      rules.parameters(operation);
      rules.answers(operation);
    }
    return rules.faults;
  }

  private void names(Operation operation) {
    require(ID.matcher(operation.id()).matches(), operation, "has no operationId");
    require(ids.add(operation.id()), operation, "has an operationId that another has too");
    String summary = operation.node().path("summary").asText();
    require(!summary.isBlank(), operation, "has no summary");
    require(
        summary.length() <= MAX_SUMMARY && !summary.contains("\n") && !summary.endsWith("."),
        operation,
        "has a summary that is not one short line");
    JsonNode own = operation.node().path("tags");
    require(
        own.size() == 1 && tags.contains(own.path(0).asText()),
        operation,
        "has not one tag that the document describes");
  }

  private void parameters(Operation operation) {
    Set<String> places = new TreeSet<>();
    Matcher place = PLACE.matcher(operation.path());
    while (place.find()) {
      places.add(place.group(1));
    }
    Set<String> declared = new TreeSet<>();
    for (JsonNode parameter : operation.parameters()) {
      String name = parameter.path("name").asText();
      if (parameter.path("in").asText().equals("path")) {
        declared.add(name);
      }
      require(
          !parameter.path("description").asText().isBlank(), operation, name + " is not described");
      JsonNode schema = document.resolved(parameter.path("schema"));
      require(schema.has("type"), operation, name + " has no type");
      require(
          !schema.path("type").asText().equals("integer") || schema.has("minimum"),
          operation,
          name + " has no bounds");
      require(
          !name.equals("limit") || (schema.has("maximum") && schema.has("default")),
          operation,
          name + " has no bounds");
    }
    require(declared.equals(places), operation, "declares " + declared + " but has " + places);
  }

  private void answers(Operation operation) {
    boolean works = false;
    boolean refuses = false;
    for (Map.Entry<String, JsonNode> entry : operation.node().path("responses").properties()) {
      JsonNode answer = document.resolved(entry.getValue());
      String status = entry.getKey();
      if (status.startsWith("2")) {
        works = true;
        for (Map.Entry<String, JsonNode> content : answer.path("content").properties()) {
          require(
              content.getValue().has("schema"),
              operation,
              status + " has an answer without schema");
        }
      }
      if (status.startsWith("4")) {
        refuses = true;
        require(
            answer.path("content").has(Problem.MEDIA_TYPE), operation, status + " is no problem");
      }
    }
    require(works, operation, "has no answer");
    JsonNode security = operation.node().path("security");
    boolean open = OPEN.matcher(operation.path()).find();
    require(open == security.isEmpty(), operation, "does not say what it asks for");
    require(open || refuses, operation, "refuses nothing");
    require(operation.node().path("responses").has("default"), operation, "has no default answer");
    security.forEach(
        one ->
            one.fieldNames()
                .forEachRemaining(
                    scheme ->
                        require(
                            document.root().at("/components/securitySchemes").has(scheme),
                            operation,
                            "is secured by what there is not: " + scheme)));
  }

  private void require(boolean met, Operation operation, String fault) {
    if (!met) {
      faults.add(operation + ": " + fault);
    }
  }
}
