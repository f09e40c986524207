package org.hikae.device.daemon;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Set;

/**
 * One message between a command and the agent that stays: a byte that says what it is, four that
 * say how long, and so many more.
 */
public record DaemonFrame(Kind kind, byte[] body) {

  /** The most that a frame holds which passes output on. */
  public static final int MAX_TEXT_BYTES = 64 * 1024;

  /** The most that a command line with its surroundings may take. */
  public static final int MAX_REQUEST_BYTES = 1024 * 1024;

  /** The most that somebody may type at once, and the byte before it. */
  public static final int MAX_ANSWER_BYTES = 16 * 1024;

  /** The longest path of a file. */
  private static final int MAX_PATH_BYTES = 4096;

  private static final int HEAD_BYTES = 5;
  private static final byte[] NOTHING = new byte[0];

  /** What a frame is. */
  public enum Kind {
    /** The command to be done, from the client. */
    REQUEST('R', MAX_REQUEST_BYTES),
    /** It is to end before its time. */
    CANCEL('C', 0),
    /** What the person typed: a byte 1 and the text, or a byte 0 where they ended the input. */
    ANSWER('A', MAX_ANSWER_BYTES),
    /** The agent does it, from the agent. */
    ACCEPTED('Y', 0),
    /** The agent does not, and this is why; the client does it by itself. */
    DECLINED('N', 256),
    /** For standard output. */
    OUT('O', MAX_TEXT_BYTES),
    /** For standard error. */
    ERR('E', MAX_TEXT_BYTES),
    /** To be asked without echo. */
    ASK_HIDDEN('H', MAX_TEXT_BYTES),
    /** To be asked with echo. */
    ASK_VISIBLE('V', MAX_TEXT_BYTES),
    /** The file of a window to be shown in the browser; the answer is a byte 1 where that began. */
    SHOW('B', MAX_PATH_BYTES),
    /** How it ended: one byte, the exit code. */
    EXIT('X', 1);

    private final char code;
    private final int maxBytes;

    Kind(char code, int maxBytes) {
      this.code = code;
      this.maxBytes = maxBytes;
    }

    /** The byte by which it goes over the socket. */
    char code() {
      return code;
    }
  }

  /** What a client may send once its command is being done. */
  public static final Set<Kind> OF_CLIENT = Set.of(Kind.CANCEL, Kind.ANSWER);

  /** What an agent may send while it does a command. */
  public static final Set<Kind> OF_DAEMON =
      Set.of(Kind.OUT, Kind.ERR, Kind.ASK_HIDDEN, Kind.ASK_VISIBLE, Kind.SHOW, Kind.EXIT);

  /** One without a body. */
  public static DaemonFrame of(Kind kind) {
    return new DaemonFrame(kind, NOTHING);
  }

  /** Sends it whole. */
  public void write(OutputStream out) throws IOException {
    if (body.length > kind.maxBytes) {
      throw new ProtocolException("A frame " + kind + " of " + body.length + " bytes is too long.");
    }
    byte[] whole =
        ByteBuffer.allocate(HEAD_BYTES + body.length)
            .put((byte) kind.code)
            .putInt(body.length)
            .put(body)
            .array();
    out.write(whole);
    out.flush();
  }

  /**
   * Reads one.
   *
   * @param expected the only kinds that may come now
   * @throws EOFException when the other side has ended
   * @throws ProtocolException when it is none of these, or longer than its kind may be; nothing of
   *     its body is read then
   */
  public static DaemonFrame read(InputStream in, Set<Kind> expected) throws IOException {
    ByteBuffer head = ByteBuffer.wrap(exactly(in, HEAD_BYTES));
    int code = head.get() & 0xff;
    int length = head.getInt();
    Kind kind = kind(code, expected);
    if (length < 0 || length > kind.maxBytes) {
      throw new ProtocolException("A frame " + kind + " of " + length + " bytes is too long.");
    }
    return new DaemonFrame(kind, exactly(in, length));
  }

  private static Kind kind(int code, Set<Kind> expected) throws ProtocolException {
    for (Kind one : expected) {
      if (one.code == code) {
        return one;
      }
    }
    throw new ProtocolException("A frame of kind " + code + " is not expected.");
  }

  private static byte[] exactly(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("The other side has ended.");
    }
    return bytes;
  }

  @Override
  public String toString() {
    // A body may be a password.
    return "DaemonFrame(" + kind + ", " + body.length + " bytes)";
  }
}
