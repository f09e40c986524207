package org.hikae.device.cli.daemon;

import java.io.IOException;
import java.nio.channels.Channel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntBiFunction;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.daemon.DaemonEndpoint;
import org.hikae.device.state.AgentHome;

/**
 * Takes in clients, each of which has a thread, and counts what is at work. Between two of them it
 * keeps nothing of either: every command reads the keys that it needs, and forgets them.
 */
public final class DaemonListener implements AutoCloseable {

  /** Most clients at a time, also such that say nothing. */
  static final int MAX_CLIENTS = 16;

  /** Most commands at a time: a run, and one that reads beside it. More would not fit the heap. */
  static final int MAX_COMMANDS = 2;

  /** More than a run takes that ends in order. */
  private static final Duration GRACE = Duration.ofSeconds(25);

  /**
   * How long it waits for another command before it gives memory back, and how much longer before
   * it does so again: until then Java still compiles what was at work, and keeps what that took.
   */
  private static final List<Duration> RESTS =
      List.of(Duration.ofSeconds(2), Duration.ofSeconds(28));

  /** What tells a failing accept from one that fails over and over. */
  private static final int MAX_FAILURES = 100;

  private final ServerSocketChannel channel;
  private final AgentEnvironment here;
  private final String build;
  private final List<String> context;
  private final ToIntBiFunction<AgentEnvironment, String[]> commands;
  private final DaemonEvents events;
  private final Map<DaemonSession, Thread> sessions = new HashMap<>();
  private final DaemonWindows windows = new DaemonWindows(this);
  private int working;
  private long begun;
  private long restSince;
  private boolean closed;

  /** What the process of a listener is told. */
  public interface DaemonEvents {
    /** There was work, and there is none for a while; said again after a longer while. */
    void rested();

    /** A client of another build came, such as after an update. */
    void metAnotherBuild();
  }

  /**
   * Clients come in once it is started.
   *
   * @param here what a command has of this process
   * @param build what this agent is, see the greeting
   * @param context what has to be the same in the process of a client
   * @param commands runs a command line of carried arguments
   */
  public DaemonListener(
      ServerSocketChannel channel,
      AgentEnvironment here,
      String build,
      List<String> context,
      ToIntBiFunction<AgentEnvironment, String[]> commands,
      DaemonEvents events) {
    this.channel = channel;
    this.here = here;
    this.build = build;
    this.context = List.copyOf(context);
    this.commands = commands;
    this.events = events;
    this.restSince = here.pause().nanos();
  }

  /** Begins, on a thread of its own. */
  public void start() {
    Thread.ofPlatform().daemon().name("hikae-listener").start(this::accept);
  }

  private void accept() {
    int failures = 0;
    while (channel.isOpen() && failures < MAX_FAILURES) {
      try {
        take(channel.accept());
        failures = 0;
      } catch (IOException e) {
        // Closed, or too many files are open.
        failures++;
        rest(failures);
      }
    }
    // From now on clients are refused at once, and do their work themselves.
    closeQuietly(channel);
  }

  private void rest(int failures) {
    try {
      here.pause().wait(Duration.ofMillis(10L * failures));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void take(SocketChannel connection) {
    boolean ours = isOurs(connection);
    DaemonSession session = new DaemonSession(connection, this);
    Thread thread = Thread.ofPlatform().name("hikae-client").unstarted(() -> serve(session));
    synchronized (this) {
      if (ours && !closed && sessions.size() < MAX_CLIENTS) {
        sessions.put(session, thread);
        thread.start();
        return;
      }
    }
    closeQuietly(connection);
  }

  private static boolean isOurs(SocketChannel connection) {
    try {
      return DaemonEndpoint.isOfThisUser(connection);
    } catch (IOException e) {
      return false;
    }
  }

  static void closeQuietly(Channel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // It is of no use any more.
    }
  }

  private void serve(DaemonSession session) {
    try {
      session.run();
    } finally {
      synchronized (this) {
        sessions.remove(session);
        notifyAll();
      }
    }
  }

  AgentEnvironment here() {
    return here;
  }

  /** Where the agent's keys lie. */
  Path home() {
    return AgentHome.of(here.environment(), here.userHome()).folder();
  }

  String build() {
    return build;
  }

  List<String> context() {
    return context;
  }

  ToIntBiFunction<AgentEnvironment, String[]> commands() {
    return commands;
  }

  DaemonWindows windows() {
    return windows;
  }

  /** A command begins; false when it would be one too many. */
  synchronized boolean begins() {
    if (closed || working >= MAX_COMMANDS) {
      return false;
    }
    working++;
    begun++;
    return true;
  }

  /** What was stopped ends in order: nothing is refused that undoes what was begun. */
  synchronized void endsInOrder() {
    working++;
    begun++;
  }

  /** It has ended. */
  synchronized void ended() {
    working--;
    notifyAll();
    beginRest();
  }

  /** A window has ended. */
  synchronized void windowEnded() {
    beginRest();
  }

  private void beginRest() {
    restSince = here.pause().nanos();
    if (working == 0 && !closed) {
      long before = begun;
      Thread.ofPlatform().daemon().name("hikae-rest").start(() -> restAfter(before));
    }
  }

  /** Nobody uses a window for the moment. */
  void windowRests() {
    synchronized (this) {
      if (working > 0 || closed) {
        return;
      }
    }
    events.rested();
  }

  private void restAfter(long before) {
    for (Duration rest : RESTS) {
      try {
        here.pause().wait(rest);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      synchronized (this) {
        if (working > 0 || begun != before || closed) {
          return;
        }
      }
      events.rested();
    }
  }

  void metAnotherBuild() {
    events.metAnotherBuild();
  }

  /** For how long nothing has been at work and no window open; zero while something is. */
  public Duration restingFor() {
    boolean resting = isResting();
    synchronized (this) {
      return resting ? Duration.ofNanos(here.pause().nanos() - restSince) : Duration.ZERO;
    }
  }

  /** Whether nothing is at work, and no window open. */
  public boolean isResting() {
    // Not with the lock of this: a window that ends has its own first.
    int open = windows.count();
    synchronized (this) {
      return working == 0 && open == 0;
    }
  }

  /** Takes nobody in any more, and has what is at work end in order. */
  @Override
  public void close() {
    List<DaemonSession> left;
    synchronized (this) {
      closed = true;
      left = new ArrayList<>(sessions.keySet());
    }
    closeQuietly(channel);
    left.forEach(DaemonSession::end);
    List<Thread> closing = windows.end();
    long until = System.nanoTime() + GRACE.toNanos();
    try {
      awaitSessions(until);
      for (Thread each : closing) {
        var _ = each.join(Duration.ofNanos(Math.max(1, until - System.nanoTime())));
      }
      // What waited for a person when its window was told to end.
      awaitSessions(until);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void awaitSessions(long until) throws InterruptedException {
    while (!sessions.isEmpty() || working > 0) {
      long millis = Duration.ofNanos(until - System.nanoTime()).toMillis();
      if (millis <= 0) {
        return;
      }
      wait(millis);
    }
  }
}
