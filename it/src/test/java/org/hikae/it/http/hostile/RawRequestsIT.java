package org.hikae.it.http.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hikae.it.client.RawHttpRequest;
import org.hikae.it.stack.Stack;
import org.hikae.it.stack.StackDatabase;
import org.junit.jupiter.api.Test;

/**
 * Requests that two programs would take for different ones, written by hand: whoever stands before
 * the portal must not be led to believe that a request has ended where the portal does not. Time
 * budget: 5 seconds beside the system's start.
 */
class RawRequestsIT {

  private static final String LINE = "GET /api/health/live HTTP/1.1\r\n";
  private static final String HOST = "Host: localhost\r\n";
  private static final String END = "Connection: close\r\n\r\n";

  private static String answer(String request) throws Exception {
    Stack stack = Stack.on(StackDatabase.Kind.H2);
    try (RawHttpRequest open =
        RawHttpRequest.begin(stack, InetAddress.ofLiteral("127.0.0.1"), request)) {
      return open.answer();
    } catch (IOException e) {
      return "";
    }
  }

  @Test
  void what_is_right_is_answered() throws Exception {
    assertThat(answer(LINE + HOST + END)).startsWith("HTTP/1.1 200");
  }

  @Test
  void requests_that_others_may_read_in_another_way_are_refused() throws Exception {
    Map<String, String> requests = new LinkedHashMap<>();
    requests.put("CVE-2026-28367", LINE + "Host: localhost\r\r\r");
    requests.put(
        "CVE-2026-28367 with a rest", LINE + "Host: localhost\r\r\rGET / HTTP/1.1\r\n" + END);
    requests.put("the headers end in a bare CR", LINE + HOST + "\r\r");
    requests.put("CVE-2026-28369", LINE + " " + HOST + END);
    requests.put("CVE-2026-28369, many", LINE + "   " + HOST + END);
    requests.put("a tab before the first header", LINE + "\t" + HOST + END);
    requests.put("CVE-2026-28368, a space behind the name", LINE + "Host : localhost\r\n" + END);
    requests.put("a space within the name", LINE + HOST + "Content Length: 3\r\n" + END);
    requests.put(
        "a control character within the name",
        LINE + HOST + "Transfer-Enc\u000boding: chunked\r\n" + END);
    requests.put("a zero within the name", LINE + HOST + "Content\u0000-Length: 3\r\n" + END);
    requests.put("no name", LINE + HOST + ": chunked\r\n" + END);
    requests.put("no colon", LINE + HOST + "Transfer-Encoding\r\n" + END);
    requests.put("bare line feeds", "GET /api/health/live HTTP/1.1\nHost: localhost\n\n");
    requests.put("a bare CR within a value", LINE + "Host: local\rhost\r\n" + END);
    requests.put("a line before the request", "\r\n \r\n" + LINE + HOST + END);
    // With the longest body that they could have: without it the portal would wait for one.
    String two = "Content-Length: 3\r\nContent-Length: 4\r\n";
    requests.put("two lengths", LINE + HOST + two + END + "body");
    requests.put("a signed length", LINE + HOST + "Content-Length: +3\r\n" + END + "abc");
    for (Map.Entry<String, String> request : requests.entrySet()) {
      assertThat(answer(request.getValue()))
          .as(request.getKey())
          .startsWith("HTTP/1.1 400")
          .containsOnlyOnce("HTTP/1.1 ");
    }
  }
}
