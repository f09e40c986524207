package org.hikae.device.window;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The head of a request.
 *
 * @param method such as POST
 * @param target path and query
 * @param fields by name in lower case
 */
record WindowRequestHead(String method, String target, Map<String, List<String>> fields) {

  private static final String OPERATIONS = "/api/";

  /** The one value of a field; nothing when it is absent, or there more than once. */
  Optional<String> field(String name) {
    List<String> values = fields.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
  }

  /** The one method that its target can be asked with. */
  String allowed() {
    return operation().isPresent() ? "POST" : "GET";
  }

  boolean has(String name) {
    return fields.containsKey(name.toLowerCase(Locale.ROOT));
  }

  /** What the page asks to be done; nothing when it asks for a file. */
  Optional<String> operation() {
    return target.startsWith(OPERATIONS)
        ? Optional.of(target.substring(OPERATIONS.length()))
        : Optional.empty();
  }
}
