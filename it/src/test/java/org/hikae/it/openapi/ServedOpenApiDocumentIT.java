package org.hikae.it.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hikae.it.stack.Stack;
import org.hikae.it.stack.StackDatabase;
import org.hikae.testing.BuildOutput;
import org.junit.jupiter.api.Test;

/**
 * The OpenAPI document that is checked in is the one that the portal makes of its own code: whoever
 * changes what is asked or answered changes both. Time budget: 5 seconds beside the system's start.
 */
class ServedOpenApiDocumentIT {

  @Test
  void the_portal_serves_the_document_to_anybody() throws Exception {
    Stack stack = Stack.on(StackDatabase.Kind.POSTGRESQL);
    URI address = URI.create(stack.portalUrl() + "/openapi");
    HttpResponse<String> served =
        stack
            .httpClient()
            .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    assertThat(served.statusCode()).isEqualTo(200);
    Path made = BuildOutput.root().resolve("it/target/openapi.yaml");
    Files.createDirectories(made.getParent());
    Files.writeString(made, served.body());
    assertThat(BuildOutput.root().resolve("docs/openapi.yaml"))
        .as("copy it/target/openapi.yaml after a wanted change")
        .hasContent(served.body());
  }
}
