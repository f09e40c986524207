package org.hikae.openapi.rest;

import jakarta.ws.rs.DefaultValue;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.hikae.http.parameter.rest.PageLimit;
import org.hikae.http.parameter.rest.QueryNumbers;
import org.jspecify.annotations.Nullable;

/**
 * Parameters in the OpenAPI document. JAX-RS knows them as text or by types of ours, because a
 * wrong number is refused as malformed (see {@link QueryNumbers}); here each name gets its form and
 * what it means. What an annotation describes keeps what the annotation says.
 */
final class ApiParameters {

  private static final String PAGE = "Goes on from here: next of the page before";

  private record Known(String description, Supplier<Schema> form) {}

  private static final Map<String, Known> KNOWN =
      Map.ofEntries(
          Map.entry("employeeId", new Known("Number of the employee", () -> number(1))),
          Map.entry("campaignId", new Known("Number of the campaign", () -> number(1))),
          Map.entry("waveId", new Known("Number of the wave", () -> number(1))),
          Map.entry("requestId", new Known("Number of the request", () -> number(1))),
          Map.entry("findingId", new Known("Number of the finding", () -> number(1))),
          Map.entry("noticeId", new Known("Number of the notice", () -> number(1))),
          Map.entry("recipientId", new Known("Number of the recipient", () -> number(1))),
          Map.entry("version", new Known("Number of the version", () -> number(1))),
          Map.entry("deviceId", new Known("Identifier of the device", () -> hex(32))),
          Map.entry("device", new Known("Only of this device", () -> hex(32))),
          Map.entry("snapshotId", new Known("Identifier of the snapshot", () -> hex(32))),
          Map.entry("wrapId", new Known("Identifier of the wrap", () -> hex(32))),
          Map.entry("transferId", new Known("Identifier of the transfer", () -> hex(32))),
          Map.entry("repository", new Known("Name of the restic repository", () -> hex(32))),
          Map.entry("username", new Known("User name of the credential", () -> hex(32))),
          Map.entry("runId", new Known("Identifier of the run", () -> hex(32))),
          Map.entry("name", new Known("SHA-256 of the object's bytes", () -> hex(64))),
          Map.entry(
              "scope",
              new Known(
                  "default, group and the group's path, or employee/ and their number",
                  ApiParameters::text)),
          Map.entry(
              "group",
              new Known("* for everyone, or a group path without its first slash", () -> text())),
          Map.entry("level", new Known("Level of the tile, or entries", () -> text())),
          Map.entry("number", new Known("Number of the tile, below 1000", () -> text())),
          Map.entry("first", new Known("First part of the tile's number", () -> text())),
          Map.entry("second", new Known("Second part, or how many are there", () -> text())),
          Map.entry("third", new Known("How many are there", () -> text())),
          Map.entry("limit", new Known("Most entries of the page", () -> number(1))),
          Map.entry("before", new Known(PAGE, () -> number(1))),
          Map.entry("after", new Known(PAGE, () -> number(0))),
          Map.entry("cursor", new Known(PAGE, ApiParameters::text)),
          Map.entry("revision", new Known("The revision that was read", () -> number(0))),
          Map.entry("replaces", new Known("The version that was read", () -> number(0))),
          Map.entry("confirm", new Known("The word that the preview asks for", () -> text())),
          Map.entry("open", new Known("Only what can still be decided", () -> flag())),
          Map.entry("healed", new Known("Those too whose bytes were replaced", () -> flag())),
          Map.entry("descending", new Known("The other way round", () -> flag())),
          Map.entry("dryRun", new Known("Changes nothing", () -> flag())),
          Map.entry("last", new Known("The last wrap may go, too", () -> flag())),
          Map.entry("format", new Known("Form of the answer", () -> word("json", "csv"))),
          Map.entry(
              "kind", new Known("Everybody or what changed", () -> word("full", "incremental"))),
          Map.entry(
              "If-Match",
              new Known(
                  "Entity tag of what was read, such as \"7\"",
                  () -> text().pattern("^\"\\d{1,18}\"$"))),
          Map.entry(
              "If-None-Match",
              new Known("Entity tag of what is known already; 304 when it still is", () -> text())),
          Map.entry(
              "Range", new Known("One range of bytes", () -> text().pattern("^bytes=\\d*-\\d*$"))),
          Map.entry("Content-Length", new Known("Bytes of the body", () -> number(0))));

  private ApiParameters() {}

  /** Describes a parameter. */
  static void describe(Parameter parameter, @Nullable Method method) {
    Known known = KNOWN.get(parameter.getName());
    if (known != null && parameter.getDescription() == null) {
      parameter.setDescription(known.description());
      parameter.setSchema(known.form().get());
    }
    Schema said = parameter.getSchema();
    if (said != null && said.getRef() == null && said.getType() == null) {
      said.setType(List.of(Schema.SchemaType.STRING));
    }
    if (method != null && "limit".equals(parameter.getName())) {
      for (java.lang.reflect.Parameter one : method.getParameters()) {
        PageLimit most = one.getAnnotation(PageLimit.class);
        DefaultValue otherwise = one.getAnnotation(DefaultValue.class);
        if (most != null && otherwise != null) {
          parameter.setSchema(
              number(1)
                  .maximum(BigDecimal.valueOf(most.value()))
                  .defaultValue(Integer.valueOf(otherwise.value())));
        }
      }
    }
  }

  private static Schema number(long min) {
    return OASFactory.createSchema()
        .type(List.of(Schema.SchemaType.INTEGER))
        .format("int64")
        .minimum(BigDecimal.valueOf(min));
  }

  private static Schema text() {
    return OASFactory.createSchema().type(List.of(Schema.SchemaType.STRING));
  }

  private static Schema hex(int digits) {
    return text().pattern("^[0-9a-f]{" + digits + "}$");
  }

  private static Schema flag() {
    return OASFactory.createSchema().type(List.of(Schema.SchemaType.BOOLEAN)).defaultValue(false);
  }

  /** One of some words; the first when absent. */
  private static Schema word(String first, String... others) {
    Schema schema = text().defaultValue(first).addEnumeration(first);
    for (String other : others) {
      schema.addEnumeration(other);
    }
    return schema;
  }
}
