package org.hikae.device.cli.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.cli.command.AgentCommand;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.WindowSupervisor;
import org.hikae.device.cli.harness.AgentHarness;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is at work for a window counts while it is, however it ends. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class WindowWorkTest {

  @TempDir private Path folder;
  private final AtomicInteger working = new AtomicInteger();
  private AgentEnvironment here;

  @BeforeEach
  void start() throws Exception {
    here = AgentHarness.in(folder, Map.of()).environment().hosting(new CountingSupervisor());
  }

  @Test
  void what_cannot_begin_does_not_count() {
    try (WindowWork work = new WindowWork(here, () -> {})) {
      assertThatThrownBy(
              () ->
                  work.begin(
                      "en",
                      "OPT_IN",
                      around -> {
                        throw new IllegalStateException("made for the test");
                      }))
          .hasMessage("made for the test");
      assertThat(working).hasValue(0);
      assertThat(work.busy()).isFalse();
    }
  }

  @Test
  void it_counts_no_more_before_its_end_waits_for_others() throws Exception {
    AtomicInteger atEnd = new AtomicInteger(-1);
    WindowWork work =
        new WindowWork(
            here,
            () -> {
              atEnd.set(working.get());
              throw new IllegalStateException("made for the test");
            });
    var _ = work.begin("en", "OPT_IN", DoneCommand::new);
    work.close();
    assertThat(atEnd).hasValue(0);
    assertThat(working).hasValue(0);
    assertThat(work.busy()).isFalse();
    assertThat(work.dialogView().running()).isFalse();
  }

  private static final class DoneCommand extends AgentCommand {

    DoneCommand(AgentEnvironment here) {
      super(here);
    }

    @Override
    public RunResult run(CommandOutput output) {
      return RunResult.SUCCESS;
    }
  }

  private final class CountingSupervisor implements WindowSupervisor {

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
      working.incrementAndGet();
      return true;
    }

    @Override
    public void ended() {
      working.decrementAndGet();
    }

    @Override
    public Semaphore reading() {
      return new Semaphore(1);
    }
  }
}
