package org.hikae.device.cli.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.hikae.device.files.OtherProcessLock;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.state.AgentHome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who may change the indexes of names, in this process and beside it. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class SearchIndexDirectoryTest {

  private final BackupKey key = BackupKey.generate(new byte[16], 1, new SecureRandom());

  @TempDir private Path folder;
  private AgentHome home;
  private Path lock;

  @BeforeEach
  void start() {
    home = new AgentHome(folder.resolve("home"));
    lock = home.cacheFolder().resolve("names/lock");
  }

  @AfterEach
  void end() {
    key.close();
  }

  @Test
  void whoever_only_reads_takes_the_lock_from_nobody() throws Exception {
    try (SearchIndexDirectory changing = SearchIndexDirectory.open(home, key)) {
      assertThat(changing.isWritable()).isTrue();
      try (SearchIndexDirectory beside = SearchIndexDirectory.openNow(home, key);
          SearchIndexDirectory reading = SearchIndexDirectory.openToRead(home, key)) {
        assertThat(beside.isWritable()).isFalse();
        assertThat(reading.isWritable()).isFalse();
      }
      assertThat(OtherProcessLock.isFree(lock)).as("for another process").isFalse();
    }
    assertThat(OtherProcessLock.isFree(lock)).as("after it").isTrue();
  }

  @Test
  void what_cannot_be_opened_is_held_by_nobody() throws Exception {
    Files.createDirectories(lock);
    assertThatThrownBy(() -> SearchIndexDirectory.open(home, key)).isInstanceOf(IOException.class);
    Files.delete(lock);
    BackupKey closed = BackupKey.generate(new byte[16], 1, new SecureRandom());
    closed.close();
    assertThatThrownBy(() -> SearchIndexDirectory.open(home, closed))
        .isInstanceOf(IllegalStateException.class);
    assertThat(OtherProcessLock.isFree(lock)).isTrue();
    for (int i = 0; i < 2; i++) {
      try (SearchIndexDirectory now = SearchIndexDirectory.openNow(home, key)) {
        assertThat(now.isWritable()).isTrue();
      }
    }
  }
}
