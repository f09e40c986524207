package org.hikae.device.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One at a time has a lock file, in this process and beside it. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class ExclusiveFileLockTest {

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void start() {
    file = folder.resolve("lock");
  }

  private boolean isFreeHere() throws IOException {
    try (ExclusiveFileLock lock = ExclusiveFileLock.tryTake(file).orElse(null)) {
      return lock != null;
    }
  }

  @Test
  void whoever_is_refused_takes_it_from_nobody() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder);
    try (ExclusiveFileLock _ = ExclusiveFileLock.take(file)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertThat(ExclusiveFileLock.tryTake(file)).isEmpty();
      assertThat(ExclusiveFileLock.tryTake(link.resolve("lock"))).as("by another name").isEmpty();
      assertThat(OtherProcessLock.isFree(file)).as("for another process").isFalse();
    }
    assertThat(OtherProcessLock.isFree(file)).as("after it").isTrue();
    assertThat(isFreeHere()).isTrue();
  }

  @Test
  void another_process_that_has_it_is_waited_for() throws Exception {
    ExclusiveFileLock.take(file).close();
    FutureTask<ExclusiveFileLock> waiting = new FutureTask<>(() -> ExclusiveFileLock.take(file));
    try (OtherProcessLock _ = OtherProcessLock.hold(file)) {
      assertThat(isFreeHere()).isFalse();
      Thread thread = Thread.ofPlatform().start(waiting);
      while (thread.isAlive() && !isInLock(thread)) {
        Thread.onSpinWait();
      }
      assertThat(waiting.isDone()).isFalse();
    }
    waiting.get().close();
    assertThat(isFreeHere()).isTrue();
  }

  /** Whether it waits for the system, whose waiting is no state of a thread. */
  private static boolean isInLock(Thread thread) {
    return Arrays.stream(thread.getStackTrace())
        .anyMatch(
            at ->
                at.getClassName().equals("sun.nio.ch.FileChannelImpl")
                    && at.getMethodName().equals("lock"));
  }

  @Test
  void closing_it_twice_gives_it_back_once() throws Exception {
    ExclusiveFileLock first = ExclusiveFileLock.take(file);
    first.close();
    try (ExclusiveFileLock _ = ExclusiveFileLock.take(file)) {
      first.close();
      assertThat(isFreeHere()).isFalse();
      assertThat(OtherProcessLock.isFree(file)).isFalse();
    }
  }

  @Test
  void whoever_is_interrupted_or_cannot_open_it_does_not_have_it() throws Exception {
    try (ExclusiveFileLock _ = ExclusiveFileLock.take(file)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> ExclusiveFileLock.take(file))
          .isInstanceOf(InterruptedIOException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
    Files.delete(file);
    Files.createDirectory(file);
    assertThatThrownBy(() -> ExclusiveFileLock.take(file)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> ExclusiveFileLock.tryTake(file)).isInstanceOf(IOException.class);
    Files.delete(file);
    assertThat(isFreeHere()).isTrue();
  }
}
