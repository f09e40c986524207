package org.hikae.device.cli.daemon;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.hikae.device.cli.command.PersonTerminal;
import org.hikae.device.daemon.DaemonFrame;
import org.jspecify.annotations.Nullable;

/**
 * The terminal of a command's client. What is typed there comes in one frame, and every copy of it
 * that this side makes is overwritten.
 */
final class SessionTerminal implements PersonTerminal {

  /** The answer of somebody who ended the input, or whose command was ended. */
  private static final byte[] ENDED = {0};

  private final FrameWriter client;
  private final BlockingQueue<byte[]> answers = new ArrayBlockingQueue<>(1);
  private boolean ended;
  private boolean asked;

  SessionTerminal(FrameWriter client) {
    this.client = client;
  }

  @Override
  public char @Nullable [] hidden(String prompt) {
    return ask(DaemonFrame.Kind.ASK_HIDDEN, prompt);
  }

  @Override
  public @Nullable String visible(String prompt) {
    char[] typed = ask(DaemonFrame.Kind.ASK_VISIBLE, prompt);
    return typed == null ? null : new String(typed);
  }

  /** Has the client show the file of a window; false when it could not. */
  boolean show(String file) {
    byte[] answer = answered(DaemonFrame.Kind.SHOW, file);
    return answer != null && answer.length == 1 && answer[0] == 1;
  }

  private char @Nullable [] ask(DaemonFrame.Kind kind, String prompt) {
    byte[] answer = answered(kind, prompt);
    return answer == null ? null : typed(answer);
  }

  private byte @Nullable [] answered(DaemonFrame.Kind kind, String prompt) {
    synchronized (this) {
      if (ended) {
        return null;
      }
      asked = true;
    }
    try {
      client.send(new DaemonFrame(kind, prompt.getBytes(StandardCharsets.UTF_8)));
      return answers.take();
    } catch (IOException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  private static char @Nullable [] typed(byte[] answer) {
    if (answer.length == 0 || answer[0] == 0) {
      return null;
    }
    CharBuffer decoded =
        StandardCharsets.UTF_8.decode(ByteBuffer.wrap(answer, 1, answer.length - 1));
    char[] typed = new char[decoded.remaining()];
    decoded.get(typed);
    Arrays.fill(decoded.array(), '\0');
    Arrays.fill(answer, (byte) 0);
    return typed;
  }

  /** Takes what was typed; false when nobody had asked. */
  synchronized boolean answer(byte[] body) {
    boolean was = asked;
    asked = false;
    return was && answers.offer(body);
  }

  /** Nobody types any more. */
  synchronized void end() {
    ended = true;
    if (asked) {
      asked = false;
      var _ = answers.offer(ENDED.clone());
    }
  }
}
