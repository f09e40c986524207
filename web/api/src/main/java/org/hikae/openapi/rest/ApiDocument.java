package org.hikae.openapi.rest;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityRequirement;
import org.hikae.enrollment.wire.DeviceSession;
import org.hikae.http.parameter.rest.PageLimit;
import org.hikae.http.rest.ApiApplication;
import org.hikae.http.rest.BodyLimitFilter;
import org.hikae.http.rest.MaxBody;
import org.jboss.jandex.IndexView;
import org.jspecify.annotations.Nullable;

/**
 * Adds to the OpenAPI document what can be derived: summaries and descriptions from the Java
 * documentation, the tag from the capability, forms of parameters, refusals, what is required, and
 * recorded examples. A resource method gives no more than its {@code operationId}, and what is its
 * own ({@link Refuses}, {@link PageLimit}, {@link MaxBody}).
 */
public class ApiDocument implements OASFilter {

  private static final String JSON = "application/json";

  private final Map<String, Method> methods;
  private final ApiDocTexts apiDocTexts = new ApiDocTexts();

  /** The document of the resources in this index. */
  public ApiDocument(IndexView index) {
    methods = ApiMethods.in(index);
  }

  @Override
  public void filterOpenAPI(OpenAPI document) {
    Components components = document.getComponents();
    if (components == null) {
      components = OASFactory.createComponents();
      document.setComponents(components);
    }
    ApiSchemas schemas = new ApiSchemas(components, apiDocTexts);
    ApiRefusals refusals = new ApiRefusals(components, schemas);
    Map<String, String> tags = new TreeMap<>();
    for (Map.Entry<String, PathItem> path : document.getPaths().getPathItems().entrySet()) {
      PathItem item = path.getValue();
      boolean device = takeSession(item);
      for (Map.Entry<PathItem.HttpMethod, Operation> entry : item.getOperations().entrySet()) {
        Operation operation = entry.getValue();
        Method method = methods.get(String.valueOf(operation.getOperationId()));
        if (method != null) {
          List<Parameter> parameters = describeParameters(item, operation, method, schemas);
          describe(operation, method, tags);
          sayNothing(operation, method);
          boolean open = secure(operation, device);
          learn(schemas, operation, method);
          refusals.add(
              operation,
              method,
              parameters,
              ApiRefusals.ofPlace(path.getKey(), entry.getKey(), open, device));
          ApiExamples.add(operation);
        }
      }
    }
    tags.forEach(
        (name, about) -> document.addTag(OASFactory.createTag().name(name).description(about)));
    schemas.describe();
    new ApiSchemaNames(document).rename(schemas::rename);
    IdempotencyKeyParameter.addTo(document, components);
  }

  /** The session's header is a security scheme, not a parameter; whether there was one. */
  private static boolean takeSession(PathItem item) {
    List<Parameter> parameters = item.getParameters();
    if (parameters == null
        || parameters.stream().noneMatch(one -> DeviceSession.HEADER.equals(one.getName()))) {
      return false;
    }
    List<Parameter> others =
        parameters.stream().filter(one -> !DeviceSession.HEADER.equals(one.getName())).toList();
    item.setParameters(others.isEmpty() ? null : others);
    return true;
  }

  /**
   * Says what an operation asks for; at each, because the server forgets when one asks for nothing
   * and others do by default.
   *
   * @return whether anybody may call it
   */
  private static boolean secure(Operation operation, boolean device) {
    if (operation.getSecurity() != null && operation.getSecurity().isEmpty()) {
      return true;
    }
    if (operation.getSecurity() != null
        && operation.getSecurity().stream()
            .anyMatch(one -> one.hasScheme(ApiApplication.MONITORING))) {
      // No token of Keycloak; what it refuses with, its method says.
      return true;
    }
    SecurityRequirement needs =
        OASFactory.createSecurityRequirement().addScheme(ApiApplication.KEYCLOAK);
    operation.setSecurity(List.of(device ? needs.addScheme(ApiApplication.DEVICE_SESSION) : needs));
    return false;
  }

  private static List<Parameter> describeParameters(
      PathItem item, Operation operation, Method method, ApiSchemas schemas) {
    List<Parameter> all = new ArrayList<>();
    Stream.of(item.getParameters(), operation.getParameters())
        .filter(Objects::nonNull)
        .forEach(all::addAll);
    for (Parameter parameter : all) {
      Schema made = parameter.getSchema();
      ApiParameters.describe(parameter, method);
      if (!Objects.equals(made, parameter.getSchema())) {
        schemas.forget(made);
      }
    }
    return all;
  }

  private void describe(Operation operation, Method method, Map<String, String> tags) {
    String packageName = method.getDeclaringClass().getPackageName();
    String tag = packageName.split("\\.", -1)[2];
    operation.setTags(List.of(tag));
    tags.put(tag, String.valueOf(apiDocTexts.about(packageName)));
    String about = apiDocTexts.about(method);
    if (about != null) {
      String[] sentences = about.split("(?<=\\.) ", 2);
      operation.setSummary(sentences[0].replaceFirst("\\.$", ""));
      operation.setDescription(sentences.length == 1 ? null : sentences[1]);
    }
    if (operation.getRequestBody() != null) {
      long limit = BodyLimitFilter.limitOf(method);
      operation.getRequestBody().setDescription("At most " + limit + " bytes");
    }
  }

  /**
   * A method that gives nothing answers 204, whatever its verb; an answer of no schema has no body.
   */
  private static void sayNothing(Operation operation, Method method) {
    for (APIResponse answer : operation.getResponses().getAPIResponses().values()) {
      Content content = answer.getContent();
      if (content != null
          && content.getMediaTypes().values().stream().allMatch(type -> type.getSchema() == null)) {
        answer.setContent(null);
      }
    }
    if (method.getReturnType() == void.class) {
      operation.setResponses(
          OASFactory.createAPIResponses()
              .addAPIResponse("204", OASFactory.createAPIResponse().description("Done")));
    }
  }

  private static void learn(ApiSchemas schemas, Operation operation, Method method) {
    Type body = ApiMethods.body(method);
    if (body != null && operation.getRequestBody() != null) {
      schemas.learn(body, json(operation.getRequestBody().getContent()));
    }
    operation
        .getResponses()
        .getAPIResponses()
        .forEach(
            (status, response) ->
                schemas.learn(ApiMethods.answer(method, status), json(response.getContent())));
  }

  private static @Nullable Schema json(@Nullable Content content) {
    MediaType json = content == null ? null : content.getMediaType(JSON);
    return json == null ? null : json.getSchema();
  }
}
