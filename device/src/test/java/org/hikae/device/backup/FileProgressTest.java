package org.hikae.device.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.hikae.device.files.RawPath;
import org.hikae.device.files.TemporaryTree;
import org.hikae.device.restore.OverwriteMode;
import org.hikae.device.restore.Restore;
import org.hikae.device.restore.RestoreRequest;
import org.hikae.device.run.ProgressListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a run tells of the file that it is at. */
class FileProgressTest {

  private static final int LARGE = 20_000_000;

  private final List<Long> told = new ArrayList<>();
  private final List<String> paths = new ArrayList<>();
  private TemporaryTree tree;
  private BackupFixture backupFixture;

  @BeforeEach
  void fill() throws Exception {
    tree = new TemporaryTree();
    backupFixture = new BackupFixture();
    tree.makeDirectory("source").close();
    byte[] large = new byte[LARGE];
    new Random(27).nextBytes(large);
    Files.write(tree.place().resolve("source/film"), large);
  }

  @AfterEach
  void close() throws Exception {
    backupFixture.close();
    tree.close();
  }

  private ProgressListener listening() {
    told.clear();
    paths.clear();
    return new ProgressListener() {
      @Override
      public void within(Supplier<RawPath> path, long plainBytes) {
        paths.add(path.get().toString());
        told.add(plainBytes);
      }
    };
  }

  private void requireTold(RawPath path) {
    assertThat(paths).isNotEmpty().containsOnly(path.toString());
    assertThat(told).isSorted().startsWith(0L).endsWith((long) LARGE).hasSizeGreaterThan(5);
  }

  @Test
  void a_large_file_is_told_of_chunk_by_chunk_where_it_is_read_and_where_it_is_written()
      throws Exception {
    BackupResult backup =
        backupFixture.backup().run(BackupFixture.request(tree.path("source")), listening());
    requireTold(tree.path("source/film"));

    RestoreRequest request =
        new RestoreRequest(
            backup.snapshot(), tree.path("source"), tree.path("target"), OverwriteMode.REFUSE);
    new Restore(backupFixture.store(), backupFixture.key()).run(request, listening());
    requireTold(RawPath.of("/film"));

    backupFixture.backup().run(BackupFixture.request(tree.path("source")), listening());
    assertThat(told).as("it is not read again").isEmpty();
  }
}
