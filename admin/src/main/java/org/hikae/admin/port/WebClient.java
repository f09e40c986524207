package org.hikae.admin.port;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks web servers, within limits of time and size; follows no redirect. */
public interface WebClient {

  /**
   * An answer, whatever its status.
   *
   * @param status of HTTP
   * @param body as sent
   * @param ahead how far the server's clock is ahead of this one; null when it did not say its time
   */
  record WebReply(int status, byte[] body, @Nullable Duration ahead) {

    /** Copies the array. */
    public WebReply {
      body = body.clone();
    }

    @Override
    public byte[] body() {
      return body.clone();
    }

    /** The body as text. */
    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  /**
   * Reads.
   *
   * @param bearer access token, empty for none
   * @throws IOException when there is no answer
   */
  WebReply get(URI uri, String bearer) throws IOException;

  /** Sends a form. */
  WebReply post(URI uri, Map<String, String> form) throws IOException;
}
