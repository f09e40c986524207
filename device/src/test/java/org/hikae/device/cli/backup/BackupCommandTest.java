package org.hikae.device.cli.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.hikae.backup.wire.RunReport;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.cli.harness.CompanyTestBase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code hikae backup} leaves out, and its dry run. */
class BackupCommandTest extends CompanyTestBase {

  private AgentHarness device;

  @BeforeEach
  void optIn() throws Exception {
    device = device("first");
    signIn(device);
    assertThat(optInPassword(device)).as(device.err()).isZero();
  }

  private void write(String below, String text) throws Exception {
    Path file = folder.resolve(below);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void caches_and_the_agents_own_state_are_left_out_and_counted() throws Exception {
    write("first/.cache/browser/x", "x");
    write("first/.local/share/Trash/files/x", "x");
    String home = folder.resolve("first").toString();
    assertThat(device.run("backup", home)).as(device.err()).isZero();
    assertThat(device.out()).contains("3 entries left out by patterns.");
    assertThat(device.run("ls")).isZero();
    assertThat(device.out()).contains("/first/.local/share").doesNotContain("x\n", "hikae/secrets");
    assertThat(device.run("backup", home, "--no-default-excludes", "--include", "hikae", "--json"))
        .isZero();
    assertThat(device.out()).contains("\"leftOut\":1");
    assertThat(device.run("ls")).isZero();
    assertThat(device.out()).contains("Trash/files/x").doesNotContain("hikae/secrets");
  }

  @Test
  void patterns_come_from_options_and_a_file_and_includes_win() throws Exception {
    write("tree/a.iso", "x");
    write("tree/b.iso", "x");
    write("tree/c.log", "x");
    write("patterns", "# large\n*.iso\n*.log\n!c.log\n");
    String file = folder.resolve("patterns").toString();
    assertThat(
            device.run(
                "backup",
                tree.toString(),
                "--exclude-file",
                file,
                "--include",
                "b.iso",
                "--exclude=日本/"))
        .as(device.err())
        .isZero();
    assertThat(device.out()).contains("2 entries left out");
    assertThat(device.run("ls")).isZero();
    assertThat(device.out()).contains("b.iso", "c.log").doesNotContain("a.iso", "日本");
    write("patterns", "a\n\0\n");
    assertThat(device.run("backup", tree.toString(), "--exclude-file", file)).isEqualTo(6);
    assertThat(device.err()).contains("line 2: a zero byte in it. Nothing was backed up.");
    assertThat(device.run("backup", tree.toString(), "--exclude-file", "nowhere")).isEqualTo(6);
    assertThat(device.run("backup", tree.toString(), "--exclude", "/")).isEqualTo(6);
    assertThat(device.err()).contains("This is no pattern, no name in it: /");
    write("tree/.hikaeignore", "\0");
    assertThat(device.run("backup", tree.toString(), "--lang", "ja")).isZero();
    assertThat(device.err()).contains("使えないため").contains(".hikaeignore");
  }

  @Test
  void a_dry_run_says_what_is_new_and_changed() throws Exception {
    String path = tree.toString();
    assertThat(device.run("backup", "--dry-run", path)).as(device.err()).isZero();
    assertThat(device.out())
        .contains("new      " + tree.resolve("letter.txt"))
        .contains("2 files: 2 new, 0 changed, 0 unchanged; 16 B would be read");
    assertThat(company.store().committed()).isEmpty();
    assertThat(company.reports()).noneMatch(report -> report.kind() == RunReport.Kind.BACKUP);
    assertThat(device.run("backup", path)).isZero();
    write("tree/letter.txt", "dear diary, two");
    assertThat(device.run("backup", path, "--dry-run", "--json", "--exclude", "link")).isZero();
    assertThat(device.out())
        .contains("\"state\":\"CHANGED\",\"size\":15")
        .contains("\"event\":\"backupPlan\",\"result\":\"SUCCESS\",\"exitCode\":0,\"files\":2")
        .contains("\"new\":0,\"changed\":")
        .contains("\"leftOut\":1");
    assertThat(company.store().committed()).hasSize(1);
  }
}
