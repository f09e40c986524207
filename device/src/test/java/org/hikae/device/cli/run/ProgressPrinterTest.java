package org.hikae.device.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.groups.Tuple;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.CommandOutputListener;
import org.hikae.device.cli.command.Messages;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.files.RawPath;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How far a run is, for who watches it. */
class ProgressPrinterTest {

  private static final Instant START = Instant.parse("2026-12-01T12:00:00Z");

  @TempDir private Path home;
  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final List<Map<String, Object>> events = new ArrayList<>();
  private AgentEnvironment here;

  @BeforeEach
  void stopTheClock() {
    AgentEnvironment around = AgentHarness.in(home, Map.of()).environment();
    InstantSource time = now::get;
    here = around.like().clock(time.withZone(ZoneOffset.UTC)).build();
  }

  private ProgressPrinter printer(CommandOutput output) {
    return new ProgressPrinter(output, here, (files, plainBytes) -> {}, () -> false);
  }

  private void pass(Duration time) {
    now.updateAndGet(before -> before.plus(time));
  }

  @Test
  void who_watches_hears_of_a_large_file_before_it_is_done() {
    CommandOutputListener listener =
        new CommandOutputListener() {
          @Override
          public void event(Map<String, Object> object) {
            events.add(object);
          }

          @Override
          public void note(String sentence) {
            events.add(Map.of("note", sentence));
          }
        };
    ProgressPrinter printer = printer(new CommandOutput(here, Messages.in("en"), listener));
    printer.totals(2, 1000);
    printer.advanced(1, 100);
    assertThat(events).as("not due").isEmpty();
    pass(Duration.ofSeconds(1));
    printer.within(() -> RawPath.of("/home/film"), 300);
    printer.within(() -> RawPath.of("/home/film"), 400);
    pass(Duration.ofSeconds(1));
    printer.advanced(2, 1000);
    assertThat(events)
        .extracting(event -> event.get("plainBytes"), event -> event.get("file"))
        .containsExactly(Tuple.tuple(400L, "/home/film"), Tuple.tuple(1000L, "/home/film"));
  }

  /** Scripts get what is documented for them, and no path is made for nobody. */
  @Test
  void who_does_not_watch_hears_of_whole_files_only() {
    ProgressPrinter printer = printer(new CommandOutput(here, Messages.in("en"), true, false));
    pass(Duration.ofMinutes(1));
    printer.within(
        () -> {
          throw new AssertionError("nobody asked for it");
        },
        300);
    printer.advanced(1, 100);
    assertThat(events).isEmpty();
  }
}
