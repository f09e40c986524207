package org.hikae.device.cli.daemon;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.hikae.device.AgentException;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.Interruption;
import org.hikae.device.cli.command.WindowSupervisor;
import org.jspecify.annotations.Nullable;

/**
 * Windows of an agent that stays. Each lives on when the command that opened it has ended, until
 * nobody uses it; then it alone ends. What one of them does counts as a command of the agent while
 * it takes memory.
 */
final class DaemonWindows {

  /** Most windows at a time; a person who opens one more has it in a process of its own. */
  static final int MAX_WINDOWS = 4;

  /** Whoever came first reads first. */
  private final Semaphore reading = new Semaphore(1, true);

  private final DaemonListener listener;
  private final Set<DaemonWindow> open = new HashSet<>();
  private boolean closed;

  DaemonWindows(DaemonListener listener) {
    this.listener = listener;
  }

  /** What a window needs that reads snapshots. */
  Semaphore reading() {
    return reading;
  }

  /** How many are open, or will be. */
  synchronized int count() {
    return open.size();
  }

  /**
   * A place for a window that a command will open, so that no other command takes it meanwhile.
   *
   * @return nothing when there is none; else it is to be closed when the command has ended
   */
  synchronized Optional<WindowPlace> reserve() {
    if (closed || open.size() == MAX_WINDOWS) {
      return Optional.empty();
    }
    DaemonWindow window = new DaemonWindow();
    open.add(window);
    return Optional.of(new WindowPlace(window));
  }

  /** What a command with this terminal opens here, if it has a place. */
  WindowSupervisor of(
      SessionTerminal terminal, AgentEnvironment here, @Nullable WindowPlace place) {
    return new SessionWindowSupervisor(terminal, here, place);
  }

  /** A place of one command, for one window. */
  final class WindowPlace implements AutoCloseable {
    private final DaemonWindow window;
    private boolean used;

    private WindowPlace(DaemonWindow window) {
      this.window = window;
    }

    /** Opens the window, which has the place from then on; nothing when one was opened. */
    private Optional<Path> host(AgentEnvironment here, WindowSupervisor.WindowOpener opener)
        throws AgentException {
      synchronized (this) {
        if (used) {
          return Optional.empty();
        }
        used = true;
      }
      boolean opened = false;
      try {
        Path file = window.open(here, opener);
        opened = true;
        return Optional.of(file);
      } finally {
        if (!opened) {
          remove(window);
        }
      }
    }

    /** Leaves the place to others, unless a window has it. */
    @Override
    public void close() {
      synchronized (this) {
        if (used) {
          return;
        }
        used = true;
      }
      remove(window);
    }
  }

  private void remove(DaemonWindow window) {
    synchronized (this) {
      open.remove(window);
    }
    listener.windowEnded();
  }

  /**
   * Opens none any more, and has each end: runs in order, in their own time. All runs are told
   * before any window is closed, and no window waits for another one.
   *
   * @return what closes them
   */
  List<Thread> end() {
    List<DaemonWindow> left;
    synchronized (this) {
      closed = true;
      left = List.copyOf(open);
    }
    left.forEach(DaemonWindow::tell);
    return left.stream()
        .map(each -> Thread.ofPlatform().daemon().name("hikae-window-close").start(each::close))
        .toList();
  }

  /** Of one command, which has a terminal for as long as it lasts. */
  private final class SessionWindowSupervisor implements WindowSupervisor {
    private final SessionTerminal terminal;
    private final AgentEnvironment here;
    private final @Nullable WindowPlace place;

    private SessionWindowSupervisor(
        SessionTerminal terminal, AgentEnvironment here, @Nullable WindowPlace place) {
      this.terminal = terminal;
      this.here = here;
      this.place = place;
    }

    @Override
    public Optional<Path> host(WindowOpener opener) throws AgentException {
      return place == null ? Optional.empty() : place.host(here, opener);
    }

    @Override
    public boolean show(Path page) {
      return terminal.show(page.toString());
    }

    @Override
    public Semaphore reading() {
      return reading;
    }
  }

  /** One window, and the surroundings of what is done in it. */
  private final class DaemonWindow implements WindowSupervisor, Interruption {
    private final List<Runnable> endings = new ArrayList<>();
    private boolean ending;
    private WindowSupervisor.@Nullable HostedWindow window;

    private Path open(AgentEnvironment here, WindowOpener opener) throws AgentException {
      HostedWindow opened = opener.open(here.staying(listener.here(), this, this));
      boolean late;
      synchronized (this) {
        window = opened;
        late = ending;
      }
      Thread.ofVirtual().name("hikae-window-end").start(() -> await(opened));
      if (late) {
        opened.close();
      }
      return opened.linkFile();
    }

    private void await(HostedWindow opened) {
      try (opened) {
        opened.awaitEnd();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        remove(this);
      }
    }

    private void tell() {
      List<Runnable> inOrder;
      synchronized (this) {
        ending = true;
        inOrder = List.copyOf(endings);
      }
      inOrder.forEach(DaemonSession::begin);
    }

    private void close() {
      HostedWindow closing;
      synchronized (this) {
        closing = window;
      }
      if (closing != null) {
        closing.close();
      }
    }

    @Override
    public Runnable upon(Runnable todo) {
      boolean late;
      synchronized (this) {
        late = ending;
        endings.add(todo);
      }
      if (late) {
        DaemonSession.begin(todo);
      }
      return () -> {
        synchronized (this) {
          endings.remove(todo);
        }
      };
    }

    @Override
    public Optional<Path> host(WindowOpener opener) {
      return Optional.empty();
    }

    @Override
    public boolean show(Path page) {
      return false;
    }

    @Override
    public boolean begins() {
      return listener.begins();
    }

    @Override
    public void endsInOrder() {
      listener.endsInOrder();
    }

    @Override
    public void ended() {
      listener.ended();
    }

    @Override
    public Semaphore reading() {
      return reading;
    }

    @Override
    public void rests() {
      listener.windowRests();
    }
  }
}
