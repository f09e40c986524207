package org.hikae.device.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.files.EdgeCaseTree;
import org.hikae.device.files.FileHandle;
import org.hikae.device.files.TemporaryTree;
import org.hikae.device.files.TreeComparator;
import org.hikae.device.run.ProgressListener;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files that change while they are read: the change happens between two chunks of the file. */
@EveryThirdRun
class ChangingFilesTest {

  private TemporaryTree tree;
  private BackupFixture backupFixture;
  private Path file;

  @BeforeEach
  void open() throws Exception {
    tree = new TemporaryTree();
    backupFixture = new BackupFixture();
    EdgeCaseTree maker = new EdgeCaseTree(tree.files(), 6);
    try (FileHandle source = tree.makeDirectory("source")) {
      maker.file(source, EdgeCaseTree.name("changing"), maker.bytes(9_000_000));
      maker.file(source, EdgeCaseTree.name("other"), maker.bytes(1000));
    }
    file = tree.place().resolve("source/changing");
  }

  @AfterEach
  void close() throws Exception {
    backupFixture.close();
    tree.close();
  }

  /** What happens to the file. */
  private interface Change {
    void apply() throws IOException;
  }

  /** Applies a change at the given questions for cancelling, which are asked for each chunk. */
  private static final class FileChanger implements ProgressListener {
    private final Change change;
    private final int times;
    private final List<Warning> warnings = new ArrayList<>();
    private int applied;

    FileChanger(int times, Change change) {
      this.times = times;
      this.change = change;
    }

    @Override
    public void warning(Warning warning) {
      warnings.add(warning);
    }

    @Override
    public boolean cancelled() {
      boolean inFile =
          StackWalker.getInstance()
              .walk(
                  frames ->
                      frames.anyMatch(
                          frame -> frame.getClassName().equals(FileChunkReader.class.getName())));
      if (inFile && applied < times) {
        applied++;
        try {
          change.apply();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      return false;
    }
  }

  private void append() throws IOException {
    Files.write(file, new byte[] {1, 2, 3}, StandardOpenOption.APPEND);
  }

  private void shrink() throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() / 2);
    }
  }

  private BackupResult backUp(ProgressListener progress) throws Exception {
    return backupFixture.backup().run(BackupFixture.request(tree.path("source")), progress);
  }

  private void assertRestoresEqual(BackupResult made, String target) throws Exception {
    assertThat(
            backupFixture.restore(made.snapshot(), tree.path("source"), tree.path(target)).result())
        .isEqualTo(RunResult.SUCCESS);
    TreeComparator.assertEqual(tree.path("source"), tree.path(target));
  }

  @Test
  void a_file_that_grew_once_is_read_again_and_whole() throws Exception {
    FileChanger fileChanger = new FileChanger(1, this::append);
    BackupResult made = backUp(fileChanger);
    assertThat(fileChanger.warnings).isEmpty();
    assertThat(made.result()).isEqualTo(RunResult.SUCCESS);
    assertThat(made.tally().bytesRead()).isGreaterThan(18_000_000);
    assertRestoresEqual(made, "target");
    assertRestoresEqual(backUp(ProgressListener.NONE), "target 2");
  }

  @Test
  void a_file_that_shrank_once_is_read_again_and_whole() throws Exception {
    BackupResult made = backUp(new FileChanger(1, this::shrink));
    assertThat(made.result()).isEqualTo(RunResult.SUCCESS);
    assertRestoresEqual(made, "target");
  }

  @Test
  void a_file_overwritten_in_place_once_is_read_again_and_whole() throws Exception {
    BackupResult made =
        backUp(
            new FileChanger(
                1,
                () -> {
                  try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.write(ByteBuffer.wrap(new byte[100]), 0);
                  }
                }));
    assertThat(made.result()).isEqualTo(RunResult.SUCCESS);
    assertRestoresEqual(made, "target");
  }

  @Test
  void a_file_that_keeps_changing_is_kept_with_a_warning_and_read_again_next_time()
      throws Exception {
    for (Change change : List.<Change>of(this::append, this::shrink)) {
      // Else it would be taken over unread.
      append();
      FileChanger fileChanger = new FileChanger(Integer.MAX_VALUE, change);
      BackupResult made = backUp(fileChanger);
      assertThat(made.result()).isEqualTo(RunResult.PARTIAL);
      assertThat(fileChanger.warnings)
          .extracting(ProgressListener.Warning::kind)
          .containsExactly(ProgressListener.WarningKind.CHANGED_WHILE_READ);
      assertThat(made.tally().files()).isEqualTo(2);
      String target = "target " + made.snapshot().sequence();
      backupFixture.restore(made.snapshot(), tree.path("source"), tree.path(target));
      assertThat(backupFixture.warnings())
          .as("HK1-M-07: who restores may not be who backed up")
          .extracting(ProgressListener.Warning::kind)
          .containsOnly(ProgressListener.WarningKind.CHANGED_IN_BACKUP);
      assertThat(tree.place().resolve(target).resolve("changing")).isNotEmptyFile();
      BackupResult next = backUp(ProgressListener.NONE);
      assertThat(next.tally().bytesRead()).isPositive();
      assertRestoresEqual(next, "after " + target);
    }
  }

  @Test
  void a_file_removed_while_read_is_kept() throws Exception {
    FileChanger fileChanger = new FileChanger(1, () -> Files.delete(file));
    BackupResult made = backUp(fileChanger);
    assertThat(made.snapshot()).isNotNull();
    backupFixture.restore(made.snapshot(), tree.path("source"), tree.path("target"));
    assertThat(Files.size(tree.place().resolve("target/changing"))).isEqualTo(9_000_000);
  }
}
