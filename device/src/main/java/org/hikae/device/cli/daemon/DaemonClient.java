package org.hikae.device.cli.daemon;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.hikae.device.cli.command.AgentExitCode;
import org.hikae.device.cli.command.PersonTerminal;
import org.hikae.device.daemon.CommandRequest;
import org.hikae.device.daemon.DaemonEndpoint;
import org.hikae.device.daemon.DaemonFrame;
import org.hikae.device.daemon.DaemonGreeting;
import org.hikae.device.daemon.GreetingDeadline;
import org.hikae.device.daemon.HomeProof;
import org.hikae.device.daemon.ProcessContext;
import org.hikae.device.state.AgentHome;
import org.jspecify.annotations.Nullable;

/**
 * Has the agent that stays do a command, and is its terminal meanwhile. Where there is none that
 * does it, nothing has happened, and the command is done by itself.
 *
 * <p>What is on the way of a usual command loads few classes: no lambda, no regular expression, no
 * stream, nothing of a library. {@code ClientProcessTest} counts them.
 */
public final class DaemonClient {

  /** Variables that a command reads, and that may differ from those of the agent. */
  static final List<String> VARIABLES =
      List.of("HOME", "LANG", "LC_ALL", "LC_MESSAGES", "DISPLAY", "WAYLAND_DISPLAY");

  /**
   * How long the end of this process waits for a run that ends in order; more than the run does.
   */
  private static final Duration GRACE = Duration.ofSeconds(25);

  /** A character of Java in UTF-8; two of them that make one have four. */
  private static final int MAX_CHAR_BYTES = 3;

  private final ClientEnvironment here;
  private final LostAgentListener listener;
  private final String build;
  private volatile boolean asking;
  private volatile boolean cancelled;

  /** Says to the person that the agent ended, such as by a kill, before their command did. */
  @FunctionalInterface
  public interface LostAgentListener {
    /** The exit code of the command line of carried arguments. */
    int lost(String... carried);
  }

  /** Of this process. */
  public DaemonClient(ClientEnvironment here, LostAgentListener listener) {
    this(here, listener, DaemonGreeting.ofThisBuild());
  }

  DaemonClient(ClientEnvironment here, LostAgentListener listener, String build) {
    this.here = here;
    this.listener = listener;
    this.build = build;
  }

  /** The exit code of a command line of carried arguments; nothing when none does it. */
  public OptionalInt run(String... carried) {
    if (!DaemonCommandRules.goesThrough(List.of(carried))) {
      return OptionalInt.empty();
    }
    Optional<DaemonEndpoint> endpoint = DaemonEndpoint.of(here.environment());
    if (endpoint.isEmpty()) {
      return OptionalInt.empty();
    }
    Optional<SocketChannel> agent = endpoint.get().connect();
    if (agent.isEmpty()) {
      return OptionalInt.empty();
    }
    OptionalInt exit = OptionalInt.empty();
    try (SocketChannel connection = agent.get()) {
      InputStream in = new BufferedInputStream(Channels.newInputStream(connection));
      FrameWriter sender = new FrameWriter(connection);
      if (isAccepted(connection, in, sender, carried)) {
        exit = OptionalInt.of(followed(in, sender, carried));
      }
    } catch (IOException | UncheckedIOException e) {
      // It was not accepted, so nothing was begun; or it has ended, and only the connection has not
      // ended well.
    }
    return exit;
  }

  /** Whether the command was ended before its time, because this process ends. */
  public boolean isCancelled() {
    return cancelled;
  }

  private boolean isAccepted(
      SocketChannel connection, InputStream in, FrameWriter sender, String... carried)
      throws IOException {
    try (GreetingDeadline _ = new GreetingDeadline(connection, GreetingDeadline.STANDARD)) {
      DaemonGreeting.write(sender.out(), build);
      if (!DaemonGreeting.read(in).equals(build)) {
        return false;
      }
      Path home = AgentHome.of(here.environment(), here.userHome()).folder();
      HomeProof proof = HomeProof.leave(home, here.random());
      try {
        byte[] request = request(proof, home, carried).encode();
        sender.send(new DaemonFrame(DaemonFrame.Kind.REQUEST, request));
        DaemonFrame answer =
            DaemonFrame.read(in, Set.of(DaemonFrame.Kind.ACCEPTED, DaemonFrame.Kind.DECLINED));
        return answer.kind() == DaemonFrame.Kind.ACCEPTED;
      } finally {
        proof.delete(home);
      }
    }
  }

  private CommandRequest request(HomeProof proof, Path home, String... carried) {
    Map<String, String> environment = new TreeMap<>();
    for (String name : VARIABLES) {
      String value = here.environment().get(name);
      if (value != null) {
        environment.put(name, value);
      }
    }
    return new CommandRequest(
        proof,
        ProcessContext.ofThisProcess(here.environment(), home),
        here.charset(),
        here.console() != null,
        here.workingDirectory(),
        environment,
        List.of(carried));
  }

  /** Until the command has ended, or the agent has. */
  private int followed(InputStream in, FrameWriter sender, String... carried) {
    CountDownLatch ended = new CountDownLatch(1);
    Runnable nothingToEnd = here.interruption().upon(new RunEnding(sender, ended));
    try {
      while (true) {
        DaemonFrame frame = DaemonFrame.read(in, DaemonFrame.OF_DAEMON);
        switch (frame.kind()) {
          case OUT -> show(here.out(), frame.body());
          case ERR -> show(here.err(), frame.body());
          case ASK_HIDDEN -> sender.send(answer(hidden(prompt(frame))));
          case ASK_VISIBLE -> sender.send(answer(visible(prompt(frame))));
          case SHOW -> sender.send(shown(prompt(frame)));
          default -> {
            return frame.body().length == 1 ? frame.body()[0] & 0xff : lost(carried);
          }
        }
      }
    } catch (IOException e) {
      return lost(carried);
    } finally {
      ended.countDown();
      nothingToEnd.run();
    }
  }

  private static void show(OutputStream stream, byte[] bytes) {
    try {
      stream.write(bytes, 0, bytes.length);
      stream.flush();
    } catch (IOException e) {
      // Nobody reads it any more. The command goes on, as one that is done by itself does.
    }
  }

  private static String prompt(DaemonFrame frame) {
    return new String(frame.body(), StandardCharsets.UTF_8);
  }

  /**
   * The browser is started by this process, which has the person's desktop around it; and only for
   * the file of a window, whatever the agent says.
   */
  private DaemonFrame shown(String file) {
    Path path = Path.of(file);
    Path folder = AgentHome.of(here.environment(), here.userHome()).windowFolder();
    boolean begun = folder.equals(path.getParent()) && here.browser().show(file);
    return new DaemonFrame(DaemonFrame.Kind.ANSWER, new byte[] {(byte) (begun ? 1 : 0)});
  }

  private char @Nullable [] hidden(String prompt) {
    PersonTerminal terminal = here.console();
    asking = true;
    try {
      return terminal == null ? null : terminal.hidden(prompt);
    } finally {
      asking = false;
    }
  }

  private char @Nullable [] visible(String prompt) {
    PersonTerminal terminal = here.console();
    asking = true;
    try {
      String typed = terminal == null ? null : terminal.visible(prompt);
      return typed == null ? null : typed.toCharArray();
    } finally {
      asking = false;
    }
  }

  /** The frame of what was typed, which is overwritten here; the frame itself lives for moments. */
  private static DaemonFrame answer(char @Nullable [] typed) {
    if (typed == null) {
      return new DaemonFrame(DaemonFrame.Kind.ANSWER, new byte[] {0});
    }
    ByteBuffer encoded = ByteBuffer.allocate(typed.length * MAX_CHAR_BYTES);
    var _ = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(typed), encoded, true);
    byte[] body = new byte[1 + encoded.position()];
    body[0] = 1;
    encoded.flip().get(body, 1, body.length - 1);
    Arrays.fill(typed, '\0');
    Arrays.fill(encoded.array(), (byte) 0);
    return new DaemonFrame(DaemonFrame.Kind.ANSWER, body);
  }

  /** What is done when this process ends. */
  private final class RunEnding implements Runnable {
    private final FrameWriter sender;
    private final CountDownLatch ended;

    private RunEnding(FrameWriter sender, CountDownLatch ended) {
      this.sender = sender;
      this.ended = ended;
    }

    @Override
    public void run() {
      cancel(sender, ended);
    }
  }

  /** This process ends: so does the command, and what it still says is shown. */
  private void cancel(FrameWriter sender, CountDownLatch ended) {
    cancelled = true;
    try {
      sender.send(DaemonFrame.of(DaemonFrame.Kind.CANCEL));
      if (!asking) {
        var _ = ended.await(GRACE.toSeconds(), TimeUnit.SECONDS);
      }
    } catch (IOException e) {
      // The agent is gone, and the command with it.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int lost(String... carried) {
    return cancelled ? AgentExitCode.CANCELLED : listener.lost(carried);
  }
}
