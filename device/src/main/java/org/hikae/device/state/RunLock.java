package org.hikae.device.state;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.files.OwnerOnlyFiles;
import org.jspecify.annotations.Nullable;

/**
 * Lets one run at a time work in an agent's home: two backups at once would fight for the next
 * place in the series. The system gives the lock back when the process dies, so a crash never
 * blocks the next run.
 */
public final class RunLock implements AutoCloseable {

  private final FileChannel channel;

  private RunLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Takes the lock, or says that another run is at work. */
  public static RunLock take(AgentHome home) throws AgentException {
    home.create();
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              home.runLock(),
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
              OwnerOnlyFiles.file());
      if (channel.tryLock() != null) {
        return new RunLock(channel);
      }
    } catch (OverlappingFileLockException e) {
      // This very process runs already.
    } catch (IOException e) {
      closeQuietly(channel);
      throw new AgentException(RunResult.LOCAL, e, "state.home-unwritable", home.folder());
    }
    closeQuietly(channel);
    throw new AgentException(RunResult.LOCAL, "state.run-active", home.folder());
  }

  private static void closeQuietly(@Nullable FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // Nothing was locked or written through it.
    }
  }

  @Override
  public void close() {
    closeQuietly(channel);
  }
}
