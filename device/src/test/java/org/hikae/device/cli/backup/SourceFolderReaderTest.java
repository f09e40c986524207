package org.hikae.device.cli.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.hikae.device.cli.backup.SourceFolderView.SourceEntryView;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.Messages;
import org.hikae.device.cli.dialog.WindowOutputListener;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.files.RawPath;
import org.hikae.device.http.Sleeper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How far somebody who chooses folders has them counted. */
class SourceFolderReaderTest {

  @TempDir private Path home;

  private SourceFolderView read(Path folder, Duration step) throws Exception {
    AgentEnvironment here =
        AgentHarness.in(home, Map.of()).environment().waiting(new SteppingClock(step));
    CommandOutput output = new CommandOutput(here, Messages.in("en"), new WindowOutputListener());
    return SourceFolderReader.read(here, output, RawPath.of(folder.toString()));
  }

  /** Later by a step, whenever it is looked at. */
  private static final class SteppingClock implements Sleeper {
    private final Duration step;
    private long now;

    SteppingClock(Duration step) {
      this.step = step;
    }

    @Override
    public void wait(Duration duration) {
      // Nobody waits here.
    }

    @Override
    public long nanos() {
      now += step.toNanos();
      return now;
    }
  }

  @Test
  void no_directory_is_opened_when_the_time_is_over() throws Exception {
    Path folder = Files.createDirectories(home.resolve("folder"));
    Files.createDirectory(folder.resolve("empty"));
    SourceFolderView all = read(folder, Duration.ZERO);
    assertThat(all.counted()).isTrue();
    SourceFolderView late = read(folder, Duration.ofSeconds(3));
    assertThat(late.counted()).isFalse();
    assertThat(late.entries()).isEqualTo(all.entries());
  }

  @Test
  void what_lies_on_another_file_system_is_shown_and_not_counted() throws Exception {
    Path devices = Path.of("/dev");
    Path shared = devices.resolve("shm");
    assumeThat(shared).isWritable();
    assumeThat(Files.getAttribute(shared, "unix:dev"))
        .isNotEqualTo(Files.getAttribute(devices, "unix:dev"));
    Path file = Files.createTempFile(shared, "hikae", "");
    try {
      SourceFolderView view = read(devices, Duration.ZERO);
      SourceEntryView entry =
          view.entries().stream().filter(one -> one.name().equals("shm")).findFirst().orElseThrow();
      assertThat(entry.leftOut()).isNull();
      assertThat(entry.files()).isZero();
      assertThat(view.counted()).isFalse();
      assertThat(read(shared, Duration.ZERO).entries())
          .as("by itself it is")
          .anySatisfy(
              one -> {
                assertThat(one.name()).isEqualTo(file.getFileName().toString());
                assertThat(one.files()).isOne();
              });
    } finally {
      Files.delete(file);
    }
  }
}
