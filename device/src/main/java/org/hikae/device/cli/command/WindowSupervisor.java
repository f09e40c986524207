package org.hikae.device.cli.command;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.hikae.device.AgentException;

/**
 * Where a window lives that a command opens: in an agent that stays, after the command, or in the
 * command's own process, which waits for its end. A window of a command counts with it, and holds
 * nothing beyond it.
 */
public interface WindowSupervisor {

  /** A window that is open. */
  interface HostedWindow extends AutoCloseable {

    /** The file that leads to it. */
    Path linkFile();

    /** Waits until nobody needs it any more. */
    void awaitEnd() throws InterruptedException;

    @Override
    void close();
  }

  /** Opens a window where it will live. */
  @FunctionalInterface
  interface WindowOpener {
    /** Opens it in these surroundings, which last as long as it does. */
    HostedWindow open(AgentEnvironment around) throws AgentException;
  }

  /**
   * Has a window opened that stays when the command has ended.
   *
   * @return the file that leads to it; nothing where the command has to open and to keep it
   */
  Optional<Path> host(WindowOpener opener) throws AgentException;

  /** Shows the person the page in a file, in their browser; false when that could not be begun. */
  boolean show(Path page);

  /** A window has something to do that takes memory; false when too much is at work already. */
  default boolean begins() {
    return true;
  }

  /**
   * What was stopped while it did not count now ends in order: it counts until it has ended,
   * whatever else is at work.
   */
  default void endsInOrder() {}

  /** What had begun has ended. */
  default void ended() {}

  /** Its one permit is for a window that reads snapshots: two at once would not fit the heap. */
  Semaphore reading();

  /** A window is not used for a while, and holds little from now on. */
  default void rests() {}

  /** A process that has one window, and ends with it. */
  static WindowSupervisor ofThisProcess(Map<String, String> environment) {
    return new OwnProcess(BrowserRunner.ofThisDesktop(environment));
  }

  /** That of a process which does one command. */
  final class OwnProcess implements WindowSupervisor {

    private final Semaphore reading = new Semaphore(1);

    private final BrowserRunner browser;

    private OwnProcess(BrowserRunner browser) {
      this.browser = browser;
    }

    @Override
    public Optional<Path> host(WindowOpener opener) {
      return Optional.empty();
    }

    @Override
    public boolean show(Path page) {
      return browser.show(page.toString());
    }

    @Override
    public Semaphore reading() {
      return reading;
    }
  }
}
