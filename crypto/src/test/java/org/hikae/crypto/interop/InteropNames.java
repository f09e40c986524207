package org.hikae.crypto.interop;

import java.nio.charset.StandardCharsets;
import org.hikae.crypto.opaque.OpaqueContext;

/**
 * The names that both halves put into an exchange; RFC 9807's context stays empty, as the peer has
 * no parameter for it. Texts, because the peer takes nothing else: UTF-8 of them is what counts.
 *
 * @param server the server's identity
 * @param client the client's identity
 */
record InteropNames(String server, String client) {

  OpaqueContext context() {
    return new OpaqueContext(
        new byte[0],
        server.getBytes(StandardCharsets.UTF_8),
        client.getBytes(StandardCharsets.UTF_8));
  }
}
