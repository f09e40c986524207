package org.hikae.device.state;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

  /**
   * Lock files that this process holds. Whoever is refused opens none of them: the system takes all
   * locks of a process off a file when any of its descriptors is closed, see fcntl(2).
   */
  private static final Set<Path> IN_THIS_PROCESS = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;
  private boolean closed;

  private RunLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Takes the lock, or says that another run is at work. */
  public static RunLock take(AgentHome home) throws AgentException {
    home.create();
    try {
      // The same file by whatever name.
      Path file = new AgentHome(home.folder().toRealPath()).runLock();
      if (IN_THIS_PROCESS.add(file)) {
        boolean taken = false;
        try {
          FileChannel channel = locked(file);
          if (channel != null) {
            taken = true;
            return new RunLock(file, channel);
          }
        } finally {
          if (!taken) {
            IN_THIS_PROCESS.remove(file);
          }
        }
      }
    } catch (IOException e) {
      throw new AgentException(RunResult.LOCAL, e, "state.home-unwritable", home.folder());
    }
    throw new AgentException(RunResult.LOCAL, "state.run-active", home.folder());
  }

  /** The file, locked; null when another process has it. */
  private static @Nullable FileChannel locked(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            OwnerOnlyFiles.file());
    boolean locked = false;
    try {
      locked = channel.tryLock() != null;
      return locked ? channel : null;
    } finally {
      if (!locked) {
        closeQuietly(channel);
      }
    }
  }

  private static void closeQuietly(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // Nothing was written through it.
    }
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      // In this order: until the channel is closed nobody else here may open the file.
      closeQuietly(channel);
      IN_THIS_PROCESS.remove(file);
    }
  }
}
