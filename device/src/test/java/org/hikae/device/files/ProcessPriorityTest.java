package org.hikae.device.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A scheduled run gives way, and whatever else its process does goes on as before. */
@Timeout(60)
class ProcessPriorityTest {

  @Test
  void the_thread_that_asks_and_those_that_it_starts_give_way_and_no_other_one() throws Exception {
    int before = niceOfThisThread();
    CompletableFuture<Integer> own = new CompletableFuture<>();
    CompletableFuture<Integer> started = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              boolean lowered = ProcessPriority.lower();
              own.complete(lowered ? niceOfThisThread() : -1);
              Thread.ofPlatform().daemon().start(() -> started.complete(niceOfThisThread()));
            });
    assertThat(own.get(30, TimeUnit.SECONDS)).isEqualTo(19);
    assertThat(started.get(30, TimeUnit.SECONDS)).isEqualTo(19);
    assertThat(niceOfThisThread()).isEqualTo(before);
  }

  /** The nineteenth value; the second, a name in brackets, may hold anything. */
  private static int niceOfThisThread() {
    try {
      String stat = Files.readString(Path.of("/proc/thread-self/stat"));
      return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[16]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
