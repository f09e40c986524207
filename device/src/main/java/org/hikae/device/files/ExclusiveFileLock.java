package org.hikae.device.files;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * A lock file that one at a time has, of all processes and of all threads of this one. The system
 * gives it back when a process dies. It knows processes only, and takes all locks of a process off
 * a file when any of its descriptors is closed, see fcntl(2). So nobody here opens the file while
 * somebody has it; nothing else may open it at all.
 */
public final class ExclusiveFileLock implements AutoCloseable {

  /** Who has a file in this process, by the file's real path. */
  private static final Map<Path, Semaphore> IN_THIS_PROCESS = new ConcurrentHashMap<>();

  private final FileChannel channel;
  private final Semaphore here;
  private boolean closed;

  private ExclusiveFileLock(FileChannel channel, Semaphore here) {
    this.channel = channel;
    this.here = here;
  }

  /**
   * Takes it without waiting.
   *
   * @param file in a folder that exists; made for its owner only where it is missing
   * @return nothing when somebody has it
   */
  public static Optional<ExclusiveFileLock> tryTake(Path file) throws IOException {
    Path real = real(file);
    Semaphore here = here(real);
    return here.tryAcquire() ? taken(real, here, false) : Optional.empty();
  }

  /**
   * Takes it as soon as nobody has it.
   *
   * @param file in a folder that exists; made for its owner only where it is missing
   * @throws IOException also when the thread is interrupted while it waits, and stays so
   */
  public static ExclusiveFileLock take(Path file) throws IOException {
    Path real = real(file);
    Semaphore here = here(real);
    try {
      here.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("waiting for " + file);
    }
    return taken(real, here, true).orElseThrow();
  }

  /** The same file by whatever name of its folder. */
  private static Path real(Path file) throws IOException {
    Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
    return folder.toRealPath().resolve(Objects.requireNonNull(file.getFileName()));
  }

  private static Semaphore here(Path real) {
    return IN_THIS_PROCESS.computeIfAbsent(real, each -> new Semaphore(1));
  }

  private static Optional<ExclusiveFileLock> taken(Path file, Semaphore here, boolean waits)
      throws IOException {
    FileChannel channel = null;
    boolean taken = false;
    try {
      channel =
          FileChannel.open(
              file,
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
              OwnerOnlyFiles.file());
      taken = (waits ? channel.lock() : channel.tryLock()) != null;
      return taken ? Optional.of(new ExclusiveFileLock(channel, here)) : Optional.empty();
    } finally {
      if (!taken) {
        release(channel, here);
      }
    }
  }

  /** In this order: until the channel is closed nobody else here may open the file. */
  private static void release(@Nullable FileChannel channel, Semaphore here) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // Nothing was written through it.
    } finally {
      here.release();
    }
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      release(channel, here);
    }
  }
}
