package org.hikae.notice.control;

import jakarta.json.Json;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.Map;
import java.util.TreeMap;

/** The facts of a notice, which are kept as a JSON object of texts. */
public final class NoticeFactsCodec {

  private NoticeFactsCodec() {}

  /** Reads them. */
  public static Map<String, String> parse(String json) {
    try (JsonReader reader = Json.createReader(new StringReader(json))) {
      Map<String, String> facts = new TreeMap<>();
      var object = reader.readObject();
      object.keySet().forEach(name -> facts.put(name, object.getString(name, "")));
      return facts;
    }
  }
}
