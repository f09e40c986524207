package org.hikae.admin.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

/** Reads what a server answered. */
final class ResponseJson {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private ResponseJson() {}

  /** The JSON in {@code text}; what is none has no fields. */
  static JsonNode object(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }
}
