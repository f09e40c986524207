package org.hikae.device.cli.dialog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.cli.command.AgentCommand;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.PersonDialog;
import org.hikae.device.cli.command.PersonDialog.DialogStep;
import org.hikae.device.cli.harness.AgentHarness;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers reach the question they are for, and what is at work is not taken for waiting. */
class DialogRunTest {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir private Path home;
  private final AtomicInteger numbers = new AtomicInteger();
  private AgentEnvironment here;

  @BeforeEach
  void start() {
    here = AgentHarness.in(home, Map.of()).environment();
  }

  /** What a command does. */
  @FunctionalInterface
  private interface Work {
    void with(CommandOutput output, PersonDialog dialog)
        throws AgentException, InterruptedException;
  }

  private static final class FakeCommand extends AgentCommand {

    private final Work work;

    FakeCommand(AgentEnvironment here, Work work) {
      super(here);
      this.work = work;
    }

    @Override
    public RunResult run(CommandOutput output) throws AgentException {
      try {
        work.with(output, output.dialog().orElseThrow());
        return RunResult.SUCCESS;
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private DialogRun begin(Work work) {
    return DialogRun.start(
        "FAKE",
        here,
        "en",
        around -> new FakeCommand(around, work),
        numbers::incrementAndGet,
        () -> {});
  }

  private DialogRun asksForPassword() {
    return begin((output, dialog) -> dialog.secret(DialogStep.PASSWORD, Map.of()));
  }

  private static int asked(DialogRun run) {
    while (run.view().number() == 0) {
      Thread.onSpinWait();
    }
    return run.view().number();
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void after_a_sign_in_it_is_at_work_and_waited_for_until_it_ends() throws Exception {
    CountDownLatch shown = new CountDownLatch(1);
    CountDownLatch confirmed = new CountDownLatch(1);
    CountDownLatch working = new CountDownLatch(1);
    CountDownLatch enough = new CountDownLatch(1);
    DialogRun run =
        begin(
            (output, dialog) -> {
              output.event(
                  "verification",
                  Map.of(
                      "userCode", "ABCD",
                      "page", "https://realm.example/device",
                      "expiresAt", "2030-01-01T00:00:00Z"));
              shown.countDown();
              await(confirmed);
              dialog.signInEnded();
              working.countDown();
              await(enough);
            });
    await(shown);
    assertThat(run.view().signIn()).isNotNull();
    assertThat(run.working()).as("who waits for a person can be cut off").isFalse();
    confirmed.countDown();
    await(working);
    assertThat(run.view().signIn()).isNull();
    assertThat(run.working()).isTrue();
    run.awaitEnd(Duration.ofMillis(1));
    assertThat(run.running()).as("no longer than that").isTrue();
    enough.countDown();
    run.awaitEnd(PATIENCE);
    assertThat(run.running()).isFalse();
  }

  @Test
  void a_secret_that_nobody_asks_for_is_overwritten() {
    DialogRun run = asksForPassword();
    int number = asked(run);
    char[] typed = {'a', 'b'};
    assertThatThrownBy(() -> run.answeredSecretly(number + 1, typed))
        .isInstanceOf(AgentException.class);
    assertThat(typed).containsOnly('\0');
    run.stop();
    run.awaitEnd(PATIENCE);
  }

  @Test
  void an_answer_that_comes_late_reaches_no_other_dialog() {
    DialogRun first = asksForPassword();
    int number = asked(first);
    first.stop();
    char[] late = {'a', 'b'};
    assertThatThrownBy(() -> first.answeredSecretly(number, late))
        .as("it is to end")
        .isInstanceOf(AgentException.class);
    first.awaitEnd(PATIENCE);
    assertThat(first.view().result()).isEqualTo(RunResult.CANCELLED);
    DialogRun second = asksForPassword();
    assertThat(asked(second)).isGreaterThan(number);
    assertThatThrownBy(() -> second.answeredSecretly(number, new char[] {'a'}))
        .isInstanceOf(AgentException.class);
    second.stop();
    second.awaitEnd(PATIENCE);
  }
}
