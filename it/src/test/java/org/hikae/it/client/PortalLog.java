package org.hikae.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hikae.it.stack.Stack;

/** What a portal has written to its log. */
public final class PortalLog {

  /** The header of an answer whose value the lines about the request have, too. */
  public static final String REQUEST = "X-Request-Id";

  private static final ObjectMapper JSON = new ObjectMapper();

  private PortalLog() {}

  /** Whole lines: the portal may be writing another one. */
  public static List<JsonNode> lines(Stack stack) throws IOException {
    String log = text(stack.portalFolder().resolve("log/server.log"));
    List<JsonNode> lines = new ArrayList<>();
    for (String line : log.substring(0, log.lastIndexOf('\n') + 1).lines().toList()) {
      // The server starts in plain text, until it has read its configuration.
      if (line.startsWith("{")) {
        lines.add(JSON.readTree(line));
      } else {
        assertThat(line).doesNotContain("[org.hikae");
      }
    }
    return lines;
  }

  /** A log, whatever it ends with: the last character may be there in part. */
  public static String text(Path log) throws IOException {
    return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
  }

  /** The id of the request that a line is about; empty when it is about none. */
  public static String request(JsonNode line) {
    return line.at("/mdc/requestId").asText();
  }

  /** The messages of stack traces that these requests have left. */
  public static List<String> traces(Stack stack, Set<String> requests) throws IOException {
    return lines(stack).stream()
        .filter(line -> line.hasNonNull("stackTrace") && requests.contains(request(line)))
        .map(line -> line.path("loggerName").asText() + ": " + line.path("message").asText())
        .toList();
  }
}
