package org.hikae.backup.ciphertext.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hikae.testing.FullRunOnly;
import org.hikae.testing.TestEffort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The power goes while objects are written: on an ext4 with both PostgreSQL and the files, whose
 * disk loses some, all or none of what it was not told to flush. Needs root, for the disk. Time
 * budget: 40 seconds; {@code -Dhikae.factor=25} cuts 500 times.
 */
@FullRunOnly
class PowerCutTest {

  private static final int CUTS = 20;
  private static final int LIMIT_MINUTES = 10;

  @TempDir private Path folder;

  @Test
  void what_was_acknowledged_is_there_after_the_power_went_at_any_moment() throws Exception {
    Path said = folder.resolve("said");
    int factor = TestEffort.factor();
    Process child =
        new ProcessBuilder(
                List.of(
                    "unshare",
                    "--mount",
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    PowerCutMain.class.getName(),
                    folder.toString(),
                    String.valueOf(CUTS * factor),
                    String.valueOf(TestEffort.seed())))
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    try {
      assertThat(child.waitFor((long) LIMIT_MINUTES * factor, TimeUnit.MINUTES)).isTrue();
    } finally {
      child.descendants().forEach(ProcessHandle::destroyForcibly);
      child.destroyForcibly();
    }
    String told = Files.readString(said);
    assertThat(child.exitValue()).as("seed %d: %s", TestEffort.seed(), told).isZero();
    String all = CUTS * factor + " of " + CUTS * factor + " cuts";
    assertThat(told).contains(all);
    System.out.println(
        told.lines().filter(line -> line.startsWith(all) || line.contains("flushes")).toList());
  }
}
