package org.hikae.openapi.rest;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** Says in the OpenAPI document which operations take an {@code Idempotency-Key}. */
final class IdempotencyKeyParameter {

  private static final String NAME = "IdempotencyKey";
  private static final int MAX_CHARS = 255;
  private static final Set<PathItem.HttpMethod> CHANGES =
      Set.of(PathItem.HttpMethod.POST, PathItem.HttpMethod.PUT, PathItem.HttpMethod.DELETE);

  private IdempotencyKeyParameter() {}

  static void addTo(OpenAPI document, Components components) {
    components.addParameter(
        NAME,
        OASFactory.createParameter()
            .name("Idempotency-Key")
            .in(Parameter.In.HEADER)
            .required(false)
            .description(
                "A new one for each thing to be done. Sent again with the same request within 24"
                    + " hours it gets the first answer, and nothing is done twice.")
            .example("8e03978e-40d5-43dd-bc93-6894a57f9324")
            .schema(
                OASFactory.createSchema()
                    .type(List.of(Schema.SchemaType.STRING))
                    .minLength(1)
                    .maxLength(MAX_CHARS)));
    for (Map.Entry<String, PathItem> path : document.getPaths().getPathItems().entrySet()) {
      path.getValue().getOperations().entrySet().stream()
          .filter(operation -> takes(path.getKey(), operation.getKey()))
          .forEach(
              operation ->
                  operation
                      .getValue()
                      .addParameter(
                          OASFactory.createParameter().ref("#/components/parameters/" + NAME)));
    }
  }

  /** Whether an operation takes it. */
  static boolean takes(String path, PathItem.HttpMethod method) {
    return path.contains("/v1/admin/") && !path.endsWith("/previews") && CHANGES.contains(method);
  }
}
