package org.hikae.it.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hikae.testing.BuildOutput;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The OpenAPI document keeps its rules, and each rule finds a document that does not. */
@EveryThirdRun
class OpenApiDocumentTest {

  private static List<String> faults(OpenApiDocument document) throws IOException {
    List<String> faults = new ArrayList<>(SchemaRules.formal(document));
    faults.addAll(OperationRules.faults(document));
    faults.addAll(ComponentRules.faults(document));
    faults.addAll(SchemaRules.examples(document));
    return faults;
  }

  @Test
  void the_document_keeps_the_rules() throws IOException {
    OpenApiDocument document = OpenApiDocument.checkedIn();
    assertThat(document.operations()).hasSizeGreaterThan(80);
    assertThat(faults(document)).isEmpty();
  }

  @Test
  void the_specification_names_the_same_operations() throws IOException {
    Set<String> inDocument =
        OpenApiDocument.checkedIn().operations().stream()
            .map(operation -> operation.toString().replace("/api/", "/"))
            .map(operation -> operation.replaceAll("\\{(\\w+):[^}]*}", "{$1}"))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> inSpecification = new TreeSet<>();
    Files.readString(BuildOutput.root().resolve("docs/spec/rest.md"))
        .lines()
        .filter(line -> line.matches("^\\| (GET|PUT|POST|HEAD|DELETE).*"))
        .map(line -> line.substring(1, line.indexOf('|', 1)).strip().split("[ ,]+"))
        .forEach(
            words -> {
              for (String method : words) {
                for (String path : words) {
                  if (!method.startsWith("/") && path.startsWith("/")) {
                    inSpecification.add(method + " " + path);
                  }
                }
              }
            });
    // One row of the table is both the list and its entries.
    inSpecification.remove("GET /v1/admin/rollout/offers/{group}");
    inDocument.remove("GET /v1/admin/rollout/offers");
    assertThat(inDocument).isEqualTo(inSpecification);
  }

  /** HK1-S-08: who opted out reads what is stored until it is erased. */
  @Test
  void reading_what_is_stored_asks_for_no_opt_in() throws IOException {
    Set<String> reading =
        Set.of("getObject", "headObject", "listSnapshots", "getSnapshot", "getSnapshotObjects");
    Map<String, String> refusals =
        OpenApiDocument.checkedIn().operations().stream()
            .filter(operation -> reading.contains(operation.id()))
            .collect(
                Collectors.toMap(
                    OpenApiDocument.Operation::id, one -> one.node().path("responses").toString()));
    assertThat(refusals).hasSameSizeAs(reading);
    refusals.forEach((id, answers) -> assertThat(answers).as(id).doesNotContain("not-opted-in"));
    // Of object lists an employee reads two at a time.
    assertThat(refusals.get("getSnapshotObjects")).contains("/busy\"");
  }

  /** A restorer reads there what it needs of this document. */
  @Test
  void the_specification_names_the_same_properties() throws IOException {
    JsonNode schemas = OpenApiDocument.checkedIn().root().path("components").path("schemas");
    String page = Files.readString(BuildOutput.root().resolve("docs/spec/restore.md"));
    int rows = 0;
    for (String line : page.substring(page.indexOf("| record | properties |")).split("\n", -1)) {
      String[] cells = line.split("\\|", -1);
      if (cells.length == 4 && schemas.has(cells[1].strip())) {
        rows++;
        JsonNode schema = schemas.get(cells[1].strip());
        Set<String> required = new TreeSet<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        Set<String> expected = new TreeSet<>();
        schema
            .path("properties")
            .fieldNames()
            .forEachRemaining(name -> expected.add(required.contains(name) ? name : name + "?"));
        assertThat(Set.of(cells[2].strip().split(", ")))
            .as(cells[1])
            .containsExactlyInAnyOrderElementsOf(expected);
      }
    }
    assertThat(rows).isEqualTo(14);
  }

  @Test
  void every_example_belongs_to_an_operation() throws IOException {
    Set<String> ids =
        OpenApiDocument.checkedIn().operations().stream()
            .map(operation -> operation.id() + ".json")
            .collect(Collectors.toSet());
    try (Stream<Path> files = Files.list(BuildOutput.root().resolve(OperationExamples.FOLDER))) {
      assertThat(files).isNotEmpty().allMatch(file -> ids.contains(file.getFileName().toString()));
    }
  }

  static Stream<Arguments> plants() {
    return Stream.of(
        plant("no info", root -> ((ObjectNode) root).remove("info"), "info"),
        plant(
            "a path without slash",
            root -> rename(root.path("paths"), "/api/public/about", "x"),
            "paths"),
        plant("no operationId", one -> operation(one).remove("operationId"), "no operationId"),
        plant("a second one", OpenApiDocumentTest::double_id, "that another has too"),
        plant("no summary", one -> operation(one).remove("summary"), "no summary"),
        plant("a long summary", one -> operation(one).put("summary", "x".repeat(141)), "short"),
        plant("no tag", one -> operation(one).remove("tags"), "not one tag"),
        plant(
            "an unknown tag",
            one -> operation(one).putArray("tags").add("elsewhere"),
            "not one tag"),
        plant("no description", one -> parameter(one, "limit").remove("description"), "described"),
        plant("no type", one -> schema(one, "open").remove("type"), "open has no type"),
        plant("no least number", one -> schema(one, "before").remove("minimum"), "no bounds"),
        plant("no default", one -> schema(one, "limit").remove("default"), "no bounds"),
        plant(
            "a place that is not declared",
            one -> rename(one.path("paths"), APPROVALS, APPROVALS + "/{elsewhere}"),
            "declares [] but has [elsewhere]"),
        plant("no answer", one -> answers(one).remove("200"), "has no answer"),
        plant("an answer without schema", one -> answer(one).removeAll(), "without schema"),
        plant(
            "no refusal",
            one -> answers(one).remove(List.of("400", "401", "403", "429")),
            "refuses nothing"),
        plant(
            "a refusal of another form",
            one -> answers(one).putObject("400").put("description", "no"),
            "400 is no problem"),
        plant("no default answer", one -> answers(one).remove("default"), "no default answer"),
        plant("no security", one -> operation(one).remove("security"), "what it asks for"));
  }

  static Stream<Arguments> plantsOfComponents() {
    return Stream.of(
        plant(
            "a security scheme that is not there",
            one -> operation(one).putArray("security").addObject().putArray("x"),
            "what there is not: x"),
        plant(
            "a component that nothing uses",
            one ->
                ((ObjectNode) one.at("/components/schemas")).putObject("X").put("type", "string"),
            "schemas/X is not used"),
        plant(
            "a reference to nothing",
            one -> answers(one).putObject("404").put("$ref", "#/components/responses/x"),
            "responses/x is not there"),
        plant(
            "a property without description",
            one -> ((ObjectNode) one.at(KIND)).remove("description"),
            "ApprovalView.kind is not described"),
        plant(
            "a description with a tag of Javadoc",
            one -> ((ObjectNode) one.at(KIND)).put("description", "at most {@value #MAX}"),
            "not written for readers"),
        plant(
            "an answer without example",
            one -> answer(one).remove("example"),
            "has no example of an answer"),
        plant(
            "an example of another form",
            one -> answer(one).putObject("example").put("requests", 1),
            "wrong example: /requests"),
        plant(
            "a body without example",
            one -> ((ObjectNode) one.path("paths").path(APPROVE).at(BODY)).remove("example"),
            "asks without an example"),
        plant(
            "a required property that is not there",
            one -> ((ArrayNode) one.at("/components/schemas/ApprovalView/required")).add("nothing"),
            "ApprovalView.nothing is required"));
  }

  private static final String APPROVALS = "/api/v1/admin/approvals";
  private static final String APPROVE = APPROVALS + "/{requestId}/approve";
  private static final String BODY = "/post/requestBody/content/application~1json";
  private static final String KIND = "/components/schemas/ApprovalView/properties/kind";

  private static Arguments plant(String name, Consumer<JsonNode> change, String fault) {
    return Arguments.of(Named.of(name, change), fault);
  }

  @ParameterizedTest
  @MethodSource({"plants", "plantsOfComponents"})
  void a_planted_fault_is_found(Consumer<JsonNode> change, String fault) throws IOException {
    OpenApiDocument document = OpenApiDocument.checkedIn();
    change.accept(document.root());
    assertThat(faults(document)).anyMatch(found -> found.contains(fault));
  }

  private static ObjectNode operation(JsonNode root) {
    return (ObjectNode) root.path("paths").path(APPROVALS).path("get");
  }

  private static ObjectNode answers(JsonNode root) {
    return (ObjectNode) operation(root).path("responses");
  }

  private static ObjectNode answer(JsonNode root) {
    return (ObjectNode) answers(root).at("/200/content/application~1json");
  }

  private static ObjectNode parameter(JsonNode root, String name) {
    for (JsonNode parameter : operation(root).path("parameters")) {
      if (parameter.path("name").asText().equals(name)) {
        return (ObjectNode) parameter;
      }
    }
    throw new AssertionError(name + " is no parameter");
  }

  private static ObjectNode schema(JsonNode root, String name) {
    return (ObjectNode) parameter(root, name).path("schema");
  }

  private static void double_id(JsonNode root) {
    operation(root).put("operationId", "getAbout");
  }

  private static void rename(JsonNode paths, String from, String to) {
    ((ObjectNode) paths).set(to, ((ObjectNode) paths).remove(from));
  }
}
