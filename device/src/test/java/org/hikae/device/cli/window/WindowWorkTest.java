package org.hikae.device.cli.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.cli.command.AgentCommand;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.PersonDialog.DialogStep;
import org.hikae.device.cli.command.WindowSupervisor;
import org.hikae.device.cli.dialog.DialogRun;
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
  private final CountDownLatch answered = new CountDownLatch(1);
  private final CountDownLatch goesOn = new CountDownLatch(1);
  private volatile boolean busy;
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

  private static int asked(WindowWork work) {
    while (work.dialogView().number() == 0) {
      Thread.onSpinWait();
    }
    return work.dialogView().number();
  }

  @Test
  void a_dialog_does_not_count_while_it_waits_for_a_person() throws Exception {
    WindowWork work = new WindowWork(here, () -> {});
    var _ = work.begin("en", "OPT_IN", AskingCommand::new);
    int number = asked(work);
    assertThat(working).hasValue(0);
    busy = true;
    assertThatThrownBy(() -> work.answered(number, "yes")).hasMessage("window.agent-busy");
    assertThat(work.dialogView().number()).as("it is still asked").isEqualTo(number);
    byte[] secret = (number + "\npassword").getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> work.answeredSecretly(secret)).hasMessage("window.not-asked");
    busy = false;
    var _ = work.answered(number, "yes");
    assertThat(answered.await(1, TimeUnit.MINUTES)).isTrue();
    assertThat(working).as("at work again").hasValue(1);
    goesOn.countDown();
    work.close();
    assertThat(working).hasValue(0);
  }

  @Test
  void a_dialog_that_is_cancelled_while_it_waits_counts_once() throws Exception {
    WindowWork work = new WindowWork(here, () -> {});
    var _ = work.begin("en", "OPT_IN", AskingCommand::new);
    asked(work);
    work.close();
    assertThat(work.dialogView().running()).isFalse();
    assertThat(working).hasValue(0);
  }

  /** It undoes what it has begun, also when two others are at work. */
  @Test
  void what_a_dialog_does_after_it_was_stopped_counts() throws Exception {
    WindowWork work = new WindowWork(here, () -> {});
    var _ = work.begin("en", "OPT_IN", EndingCommand::new);
    asked(work);
    busy = true;
    var _ = work.ended();
    assertThat(working).as("at once").hasValue(1);
    assertThat(answered.await(1, TimeUnit.MINUTES)).isTrue();
    assertThat(working).hasValue(1);
    goesOn.countDown();
    work.close();
    assertThat(working).hasValue(0);
  }

  @Test
  void a_secret_that_is_refused_is_overwritten_and_asked_for_again() throws Exception {
    assertThat(here.windows().begins()).isTrue();
    DialogRun run = DialogRun.start("OPT_IN", here, "en", SecretCommand::new, () -> 7, () -> {});
    while (run.view().number() == 0) {
      Thread.onSpinWait();
    }
    busy = true;
    char[] refused = "password".toCharArray();
    assertThatThrownBy(() -> run.answeredSecretly(7, refused)).hasMessage("window.agent-busy");
    assertThat(refused).containsOnly('\0');
    assertThat(run.view().number()).as("it is still asked").isEqualTo(7);
    busy = false;
    run.answeredSecretly(7, "password".toCharArray());
    run.awaitEnd(Duration.ofMinutes(1));
    assertThat(run.view().result()).isEqualTo(RunResult.SUCCESS);
    assertThat(working).hasValue(0);
  }

  private final class EndingCommand extends AgentCommand {

    EndingCommand(AgentEnvironment here) {
      super(here);
    }

    @Override
    public RunResult run(CommandOutput output) throws AgentException {
      try {
        var _ = output.dialog().orElseThrow().answer(DialogStep.CONSENT, Map.of());
        return RunResult.SUCCESS;
      } finally {
        answered.countDown();
        try {
          goesOn.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  private static final class SecretCommand extends AgentCommand {

    SecretCommand(AgentEnvironment here) {
      super(here);
    }

    @Override
    public RunResult run(CommandOutput output) throws AgentException {
      char[] secret = output.dialog().orElseThrow().secret(DialogStep.CONSENT, Map.of());
      boolean right = String.valueOf(secret).equals("password");
      return right ? RunResult.SUCCESS : RunResult.INTERNAL;
    }
  }

  private final class AskingCommand extends AgentCommand {

    AskingCommand(AgentEnvironment here) {
      super(here);
    }

    @Override
    public RunResult run(CommandOutput output) throws AgentException {
      var _ = output.dialog().orElseThrow().answer(DialogStep.CONSENT, Map.of());
      answered.countDown();
      try {
        goesOn.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return RunResult.SUCCESS;
    }
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
      if (!busy) {
        working.incrementAndGet();
      }
      return !busy;
    }

    @Override
    public void endsInOrder() {
      working.incrementAndGet();
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
