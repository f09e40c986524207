package org.hikae.device.state;

import java.io.IOException;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.files.ExclusiveFileLock;

/**
 * Lets one run at a time work in an agent's home: two backups at once would fight for the next
 * place in the series. The system gives the lock back when the process dies, so a crash never
 * blocks the next run.
 */
public final class RunLock implements AutoCloseable {

  private final ExclusiveFileLock lock;

  private RunLock(ExclusiveFileLock lock) {
    this.lock = lock;
  }

  /** Takes the lock, or says that another run is at work. */
  public static RunLock take(AgentHome home) throws AgentException {
    home.create();
    try {
      return ExclusiveFileLock.tryTake(home.runLock())
          .map(RunLock::new)
          .orElseThrow(
              () -> new AgentException(RunResult.LOCAL, "state.run-active", home.folder()));
    } catch (IOException e) {
      throw new AgentException(RunResult.LOCAL, e, "state.home-unwritable", home.folder());
    }
  }

  @Override
  public void close() {
    lock.close();
  }
}
