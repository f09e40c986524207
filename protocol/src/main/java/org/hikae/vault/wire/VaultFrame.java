package org.hikae.vault.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;

/**
 * One frame between portal and vault on the Unix domain socket (spec HK1-V-13): {@code u32 length}
 * of what follows, {@code u8 kind}, body. Each request frame is answered by one frame of the same
 * kind, in order.
 *
 * @param kind what the body is
 * @param body at most {@link #MAX_BODY_BYTES} bytes
 */
public record VaultFrame(Kind kind, byte[] body) {

  /** The largest body: a vault message with its outer fields. */
  public static final int MAX_BODY_BYTES = Hk1Constants.MAX_VAULT_MESSAGE_BYTES + 64;

  /** What a frame carries. */
  public enum Kind {
    /** Request: {@link VaultEnvelope}. Answer: {@link VaultReply.Outer}. */
    MESSAGE(1),
    /** Request: nothing. Answer: {@link SignedCard}. */
    CARD(2),
    /** Request: nothing. Answer: one byte, 1 when the vault can serve and 0 when it cannot. */
    HEALTH(3),
    /** Request: an operator's order. Answer: what became of it. Never from devices. */
    OPERATOR(4),
    /**
     * Request: {@link VaultEventPage#request}. Answer: {@link VaultEventPage}. Asked by the portal
     * itself.
     */
    EVENTS(5),
    /** Request: {@link AuditHead}. Answer: {@link AuditHeadAnswer}. Told by the portal itself. */
    AUDIT(6);

    private final int number;

    Kind(int number) {
      this.number = number;
    }

    /** The number on the wire. */
    public int number() {
      return number;
    }

    static Kind of(int number) throws MalformedException {
      for (Kind kind : values()) {
        if (kind.number == number) {
          return kind;
        }
      }
      throw new MalformedException("Frame kind " + number + " is unknown.");
    }
  }

  /** Checks the limit and copies the array. */
  public VaultFrame {
    if (body.length > MAX_BODY_BYTES) {
      throw new IllegalArgumentException(
          "body (" + body.length + " bytes) may have at most " + MAX_BODY_BYTES);
    }
    body = body.clone();
  }

  @Override
  public byte[] body() {
    return body.clone();
  }

  /** The frame's bytes, length first. */
  public byte[] encode() {
    return ByteBuffer.allocate(5 + body.length)
        .putInt(1 + body.length)
        .put((byte) kind.number())
        .put(body)
        .array();
  }

  /**
   * Reads one frame; allocates nothing before the length was checked.
   *
   * @throws EOFException when the stream ends, before or inside a frame
   * @throws MalformedException for a length out of bounds or an unknown kind; the stream is then of
   *     no more use
   */
  public static VaultFrame read(InputStream in) throws IOException, MalformedException {
    int length = ByteBuffer.wrap(fully(in, 4)).getInt();
    if (length < 1 || length > 1 + MAX_BODY_BYTES) {
      throw new MalformedException("A frame must have 1 to " + (1 + MAX_BODY_BYTES) + " bytes.");
    }
    Kind kind = Kind.of(fully(in, 1)[0] & 0xff);
    return new VaultFrame(kind, fully(in, length - 1));
  }

  private static byte[] fully(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length != length) {
      throw new EOFException("The stream ended inside a frame.");
    }
    return bytes;
  }

  @Override
  public String toString() {
    return "VaultFrame(" + kind + ", " + body.length + " bytes)";
  }
}
