package org.hikae.it.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * How a run of the agent ended.
 *
 * @param exitCode exit code, as docs/agent.md lists them
 * @param out standard output
 * @param err standard error
 */
public record AgentResult(int exitCode, String out, String err) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Everything was done. */
  public static final int DONE = 0;

  /** Done but for some files. */
  public static final int PARTIAL = 3;

  /** Stopped by the person. */
  public static final int CANCELLED = 4;

  /** The portal refused, or the person's input was refused before anything was sent. */
  public static final int REFUSED = 6;

  /** Stored data is damaged. */
  public static final int CORRUPT = 7;

  /** The key could not be unlocked. */
  public static final int LOCKED = 8;

  /** Every line of the output as a JSON object; each must be one. */
  public List<JsonNode> events() {
    List<JsonNode> events = new ArrayList<>();
    for (String line : out.lines().toList()) {
      try {
        events.add(JSON.readTree(line));
      } catch (IOException e) {
        throw new AssertionError("not a JSON line: " + line, e);
      }
    }
    return events;
  }

  /** The event of this name, of which there must be one. */
  public JsonNode event(String name) {
    List<JsonNode> found =
        events().stream().filter(event -> event.path("event").asText().equals(name)).toList();
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " events " + name + " in " + this);
    }
    return found.getFirst();
  }
}
