package org.hikae.openapi.rest;

import jakarta.ws.rs.core.Response;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.hikae.http.rest.AuthenticationChallenge;
import org.hikae.problem.control.ProblemMessages;
import org.hikae.problem.wire.Problem;
import org.hikae.problem.wire.ProblemCode;

/**
 * Refusals in the OpenAPI document: by status the codes that an operation can refuse with, those
 * that follow from its form and those that its method names ({@link Refuses}). Anything else, such
 * as a defect or a full disk, is {@code default}.
 */
final class ApiRefusals {

  private static final String NAME = "Problem";

  private final Components components;

  ApiRefusals(Components components, ApiSchemas schemas) {
    this.components = components;
    components.addSchema(NAME, problem());
    schemas.learn(Problem.class, OASFactory.createSchema().ref("#/components/schemas/" + NAME));
    components.addResponse(
        NAME,
        OASFactory.createAPIResponse()
            .description("A refusal; the code says which")
            .content(json()));
  }

  /** What an operation can refuse with because of where it stands and what it asks for. */
  static Set<ProblemCode> ofPlace(
      String path, PathItem.HttpMethod verb, boolean open, boolean device) {
    Set<ProblemCode> codes = EnumSet.noneOf(ProblemCode.class);
    if (!open) {
      codes.add(ProblemCode.UNAUTHENTICATED);
      codes.add(ProblemCode.FORBIDDEN);
    }
    if (device) {
      codes.add(ProblemCode.DEVICE_SESSION_REQUIRED);
      codes.add(ProblemCode.DEVICE_REVOKED);
      codes.add(ProblemCode.DEVICE_PAUSED);
    }
    if (!open && !path.contains("/v1/admin/")) {
      codes.add(ProblemCode.EMPLOYEE_DISABLED);
    }
    if (path.contains("/v1/admin/")) {
      codes.add(ProblemCode.WHOLE_COMPANY_NEEDED);
      codes.add(ProblemCode.TOO_MANY_REQUESTS);
    }
    if (IdempotencyKeyParameter.takes(path, verb)) {
      codes.add(ProblemCode.IDEMPOTENCY_IN_PROGRESS);
      codes.add(ProblemCode.IDEMPOTENCY_ANSWER_NOT_KEPT);
      codes.add(ProblemCode.IDEMPOTENCY_KEY_REUSED);
    }
    return codes;
  }

  /** Adds to an operation what it can refuse with: what its place says, and what is its own. */
  void add(
      Operation operation, Method method, List<Parameter> parameters, Set<ProblemCode> ofPlace) {
    Set<ProblemCode> codes = EnumSet.noneOf(ProblemCode.class);
    codes.addAll(ofPlace);
    if (!parameters.isEmpty() || operation.getRequestBody() != null) {
      codes.add(ProblemCode.MALFORMED);
    }
    if (parameters.stream().anyMatch(parameter -> parameter.getIn() == Parameter.In.PATH)) {
      codes.add(ProblemCode.NOT_FOUND);
    }
    if (operation.getRequestBody() != null) {
      codes.add(ProblemCode.TOO_LARGE);
      codes.add(ProblemCode.UNSUPPORTED_MEDIA_TYPE);
    }
    Refuses own = method.getAnnotation(Refuses.class);
    if (own != null) {
      codes.addAll(Arrays.asList(own.value()));
    }
    APIResponses responses = operation.getResponses();
    Map<Integer, List<ProblemCode>> byStatus =
        codes.stream()
            .collect(Collectors.groupingBy(ProblemCode::status, TreeMap::new, Collectors.toList()));
    byStatus.forEach(
        (status, some) ->
            responses.addAPIResponse(
                status.toString(), OASFactory.createAPIResponse().ref(component(some))));
    responses.addAPIResponse("default", OASFactory.createAPIResponse().ref(ref(NAME)));
  }

  /** The shared answer with one of these codes. */
  private String component(List<ProblemCode> codes) {
    String name = codes.stream().map(ProblemCode::code).collect(Collectors.joining("."));
    String description =
        codes.stream()
            .map(
                code ->
                    "`"
                        + code.code()
                        + "`: "
                        + ProblemMessages.of(code, Locale.ENGLISH, "").strip())
            .collect(Collectors.joining("\n\n"));
    APIResponse response = OASFactory.createAPIResponse().description(description).content(json());
    if (codes.getFirst().status() == Response.Status.UNAUTHORIZED.getStatusCode()) {
      response.addHeader(AuthenticationChallenge.HEADER, challenge());
    }
    components.addResponse(name, response);
    return ref(name);
  }

  private static Header challenge() {
    return OASFactory.createHeader().description("What is asked for").schema(text());
  }

  private static String ref(String name) {
    return "#/components/responses/" + name;
  }

  private static Content json() {
    return OASFactory.createContent()
        .addMediaType(
            Problem.MEDIA_TYPE,
            OASFactory.createMediaType()
                .schema(OASFactory.createSchema().ref("#/components/schemas/" + NAME)));
  }

  private static Schema problem() {
    Schema code = text();
    code.setEnumeration(
        Arrays.stream(ProblemCode.values()).map(ProblemCode::code).<Object>map(c -> c).toList());
    Schema missing =
        OASFactory.createSchema()
            .type(List.of(Schema.SchemaType.ARRAY))
            .items(text())
            .maxItems(Problem.MAX_MISSING);
    return OASFactory.createSchema()
        .type(List.of(Schema.SchemaType.OBJECT))
        .addProperty("type", text())
        .addProperty("title", text())
        .addProperty("status", number())
        .addProperty("detail", text())
        .addProperty("code", code)
        .addProperty("instance", text())
        .addProperty("missing", missing)
        .addProperty("maxBytes", number())
        .addProperty("usedBytes", number())
        .addProperty("allowedBytes", number())
        .addProperty("neededBytes", number())
        .addProperty("details", OASFactory.createSchema().type(List.of(Schema.SchemaType.OBJECT)));
  }

  private static Schema number() {
    return OASFactory.createSchema().type(List.of(Schema.SchemaType.INTEGER));
  }

  private static Schema text() {
    return OASFactory.createSchema().type(List.of(Schema.SchemaType.STRING));
  }
}
