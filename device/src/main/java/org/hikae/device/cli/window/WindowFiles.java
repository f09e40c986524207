package org.hikae.device.cli.window;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.TreeMap;
import org.hikae.device.AgentJson;
import org.hikae.device.window.WindowAnswer;

/** The page, its style, its program and its sentences: the same for everybody. */
final class WindowFiles {

  private static final String TEXTS = "org.hikae.device.cli.window.texts";

  private WindowFiles() {}

  /** By path. */
  static Map<String, WindowAnswer> all(String language) throws IOException {
    String page = new String(bytes("window.html"), StandardCharsets.UTF_8);
    return Map.of(
        "/", text("html", page.replace("{language}", language).getBytes(StandardCharsets.UTF_8)),
        "/window.css", text("css", bytes("window.css")),
        "/base.js", text("javascript", bytes("base.js")),
        "/dialog.js", text("javascript", bytes("dialog.js")),
        "/window.js", text("javascript", bytes("window.js")),
        "/icon.svg", WindowAnswer.of(200, "image/svg+xml", bytes("icon.svg")),
        "/texts.en.json", texts("en"),
        "/texts.ja.json", texts("ja"));
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
