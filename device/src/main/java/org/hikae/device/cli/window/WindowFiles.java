package org.hikae.device.cli.window;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.TreeMap;
import org.hikae.device.AgentJson;
import org.hikae.device.window.WindowAnswer;

/** The page, its style, its program and its sentences: the same for everybody. */
final class WindowFiles {

  private static final String TEXTS = "org.hikae.device.cli.window.texts";

  /** What the page runs: the first is loaded by it, and loads the others. */
  private static final List<String> SCRIPTS =
      List.of("window.js", "base.js", "dialog.js", "files.js", "schedule.js");

  private WindowFiles() {}

  /** By path. */
  static Map<String, WindowAnswer> all(String language) throws IOException {
    String page = new String(bytes("window.html"), StandardCharsets.UTF_8);
    Map<String, WindowAnswer> all = new HashMap<>();
    all.put(
        "/", text("html", page.replace("{language}", language).getBytes(StandardCharsets.UTF_8)));
    all.put("/window.css", text("css", bytes("window.css")));
    for (String script : SCRIPTS) {
      all.put("/" + script, text("javascript", bytes(script)));
    }
    all.put("/icon.svg", WindowAnswer.of(200, "image/svg+xml", bytes("icon.svg")));
    all.put("/texts.en.json", texts("en"));
    all.put("/texts.ja.json", texts("ja"));
    return all;
  }

  private static WindowAnswer text(String kind, byte[] bytes) {
    return WindowAnswer.of(200, "text/" + kind + "; charset=utf-8", bytes);
  }

  private static byte[] bytes(String name) throws IOException {
    try (InputStream in = WindowFiles.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException(name);
      }
      return in.readAllBytes();
    }
  }

  private static WindowAnswer texts(String language) throws IOException {
    ResourceBundle bundle =
        ResourceBundle.getBundle(
            TEXTS,
            Locale.forLanguageTag(language),
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    Map<String, String> all = new TreeMap<>();
    bundle.keySet().forEach(key -> all.put(key, bundle.getString(key)));
    return WindowAnswer.json(200, AgentJson.mapper().writeValueAsBytes(all));
  }
}
