package org.hikae.device.cli.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.hikae.backup.wire.RunReport;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.cli.command.AgentCommand;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.dialog.FailureView;
import org.hikae.device.cli.dialog.WindowOutputListener;
import org.hikae.device.cli.harness.AgentHarness;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that nobody waits for, and what it says meanwhile. */
class WindowRunTest {

  @TempDir private Path home;
  private final AtomicInteger forgotten = new AtomicInteger();
  private AgentEnvironment here;

  @BeforeEach
  void start() {
    here = AgentHarness.in(home, Map.of()).environment();
  }

  /** What a command does. */
  @FunctionalInterface
  private interface Work {
    RunResult with(CommandOutput output) throws AgentException, InterruptedException;
  }

  private final class FakeCommand extends AgentCommand {

    private final Work work;

    FakeCommand(Work work) {
      super(here);
      this.work = work;
    }

    @Override
    public RunResult run(CommandOutput output) throws AgentException {
      try {
        return work.with(output);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private WindowRun begin(Work... all) {
    List<AgentCommand> commands =
        List.of(all).stream().map(work -> (AgentCommand) new FakeCommand(work)).toList();
    return WindowRun.start(
        here, "en", RunReport.Kind.RESTORE, commands, forgotten::incrementAndGet);
  }

  private static RunView ended(WindowRun run) {
    while (run.running()) {
      Thread.onSpinWait();
    }
    return run.view();
  }

  private static RunResult restored(CommandOutput output, int files, RunResult how) {
    output.event("restore", Map.of("files", files, "plainBytes", 10 * files, "unchanged", 1));
    return how;
  }

  @Test
  void it_says_how_far_it_is_and_ends_in_order_when_it_is_stopped() throws Exception {
    CountDownLatch said = new CountDownLatch(1);
    WindowRun run =
        begin(
            output -> restored(output, 2, RunResult.SUCCESS),
            output -> {
              output.event(
                  "progress",
                  Map.of(
                      "files",
                      3,
                      "plainBytes",
                      30L,
                      "totalFiles",
                      5,
                      "totalBytes",
                      50L,
                      "file",
                      "/home/film"));
              output.note("run.report-waits");
              said.countDown();
              while (!output.stopped()) {
                Thread.onSpinWait();
              }
              return RunResult.CANCELLED;
            },
            output -> restored(output, 100, RunResult.SUCCESS));
    assertThat(said.await(1, TimeUnit.MINUTES)).isTrue();
    RunView view = run.view();
    assertThat(view.running()).isTrue();
    assertThat(view.item()).isEqualTo(2);
    assertThat(view.items()).isEqualTo(3);
    assertThat(view.files()).as("of both").isEqualTo(5);
    assertThat(view.plainBytes()).isEqualTo(50);
    assertThat(view.totalBytes()).isEqualTo(50);
    assertThat(view.file()).isEqualTo("/home/film");
    assertThat(view.notes()).singleElement().asString().contains("report of this run");
    assertThat(view.result()).isNull();
    run.stop();
    view = ended(run);
    assertThat(view.result()).isEqualTo(RunResult.CANCELLED);
    assertThat(view.item()).as("the third was not begun").isEqualTo(2);
    assertThat(view.file()).as("none is read any more").isNull();
    assertThat(forgotten).hasValue(1);
  }

  @Test
  void what_went_wrong_says_how_all_of_it_ended() {
    RunView view =
        ended(
            begin(
                output -> restored(output, 1, RunResult.CORRUPT),
                output -> restored(output, 1, RunResult.PARTIAL),
                output -> restored(output, 1, RunResult.SUCCESS)));
    assertThat(view.result()).isEqualTo(RunResult.CORRUPT);
    assertThat(view.files()).isEqualTo(3);
    assertThat(view.leftAlone()).isEqualTo(3);
  }

  @Test
  void what_cannot_be_done_ends_it_with_its_sentence() {
    RunView view =
        ended(
            begin(
                output -> {
                  throw new AgentException(RunResult.REFUSED, "login.first");
                },
                output -> restored(output, 1, RunResult.SUCCESS)));
    assertThat(view.result()).isEqualTo(RunResult.REFUSED);
    assertThat(view.failure())
        .isEqualTo(
            new FailureView(
                "login.first",
                "You are not signed in here. Run: hikae login --server https://..."));
    assertThat(view.files()).isZero();
  }

  /** A warning comes as an object only, and the page shows sentences. */
  @Test
  void warnings_become_sentences_and_never_more_than_a_page_can_show() {
    RunView view =
        ended(
            begin(
                output -> {
                  for (int i = 0; i < 2 * WindowOutputListener.MAX_NOTES; i++) {
                    output.event(
                        "warning",
                        Map.of("kind", "EXISTS", "path", "/a/" + i, "detail", "", "failure", true));
                  }
                  output.note("log.what-to-do");
                  return RunResult.PARTIAL;
                }));
    assertThat(view.notes()).hasSizeBetween(50, WindowOutputListener.MAX_NOTES);
    assertThat(view.notes().getFirst()).contains("/a/0");
    assertThat(view.notes().getLast()).as("an alarm comes last").contains("works council");
  }
}
