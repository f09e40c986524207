package org.hikae.device.cli.window;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hikae.device.AgentJson;
import org.hikae.device.window.WindowAddress;
import org.hikae.device.window.WindowClient;
import org.hikae.device.window.WindowClient.WindowReply;

/** Does over HTTP what the page of a window does. */
final class WindowPage {

  private static final Pattern TARGET = Pattern.compile("content=\"0;url=([^\"]+)\"");

  private final WindowClient client;
  private final String token;
  private final String language;
  private final StringBuilder received = new StringBuilder();

  private WindowPage(WindowClient client, String token, String language) {
    this.client = client;
    this.token = token;
    this.language = language;
  }

  /** Opened by the window's file, as a browser is. */
  static WindowPage open(AgentWindow window, String language) throws IOException {
    return open(window.linkFile(), language);
  }

  /** The same of a window that is opened by its command. */
  static WindowPage open(Path linkFile, String language) throws IOException {
    Matcher target = TARGET.matcher(Files.readString(linkFile));
    if (!target.find()) {
      throw new IOException("the file leads nowhere");
    }
    URI uri = URI.create(target.group(1));
    WindowClient client = new WindowClient(new WindowAddress(uri.getHost(), uri.getPort()));
    WindowReply started =
        client.ask("", language, "start", AgentJson.mapper().writeValueAsString(uri.getFragment()));
    return new WindowPage(
        client, AgentJson.mapper().readValue(started.body(), String.class), language);
  }

  WindowReply reply(String operation, String body) throws IOException {
    WindowReply reply = client.ask(token, language, operation, body);
    received.append(reply.body()).append('\n');
    return reply;
  }

  /** Every body that it has got. */
  String received() {
    return received.toString();
  }

  /** What the agent answers when it could do it. */
  JsonNode ask(String operation, String body) throws IOException {
    WindowReply reply = reply(operation, body);
    if (reply.status() != 200) {
      throw new IOException(reply.toString());
    }
    return AgentJson.mapper().readTree(reply.body());
  }

  /** How the run that has begun ends; asked for again and again, as the page does. */
  JsonNode ended() throws IOException {
    JsonNode run = ask("run", "{}");
    while (run.get("running").booleanValue()) {
      Thread.onSpinWait();
      run = ask("run", "{}");
    }
    return run;
  }

  /** What a dialog asks now, or how it ended; asked for again and again, as the page does. */
  JsonNode asked() throws IOException {
    return until(view -> !view.get("running").booleanValue() || view.has("step"));
  }

  JsonNode until(Predicate<JsonNode> enough) throws IOException {
    JsonNode view = ask("dialog", "{}");
    while (!enough.test(view)) {
      Thread.onSpinWait();
      view = ask("dialog", "{}");
    }
    return view;
  }

  /** Gives a secret as the page does. */
  WindowReply secret(String operation, JsonNode asked, String secret) throws IOException {
    return raw(operation, asked.get("number").intValue() + "\n" + secret);
  }

  WindowReply raw(String operation, String body) throws IOException {
    Map<String, String> fields = client.fields(token);
    fields.put("Hikae-Language", language);
    fields.put("Content-Type", "application/octet-stream");
    WindowReply reply = client.send("POST", "/api/" + operation, fields, body);
    received.append(reply.body()).append('\n');
    return reply;
  }

  WindowReply file(String path) throws IOException {
    return client.file(path);
  }
}
