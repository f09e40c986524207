package org.hikae.device.cli.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.hikae.backup.wire.RunReport;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.cli.harness.CompanyTestBase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The command {@code hikae restore} into what is there, and its dry run. */
class RestoreCommandTest extends CompanyTestBase {

  private AgentHarness device;
  private Path target;

  @BeforeEach
  void backUp() throws Exception {
    device = device("first");
    signIn(device);
    assertThat(optInPassword(device)).as(device.err()).isZero();
    assertThat(device.run("backup", tree.toString())).as(device.err()).isZero();
    target = folder.resolve("target");
  }

  private int restore(String... more) {
    List<String> all = new ArrayList<>(List.of("restore", "--target", target.toString()));
    all.addAll(List.of("--path", tree.toString()));
    all.addAll(List.of(more));
    return device.run(all.toArray(new String[0]));
  }

  @Test
  void a_dry_run_says_what_would_be_done_and_does_nothing() throws Exception {
    assertThat(restore("--dry-run")).as(device.err()).isZero();
    assertThat(device.out())
        .contains("create   " + target.resolve("日本/語/書類.txt"))
        .contains("5 entries would be created, 0 replaced, 0 left alone; 0 could not be restored");
    assertThat(target).doesNotExist();
    Files.createDirectories(target.resolve("letter.txt"));
    assertThat(restore("--dry-run")).as("as the run itself").isEqualTo(9);
    assertThat(device.err()).contains("The folder " + target + " is not empty", "--overwrite");
    assertThat(restore("--dry-run", "--overwrite", "--json")).isEqualTo(3);
    assertThat(device.out())
        .contains("\"type\":\"FILE\",\"action\":\"BLOCKED\"")
        .contains("\"event\":\"restorePlan\",\"result\":\"PARTIAL\",\"exitCode\":3,\"create\":4");
    assertThat(restore("--dry-run", "--overwrite=never", "--lang", "ja")).isZero();
    assertThat(device.out()).contains("保持  ").contains("何も書き込んでいません");
    assertThat(company.reports()).noneMatch(report -> report.kind() == RunReport.Kind.RESTORE);
  }

  @Test
  void the_policy_is_attached_and_a_word_after_the_flag_is_the_snapshot() throws Exception {
    assertThat(restore()).as(device.err()).isZero();
    Files.writeString(target.resolve("letter.txt"), "my newer letter");
    assertThat(restore("--overwrite=if-newer")).as(device.err()).isZero();
    assertThat(device.out()).contains("2 files (2 left alone)");
    assertThat(target.resolve("letter.txt")).hasContent("my newer letter");
    assertThat(restore("--overwrite=if-changed")).isZero();
    assertThat(device.out()).contains("2 files (1 left alone)");
    assertSame(target);
    Files.writeString(target.resolve("letter.txt"), "dear other");
    Files.setLastModifiedTime(
        target.resolve("letter.txt"), Files.getLastModifiedTime(tree.resolve("letter.txt")));
    assertThat(restore("--overwrite=never")).isZero();
    assertThat(restore("--overwrite=if-changed")).isZero();
    assertThat(target.resolve("letter.txt"))
        .as("size and time are the same")
        .hasContent("dear other");
    Files.setLastModifiedTime(target.resolve("letter.txt"), FileTime.fromMillis(0));
    assertThat(restore("--overwrite", "latest")).as(device.err()).isZero();
    assertThat(device.out()).contains("2 files (0 left alone)");
    assertSame(target);
    assertThat(restore("--overwrite", "never")).as("no snapshot of that name").isEqualTo(6);
    assertThat(restore("--overwrite=sometimes")).isEqualTo(2);
    assertThat(device.err())
        .contains("must be one of always, if-changed, if-newer, never, not 'sometimes'");
  }
}
