package org.hikae.device.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.backup.pack.ManifestObjectCache;
import org.hikae.device.backup.pack.PackUploader;
import org.hikae.device.backup.pack.PendingPacks;
import org.hikae.device.backup.pack.RunContext;
import org.hikae.device.backup.pack.SnapshotSigning;
import org.hikae.device.files.ExtendedAttributes;
import org.hikae.device.files.FileAccessException;
import org.hikae.device.files.FileHandle;
import org.hikae.device.files.RawFiles;
import org.hikae.device.files.TemporaryTree;
import org.hikae.device.files.TreeComparator;
import org.hikae.device.run.RunCounter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Of which files a run reads extended attributes, when most are as they were. */
class UnchangedAttributesTest {

  private static final int TOO_LONG = 300;
  private static final String NOTHING = "nothing";
  private static final int WORKERS = 2;
  private static final Duration WEEK = Duration.ofDays(7);

  /** The first moment of a week from now: files just made count as long unchanged. */
  private static final Instant FIRST =
      Instant.ofEpochSecond(
          (Instant.now().getEpochSecond() / WEEK.toSeconds() + 2) * WEEK.toSeconds());

  private TemporaryTree tree;
  private BackupFixture backupFixture;

  /** Names of entries whose attributes were read. */
  private final List<String> read = new ArrayList<>();

  /** Whose attributes cannot be read; a directory has no name of its own. */
  private String failing = NOTHING;

  @BeforeEach
  void open() throws Exception {
    tree = new TemporaryTree();
    backupFixture = new BackupFixture();
    tree.makeDirectory("source").close();
    Files.writeString(tree.place().resolve("source/letter"), "dear");
    Files.writeString(tree.place().resolve("source/diary"), "dear diary");
    colour("red");
  }

  @AfterEach
  void close() throws Exception {
    backupFixture.close();
    tree.close();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void colour(String value) throws Exception {
    try (FileHandle source = tree.files().openDirectoryFollowing(tree.path("source"))) {
      tree.files()
          .attributes()
          .write(
              source,
              bytes("letter"),
              new ExtendedAttributes.ExtendedAttribute(bytes("user.colour"), bytes(value)));
    }
  }

  private List<ExtendedAttributes.ExtendedAttribute> noted(
      ExtendedAttributes attributes, FileHandle at, byte[] name) throws FileAccessException {
    String entry = new String(name, StandardCharsets.UTF_8);
    read.add(entry);
    // A name that no file system has fails, and not because nothing is there.
    return attributes.read(at, entry.equals(failing) ? bytes("a".repeat(TOO_LONG)) : name);
  }

  private RawFiles noting() {
    ExtendedAttributes attributes = tree.files().attributes();
    ExtendedAttributes noted =
        (ExtendedAttributes)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ExtendedAttributes.class},
                (_, _, arguments) ->
                    noted(attributes, (FileHandle) arguments[0], (byte[]) arguments[1]));
    return (RawFiles)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {RawFiles.class},
            (_, method, arguments) -> {
              if (method.getName().equals("attributes")) {
                return noted;
              }
              try {
                return method.invoke(tree.files(), arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private BackupResult backUp(Instant now) throws Exception {
    read.clear();
    try (PackUploader uploader = new PackUploader(backupFixture.store());
        PendingPacks pending = new PendingPacks(null, backupFixture.context())) {
      RunContext run =
          new RunContext(
              backupFixture.key(),
              backupFixture.context(),
              SnapshotSigning.NONE,
              new SecureRandom(),
              uploader,
              pending,
              new ManifestObjectCache(null),
              backupFixture.progress());
      return new SnapshotBuilder(
              backupFixture.store(),
              run,
              noting(),
              Clock.fixed(now, ZoneOffset.UTC),
              new RunCounter(run.progress()),
              null,
              WORKERS)
          .make(BackupFixture.request(tree.path("source")), List.of(tree.path("source")));
    }
  }

  private void assertRestoresEqual(BackupResult result) throws Exception {
    backupFixture.restore(result.snapshot(), tree.path("source"), tree.path("back"));
    assertThat(TreeComparator.compare(tree.path("source"), tree.path("back")).differences())
        .isEmpty();
  }

  @Test
  void those_of_unchanged_files_are_taken_over_and_not_read() throws Exception {
    backUp(FIRST);
    assertThat(read).contains("letter", "diary");
    BackupResult second = backUp(FIRST.plus(WEEK).minusSeconds(1));
    assertThat(second.tally().unchanged()).isEqualTo(2);
    assertThat(read).doesNotContain("letter", "diary");
    assertRestoresEqual(second);
  }

  @Test
  void a_change_of_attributes_alone_is_seen_by_the_time_of_the_inode() throws Exception {
    backUp(FIRST);
    colour("blue");
    BackupResult second = backUp(FIRST.plusSeconds(60));
    assertThat(read).contains("letter").doesNotContain("diary");
    assertRestoresEqual(second);
  }

  @Test
  void the_first_run_of_a_week_reads_all() throws Exception {
    backUp(FIRST.minusSeconds(1));
    BackupResult second = backUp(FIRST);
    assertThat(second.tally().unchanged()).isEqualTo(2);
    assertThat(read).contains("letter", "diary");
    backUp(FIRST.plusSeconds(60));
    assertThat(read).doesNotContain("letter", "diary");
    backUp(FIRST.minusSeconds(60));
    assertThat(read).as("the clock was set back").contains("letter", "diary");
  }

  @Test
  void those_that_could_not_be_read_are_tried_again() throws Exception {
    failing = "letter";
    BackupResult first = backUp(FIRST);
    assertThat(first.result()).isEqualTo(RunResult.PARTIAL);
    assertThat(backUp(FIRST.plusSeconds(60)).result()).isEqualTo(RunResult.PARTIAL);
    failing = NOTHING;
    BackupResult third = backUp(FIRST.plusSeconds(120));
    assertThat(third.result()).isEqualTo(RunResult.SUCCESS);
    assertThat(read).contains("letter").doesNotContain("diary");
    assertRestoresEqual(third);
  }
}
