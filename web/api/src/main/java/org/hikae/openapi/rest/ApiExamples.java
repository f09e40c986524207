package org.hikae.openapi.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/**
 * Examples in the OpenAPI document: what was once asked of a running portal and what it answered, a
 * file for each operation. A test says when they are no longer true.
 */
final class ApiExamples {

  private static final String FOLDER = "/META-INF/openapi-examples/";
  private static final ObjectMapper JSON = new ObjectMapper();

  private ApiExamples() {}

  /**
   * An example.
   *
   * @param status of the answer
   * @param request what was asked, where that is JSON
   * @param answer what was answered, where that is JSON
   */
  private record Example(String status, @Nullable Object request, @Nullable Object answer) {}

  static void add(Operation operation) {
    String file = FOLDER + operation.getOperationId() + ".json";
    try (InputStream in = ApiExamples.class.getResourceAsStream(file)) {
      if (in != null) {
        add(operation, JSON.readValue(in, Example.class));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void add(Operation operation, Example example) {
    if (operation.getRequestBody() != null) {
      add(operation.getRequestBody().getContent(), example.request());
    }
    Map<String, APIResponse> answers = operation.getResponses().getAPIResponses();
    APIResponse answer = answers.get(example.status());
    if (answer != null) {
      add(answer.getContent(), example.answer());
    }
  }

  private static void add(@Nullable Content content, @Nullable Object example) {
    MediaType json = content == null ? null : content.getMediaType("application/json");
    if (json != null && example != null) {
      json.setExample(example);
    }
  }
}
