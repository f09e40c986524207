package org.hikae.device.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.backup.PlannedFile.State;
import org.hikae.device.browse.SnapshotListing;
import org.hikae.device.exclude.ExcludeRules;
import org.hikae.device.exclude.PatternFile;
import org.hikae.device.files.EdgeCaseTree;
import org.hikae.device.files.FileHandle;
import org.hikae.device.files.RawPath;
import org.hikae.device.files.TemporaryTree;
import org.hikae.device.run.ProgressListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What directories say about themselves, and what a plan says of a run. */
class IgnoreFilesTest {

  private static final String TAG = "Signature: 8a477f597d28d172789f06886806bc55";

  private TemporaryTree tree;
  private BackupFixture backupFixture;

  @BeforeEach
  void open() throws Exception {
    tree = TemporaryTree.apart();
    backupFixture = new BackupFixture();
  }

  @AfterEach
  void close() throws Exception {
    backupFixture.close();
    tree.close();
  }

  private void write(String below, String text) throws Exception {
    Path file = tree.place().resolve("source").resolve(below);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private BackupRequest request(ExcludeRules excludes, String... paths) {
    List<RawPath> raw = new ArrayList<>();
    for (String path : paths) {
      raw.add(tree.path(path));
    }
    return new BackupRequest(raw, excludes, false, null);
  }

  /** Backs up and lists files and empty directories below the source. */
  private List<String> stored(BackupRequest request, long leftOut) throws Exception {
    BackupResult planned = backupFixture.backup().plan(request, file -> {}, ProgressListener.NONE);
    BackupResult made = backupFixture.backup().run(request, backupFixture.progress());
    assertThat(made.tally().leftOut()).isEqualTo(leftOut);
    assertThat(planned.tally().leftOut()).isEqualTo(leftOut);
    assertThat(planned.tally().files()).isEqualTo(made.tally().files());
    List<String> paths = new ArrayList<>();
    new SnapshotListing(backupFixture.store(), backupFixture.key())
        .list(
            made.snapshot(),
            tree.path("source"),
            entry -> paths.add(entry.path().toString().replaceFirst("^.*/source/?", "")));
    return paths;
  }

  @Test
  void an_ignore_file_holds_for_its_directory_and_below_and_inner_ones_win() throws Exception {
    write(".hikaeignore", "# what the compiler makes\n*.o\n/out/\n!main.o\nsub/one\n");
    write("a.o", "x");
    write("main.o", "x");
    write("out/x", "x");
    write("sub/one", "x");
    write("sub/out/x", "x");
    write("sub/deep/.hikaeignore", "!b.o\nmain.o\n");
    write("sub/deep/b.o", "x");
    write("sub/deep/main.o", "x");
    write("sub/deep/below/b.o", "x");
    try (FileHandle at = tree.makeDirectory("source/raw")) {
      EdgeCaseTree maker = new EdgeCaseTree(tree.files(), 1);
      maker.file(at, HexFormat.of().parseHex("ff2e6f"), new byte[1]);
      maker.file(at, HexFormat.of().parseHex("ff0a"), new byte[1]);
    }
    assertThat(stored(request(ExcludeRules.NONE, "source"), 5))
        .containsExactly(
            "",
            ".hikaeignore",
            "main.o",
            "raw",
            "raw/\\xff\\x0a",
            "sub",
            "sub/deep",
            "sub/deep/.hikaeignore",
            "sub/deep/b.o",
            "sub/deep/below",
            "sub/deep/below/b.o",
            "sub/out",
            "sub/out/x");
    assertThat(backupFixture.warnings()).isEmpty();
    assertThat(stored(request(ExcludeRules.NONE, "source/out", "source/a.o"), 0))
        .as("what is named")
        .contains("out/x", "a.o");
  }

  @Test
  void an_ignore_file_that_cannot_be_used_leaves_nothing_out_and_is_told() throws Exception {
    write("long/.hikaeignore", "*\n" + "#".repeat(PatternFile.MAX_BYTES));
    write("long/kept", "x");
    write("lines/.hikaeignore", "*\n".repeat(PatternFile.MAX_LINES + 1));
    write("lines/kept", "x");
    write("zero/.hikaeignore", "*\n!ke\0pt\n");
    write("zero/kept", "x");
    write("directory/.hikaeignore/kept", "x");
    write("link/kept", "x");
    write("patterns", "*\n");
    Files.createSymbolicLink(
        tree.place().resolve("source/link/.hikaeignore"), tree.place().resolve("source/patterns"));
    assertThat(stored(request(ExcludeRules.NONE, "source"), 0))
        .contains(
            "long/kept", "lines/kept", "zero/kept", "directory/.hikaeignore/kept", "link/kept");
    assertThat(backupFixture.warnings())
        .hasSize(5)
        .allMatch(warning -> warning.kind() == ProgressListener.WarningKind.IGNORE_FILE_UNUSED);
    assertThat(backupFixture.warnings())
        .extracting(ProgressListener.Warning::detail)
        .contains("longer than 65536 bytes", "more than 1000 lines", "line 2: a zero byte in it");
  }

  @Test
  void of_a_tagged_cache_only_the_tag_is_kept() throws Exception {
    write("cache/CACHEDIR.TAG", TAG + "\n# made by a test\n");
    write("cache/big", "x");
    write("cache/sub/x", "x");
    write("false/CACHEDIR.TAG", TAG.replace('8', '9'));
    write("false/kept", "x");
    write("short/CACHEDIR.TAG", TAG.substring(0, 42));
    write("short/kept", "x");
    write("link/kept", "x");
    Files.createSymbolicLink(
        tree.place().resolve("source/link/CACHEDIR.TAG"),
        tree.place().resolve("source/cache/CACHEDIR.TAG"));
    ExcludeRules defaults = new ExcludeRules.Builder().defaults(RawPath.of("/nobody")).build();
    assertThat(stored(request(defaults, "source"), 2))
        .contains("cache", "cache/CACHEDIR.TAG", "false/kept", "short/kept", "link/kept")
        .doesNotContain("cache/big", "cache/sub");
    assertThat(stored(request(defaults, "source/cache"), 0)).contains("cache/big", "cache/sub/x");
    assertThat(stored(request(ExcludeRules.NONE, "source"), 0))
        .contains("cache/big", "cache/sub/x");
  }

  @Test
  void a_plan_says_what_a_run_reads_and_changes_nothing() throws Exception {
    write("a", "same");
    write("b", "before");
    write("c", "gone");
    Files.createLink(tree.place().resolve("source/d"), tree.place().resolve("source/a"));
    backupFixture.withCache(tree.place().resolve("cache"));
    BackupRequest request = request(ExcludeRules.NONE, "source");
    List<PlannedFile> files = new ArrayList<>();
    BackupResult first = backupFixture.backup().plan(request, files::add, ProgressListener.NONE);
    assertThat(first.snapshot()).isNull();
    assertThat(first.tally().bytesRead()).isEqualTo(14);
    assertThat(files).extracting(PlannedFile::state).containsOnly(State.NEW).hasSize(3);
    assertThat(backupFixture.store().objects()).isEmpty();
    assertThat(tree.place().resolve("cache")).doesNotExist();

    backupFixture.backup().run(request, ProgressListener.NONE);
    write("b", "afterwards");
    write("e", "new");
    Files.delete(tree.place().resolve("source/c"));
    files.clear();
    int objects = backupFixture.store().objects().size();
    BackupResult planned =
        backupFixture.backup().plan(request, files::add, backupFixture.progress());
    assertThat(files)
        .extracting(file -> file.path().toString().replaceFirst("^.*/", "") + " " + file.state())
        .containsExactly("a UNCHANGED", "b CHANGED", "e NEW");
    assertThat(backupFixture.store().objects()).hasSize(objects);
    assertThat(backupFixture.store().committed()).hasSize(1);
    BackupResult made = backupFixture.backup().run(request, ProgressListener.NONE);
    assertThat(planned.result()).isEqualTo(RunResult.SUCCESS);
    assertThat(planned.tally().bytesRead()).isEqualTo(made.tally().bytesRead()).isEqualTo(13);
    assertThat(planned.tally().unchanged()).isEqualTo(made.tally().unchanged());
  }
}
