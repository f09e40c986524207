package org.hikae.crypto.opaque;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * Names that both sides put into envelope and key exchange, so that a record or a login made under
 * other names fails (RFC 9807, sections 4 and 6.4). Both identities are required: RFC 9807 falls
 * back to the public keys when they are absent, and nothing here needs that.
 */
public final class OpaqueContext {

  private static final int MAX_BYTES = 0xffff;

  private final byte[] application;
  private final byte[] serverIdentity;
  private final byte[] clientIdentity;

  /**
   * Copies the arrays.
   *
   * @param application RFC 9807's "context", 0 to 65535 bytes
   * @param serverIdentity 1 to 65535 bytes
   * @param clientIdentity 1 to 65535 bytes
   */
  public OpaqueContext(byte[] application, byte[] serverIdentity, byte[] clientIdentity) {
    this.application = checked("application", application, 0);
    this.serverIdentity = checked("serverIdentity", serverIdentity, 1);
    this.clientIdentity = checked("clientIdentity", clientIdentity, 1);
  }

  private static byte[] checked(String name, byte[] bytes, int min) {
    Objects.requireNonNull(bytes, name);
    if (bytes.length < min || bytes.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          name + " must have " + min + " to 65535 bytes, not " + bytes.length);
    }
    return bytes.clone();
  }

  byte[] application() {
    return prefixed(application);
  }

  /** u16 length, then the server's identity. */
  public byte[] serverIdentity() {
    return prefixed(serverIdentity);
  }

  /** u16 length, then the client's identity. */
  public byte[] clientIdentity() {
    return prefixed(clientIdentity);
  }

  private static byte[] prefixed(byte[] bytes) {
    return ByteBuffer.allocate(2 + bytes.length).putShort((short) bytes.length).put(bytes).array();
  }
}
