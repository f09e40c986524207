package org.hikae.device.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hikae status}: what the portal tells the employee. */
class StatusTest {

  @TempDir private Path folder;
  private Bench bench;
  private TestSurroundings device;

  @BeforeEach
  void start() throws Exception {
    bench = new Bench(folder);
    device = bench.device("first");
  }

  @AfterEach
  void stop() throws Exception {
    bench.close();
  }

  @Test
  void a_legal_hold_is_told() throws Exception {
    assertThat(device.run("status", "--json")).as(device.err()).isZero();
    assertThat(device.out()).doesNotContain("legalHoldSince");
    bench.company().heldSince("2026-04-05T12:07:08Z");
    assertThat(device.run("status")).isZero();
    assertThat(device.out()).contains("legal hold since 2026-04-0");
    assertThat(device.run("status", "--json")).isZero();
    assertThat(device.out()).contains("\"legalHoldSince\":\"2026-04-05T12:07:08Z\"");
  }
}
