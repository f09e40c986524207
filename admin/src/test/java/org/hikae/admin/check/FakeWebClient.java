package org.hikae.admin.check;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.hikae.admin.port.WebClient;

/** A web of canned answers; nobody answers at any other address. */
public final class FakeWebClient implements WebClient {

  private final Map<String, WebReply> answers = new HashMap<>();

  /** Where nobody answers yet. */
  public FakeWebClient() {}

  /** What is answered at an address from now on. */
  public FakeWebClient answers(String address, int status, String body) {
    answers.put(address, reply(status, body));
    return this;
  }

  /** A client's answer to its way of asking for a token. */
  FakeWebClient grants(String realm, String client, String way, int status, String body) {
    return answers(realm + "/protocol/openid-connect/token " + client + " " + way, status, body);
  }

  static WebReply reply(int status, String body) {
    return new WebReply(status, body.getBytes(StandardCharsets.UTF_8), Duration.ZERO);
  }

  @Override
  public WebReply get(URI uri, String bearer) throws IOException {
    return answer(bearer.isEmpty() ? uri.toString() : uri + " " + bearer);
  }

  @Override
  public WebReply post(URI uri, Map<String, String> form) throws IOException {
    return answer(uri + " " + form.get("client_id") + " " + form.get("grant_type"));
  }

  private WebReply answer(String key) throws IOException {
    WebReply reply = answers.get(key);
    if (reply == null) {
      throw new ConnectException();
    }
    return reply;
  }
}
