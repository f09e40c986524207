package org.hikae.problem.rest;

import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.hikae.problem.wire.Problem;
import org.hikae.problem.wire.ProblemCode;

/**
 * Adds to the OpenAPI document what is true of every operation: its refusals are problem JSON with
 * a code of a closed list.
 */
public class ApiDocument implements OASFilter {

  private static final String NAME = "Problem";

  @Override
  public Operation filterOperation(Operation operation) {
    operation
        .getResponses()
        .addAPIResponse(
            "default", OASFactory.createAPIResponse().ref("#/components/responses/" + NAME));
    return operation;
  }

  @Override
  public void filterOpenAPI(OpenAPI document) {
    Components components = document.getComponents();
    if (components == null) {
      components = OASFactory.createComponents();
      document.setComponents(components);
    }
    KeyParameter.addTo(document, components);
    components.addSchema(NAME, problem());
    components.addResponse(
        NAME,
        OASFactory.createAPIResponse()
            .description("A refusal; the code says which")
            .content(
                OASFactory.createContent()
                    .addMediaType(
                        Problem.MEDIA_TYPE,
                        OASFactory.createMediaType()
                            .schema(
                                OASFactory.createSchema().ref("#/components/schemas/" + NAME)))));
  }

  private static Schema problem() {
    Schema code = text();
    code.setEnumeration(
        Arrays.stream(ProblemCode.values()).map(ProblemCode::code).<Object>map(c -> c).toList());
    Schema missing = OASFactory.createSchema().type(List.of(Schema.SchemaType.ARRAY)).items(text());
    return OASFactory.createSchema()
        .type(List.of(Schema.SchemaType.OBJECT))
        .required(List.of("type", "title", "status", "detail", "code", "instance"))
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
