package org.hikae.device.cli.command;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.jspecify.annotations.Nullable;

/**
 * Where secrets come from: the terminal without echo, or an open file descriptor that a script
 * names. Never the command line and never the environment, which other processes can read.
 */
public final class SecretInput {

  private static final int MAX_BYTES = 4096;

  private final @Nullable PersonTerminal console;

  public SecretInput(@Nullable PersonTerminal console) {
    this.console = console;
  }

  public boolean terminal() {
    return console != null;
  }

  /** Asks on the terminal without echo; the caller overwrites the characters. */
  public char[] hidden(String prompt) throws AgentException {
    char[] typed = console == null ? null : console.hidden(prompt);
    if (typed == null) {
      throw new AgentException(RunResult.CANCELLED, "run.cancelled");
    }
    return typed;
  }

  /** Asks on the terminal with echo. */
  public String visible(String prompt) throws AgentException {
    String typed = console == null ? null : console.visible(prompt);
    if (typed == null) {
      throw new AgentException(RunResult.CANCELLED, "run.cancelled");
    }
    return typed.strip();
  }

  /**
   * Reads one line of a descriptor, in UTF-8, without its end; the caller overwrites the
   * characters.
   */
  public static char[] line(int descriptor) throws AgentException {
    return read(descriptor, true);
  }

  /** Reads a descriptor to its end. */
  public static char[] whole(int descriptor) throws AgentException {
    return read(descriptor, false);
  }

  private static char[] read(int descriptor, boolean oneLine) throws AgentException {
    byte[] buffer = new byte[MAX_BYTES];
    int length = 0;
    try (InputStream in = new FileInputStream("/dev/fd/" + descriptor)) {
      while (length < MAX_BYTES) {
        // One byte at a time: what comes after the line belongs to the next reader of the
        // descriptor.
        int read = in.read();
        if (read < 0 || (oneLine && read == '\n')) {
          break;
        }
        buffer[length++] = (byte) read;
      }
      int end = length > 0 && buffer[length - 1] == '\r' ? length - 1 : length;
      CharBuffer decoded =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(buffer, 0, end));
      char[] chars = new char[decoded.remaining()];
      decoded.get(chars);
      Arrays.fill(decoded.array(), '\0');
      return chars;
    } catch (CharacterCodingException e) {
      throw new AgentException(RunResult.LOCAL, "secret.not-utf8", descriptor);
    } catch (IOException e) {
      throw new AgentException(RunResult.LOCAL, e, "secret.unreadable", descriptor);
    } finally {
      Arrays.fill(buffer, (byte) 0);
    }
  }

  /** Writes lines to a descriptor and closes this view of it. */
  public static void write(int descriptor, List<String> lines) throws AgentException {
    try (OutputStream out = new FileOutputStream("/dev/fd/" + descriptor)) {
      out.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new AgentException(RunResult.LOCAL, e, "secret.unwritable", descriptor);
    }
  }
}
