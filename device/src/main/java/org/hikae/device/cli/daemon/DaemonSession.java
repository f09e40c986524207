package org.hikae.device.cli.daemon;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.AgentExitCode;
import org.hikae.device.cli.command.Interruption;
import org.hikae.device.daemon.CommandRequest;
import org.hikae.device.daemon.DaemonFrame;
import org.hikae.device.daemon.DaemonGreeting;
import org.hikae.device.daemon.GreetingDeadline;
import org.hikae.device.daemon.ProcessContext;
import org.jspecify.annotations.Nullable;

/**
 * One client and its command: done on a thread of its own, with the client's directory, language
 * and terminal, and ended in order when the client says so or is gone.
 */
final class DaemonSession implements Runnable, Interruption {

  /** Name of the threads that have a run end in order. */
  static final String ENDING = "hikae-ending";

  private final SocketChannel connection;
  private final DaemonListener listener;
  private final FrameWriter client;
  private final SessionTerminal terminal;
  private final List<Runnable> endings = new ArrayList<>();
  private boolean cancelled;
  private @Nullable Thread worker;

  /** Set before the command begins, on the thread that starts it. */
  private DaemonWindows.@Nullable WindowPlace place;

  DaemonSession(SocketChannel connection, DaemonListener listener) {
    this.connection = connection;
    this.listener = listener;
    this.client = new FrameWriter(connection);
    this.terminal = new SessionTerminal(client);
  }

  @Override
  public void run() {
    try (SocketChannel _ = connection) {
      InputStream in = Channels.newInputStream(connection);
      CommandRequest request = greeted(in);
      if (request == null) {
        return;
      }
      String refusal = refusal(request);
      if (refusal.isEmpty() && !(hasPlace(request) && listener.begins())) {
        refusal = "busy";
      }
      if (!refusal.isEmpty()) {
        client.send(
            new DaemonFrame(
                DaemonFrame.Kind.DECLINED, refusal.getBytes(StandardCharsets.US_ASCII)));
        return;
      }
      work(request, in);
    } catch (IOException e) {
      // A client that is gone, or that said something else: it is owed nothing.
    } finally {
      if (place != null) {
        place.close();
      }
    }
  }

  /** Whether there is room for the window that it opens, if it opens one. */
  private boolean hasPlace(CommandRequest request) {
    if (!request.arguments().getFirst().equals(DaemonCommandRules.OPEN)) {
      return true;
    }
    place = listener.windows().reserve().orElse(null);
    return place != null;
  }

  /** What the client wants; null when it is another build. */
  private @Nullable CommandRequest greeted(InputStream in) throws IOException {
    try (GreetingDeadline _ = new GreetingDeadline(connection, GreetingDeadline.STANDARD)) {
      String theirs = DaemonGreeting.read(in);
      DaemonGreeting.write(client.out(), listener.build());
      if (!theirs.equals(listener.build())) {
        listener.metAnotherBuild();
        return null;
      }
      DaemonFrame frame = DaemonFrame.read(in, Set.of(DaemonFrame.Kind.REQUEST));
      return CommandRequest.decode(frame.body());
    }
  }

  /** Why this agent does not do it; empty when it does. */
  private String refusal(CommandRequest request) {
    if (!DaemonCommandRules.goesThrough(request.arguments())) {
      return "command";
    }
    if (charset(request) == null) {
      return "charset";
    }
    if (!request.proof().holds(listener.home())) {
      return "proof";
    }
    return ProcessContext.difference(listener.context(), request.context());
  }

  private static @Nullable Charset charset(CommandRequest request) {
    try {
      return Charset.forName(request.charset());
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private void work(CommandRequest request, InputStream in) throws IOException {
    Thread command = Thread.ofPlatform().name("hikae-command").unstarted(() -> doCommand(request));
    boolean late;
    synchronized (this) {
      worker = command;
      late = cancelled;
    }
    try {
      client.send(DaemonFrame.of(DaemonFrame.Kind.ACCEPTED));
    } catch (IOException e) {
      listener.ended();
      throw e;
    }
    command.start();
    if (late) {
      command.interrupt();
    }
    try {
      hear(in);
    } finally {
      cancel();
      joined(command);
    }
  }

  /** Until the client is gone. */
  private void hear(InputStream in) throws IOException {
    while (true) {
      DaemonFrame frame = DaemonFrame.read(in, DaemonFrame.OF_CLIENT);
      if (frame.kind() == DaemonFrame.Kind.CANCEL) {
        cancel();
      } else if (!terminal.answer(frame.body())) {
        return;
      }
    }
  }

  private static void joined(Thread command) {
    boolean interrupted = false;
    while (command.isAlive()) {
      try {
        command.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void doCommand(CommandRequest request) {
    int exit = AgentExitCode.of(RunResult.INTERNAL);
    try {
      AgentEnvironment here = environment(request);
      exit = listener.commands().applyAsInt(here, request.arguments().toArray(new String[0]));
      here.out().flush();
      here.err().flush();
    } finally {
      listener.ended();
      try (SocketChannel _ = connection) {
        // What an interruption has left would close the connection before this is sent.
        var _ = Thread.interrupted();
        client.send(new DaemonFrame(DaemonFrame.Kind.EXIT, new byte[] {(byte) exit}));
      } catch (IOException e) {
        // Nobody waits for it any more.
      }
    }
  }

  private AgentEnvironment environment(CommandRequest request) {
    AgentEnvironment here = listener.here();
    Map<String, String> environment = new HashMap<>(here.environment());
    DaemonClient.VARIABLES.forEach(environment::remove);
    DaemonClient.VARIABLES.forEach(
        name -> {
          String value = request.environment().get(name);
          if (value != null) {
            environment.put(name, value);
          }
        });
    Charset charset = Charset.forName(request.charset());
    AgentEnvironment ofCommand =
        here.like()
            .environment(environment)
            .workingDirectory(request.workingDirectory())
            .console(request.terminal() ? terminal : null)
            .output(
                new PrintStream(new FrameOutputStream(client, DaemonFrame.Kind.OUT), true, charset),
                new PrintStream(new FrameOutputStream(client, DaemonFrame.Kind.ERR), true, charset))
            .interruption(this)
            .build();
    return ofCommand.hosting(listener.windows().of(terminal, ofCommand, place));
  }

  /** A run ends in order, in its own time; whatever else is done is interrupted. */
  void cancel() {
    List<Runnable> inOrder;
    synchronized (this) {
      if (cancelled) {
        return;
      }
      cancelled = true;
      inOrder = List.copyOf(endings);
      if (inOrder.isEmpty() && worker != null) {
        worker.interrupt();
      }
    }
    terminal.end();
    inOrder.forEach(DaemonSession::begin);
  }

  /** The agent ends: so does the command, or a client that has not said one yet. */
  void end() {
    cancel();
    boolean waiting;
    synchronized (this) {
      waiting = worker == null;
    }
    if (waiting) {
      DaemonListener.closeQuietly(connection);
    }
  }

  @Override
  public synchronized Runnable upon(Runnable ending) {
    if (cancelled) {
      begin(ending);
    }
    endings.add(ending);
    return () -> {
      synchronized (this) {
        endings.remove(ending);
      }
    };
  }

  static void begin(Runnable ending) {
    Thread.ofPlatform().name(ENDING).start(ending);
  }
}
