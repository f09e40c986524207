package org.hikae.metrics.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.hikae.metrics.control.JobKind;
import org.hikae.metrics.control.JobStatus;
import org.hikae.testing.SettableClock;
import org.junit.jupiter.api.Test;

class JobRunnerTest {

  private static final Callable<JobStatus> BREAKS =
      () -> {
        throw new IllegalStateException("broken");
      };
  private static final Callable<JobStatus> DONE = () -> JobStatus.DONE;

  private final RecordingLog log = new RecordingLog();
  private final Meters meters = new Meters();
  private final JobRunner runner =
      new JobRunner(log, System.Logger.Level.WARNING, "It cannot be done now");

  /** Notes what is logged. */
  private static final class RecordingLog implements System.Logger {

    final List<String> lines = new ArrayList<>();

    @Override
    public String getName() {
      return "recording";
    }

    @Override
    public boolean isLoggable(Level level) {
      return true;
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
      lines.add(level + " " + message + " with the stack of " + thrown.getMessage());
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String format, Object... arguments) {
      lines.add(level + " " + format);
    }
  }

  private JobStatus run(JobKind job, Callable<JobStatus> work) {
    return runner.run(
        new JobMeter.Watch(meters, new SettableClock(Instant.ofEpochSecond(1000)), job), work);
  }

  private String figures() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create().write(out, meters.read(), EscapingScheme.DEFAULT);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void what_breaks_is_told_once_until_it_is_done_again() {
    assertThat(runner.run(BREAKS)).isEqualTo(JobStatus.FAILED);
    assertThat(runner.isFailing()).isTrue();
    runner.run(BREAKS);
    assertThat(log.lines)
        .containsExactly("WARNING It cannot be done now; trying again with the stack of broken");
    assertThat(runner.run(DONE)).isEqualTo(JobStatus.DONE);
    assertThat(runner.isFailing()).isFalse();
    runner.run(BREAKS);
    runner.run(() -> JobStatus.NOT_DUE);
    runner.run(BREAKS);
    assertThat(log.lines).hasSize(3);
  }

  @Test
  void what_another_portal_does_says_nothing_of_this_one() {
    runner.run(BREAKS);
    runner.run(() -> JobStatus.LEFT_TO_ANOTHER);
    runner.run(BREAKS);
    assertThat(log.lines).hasSize(1);
  }

  @Test
  void what_may_well_happen_is_one_line() {
    runner.run(
        () -> {
          throw new IOException("no answer");
        });
    assertThat(log.lines)
        .containsExactly(
            "WARNING It cannot be done now: java.io.IOException: no answer; trying again");
  }

  @Test
  void a_job_that_says_by_itself_what_failed_is_counted_only() throws Exception {
    assertThat(run(JobKind.ERASURE, () -> JobStatus.FAILED)).isEqualTo(JobStatus.FAILED);
    assertThat(log.lines).isEmpty();
    assertThat(figures())
        .contains("hikae_job_seconds_count{outcome=\"failed\",work=\"erasure\"} 1")
        .doesNotContain("hikae_job_last_success_timestamp_seconds{work=\"erasure\"}");
  }

  @Test
  void the_time_of_what_is_done_or_breaks_is_taken() throws Exception {
    run(JobKind.FIGURES, DONE);
    run(JobKind.FIGURES, BREAKS);
    run(JobKind.FIGURES, () -> JobStatus.NOT_DUE);
    assertThat(figures())
        .contains("hikae_job_seconds_count{outcome=\"succeeded\",work=\"figures\"} 1")
        .contains("hikae_job_seconds_count{outcome=\"failed\",work=\"figures\"} 1")
        .contains("hikae_job_last_success_timestamp_seconds{work=\"figures\"} 1000.0");
  }

  @Test
  void when_nightly_work_last_ended_well_only_the_database_says() throws Exception {
    run(JobKind.NIGHT, DONE);
    assertThat(figures())
        .contains("hikae_job_seconds_count{outcome=\"succeeded\",work=\"night\"} 1")
        .doesNotContain("hikae_job_last_success_timestamp_seconds{work=\"night\"}");
  }

  @Test
  void steps_end_when_nothing_is_left_or_when_there_were_enough() {
    AtomicInteger taken = new AtomicInteger();
    assertThat(JobRunner.steps(20, () -> taken.incrementAndGet() < 3)).isEqualTo(JobStatus.DONE);
    assertThat(taken).hasValue(3);
    assertThat(JobRunner.steps(5, () -> taken.incrementAndGet() > 0)).isEqualTo(JobStatus.DONE);
    assertThat(taken).hasValue(8);
  }
}
