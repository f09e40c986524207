package org.hikae.device.cli.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.cli.harness.CompanyFixture;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@EveryThirdRun
class FindCommandTest {

  @TempDir private Path folder;
  private CompanyFixture companyFixture;
  private AgentHarness device;
  private Path tree;

  @BeforeEach
  void backUp() throws Exception {
    companyFixture = new CompanyFixture(folder);
    device = companyFixture.deviceWithoutVault("device");
    tree = Files.createDirectories(folder.resolve("tree"));
    Files.writeString(tree.resolve("Quarterly plan.txt"), "one");
    Files.writeString(tree.resolve("other plan"), "two");
    assertThat(device.run("backup", tree.toString())).as(device.err()).isZero();
    Files.delete(tree.resolve("Quarterly plan.txt"));
    assertThat(device.run("backup", tree.toString())).as(device.err()).isZero();
  }

  @AfterEach
  void close() throws IOException {
    companyFixture.close();
  }

  @Test
  void a_part_of_a_name_is_enough_and_manifests_are_read_once() {
    assertThat(device.run("find", "QUARTER")).as(device.err()).isZero();
    assertThat(device.out())
        .contains(tree + "/Quarterly plan.txt")
        .contains("not in the newest snapshot")
        .doesNotContain("other plan");
    assertThat(device.err()).contains("done once");

    assertThat(device.run("find", "plan", "--json", "--limit", "1")).isZero();
    assertThat(device.err()).doesNotContain("done once").contains("1 more");
    assertThat(device.out()).contains("\"deleted\":true").contains("\"size\":3");

    assertThat(device.run("find", "nothing like it")).isZero();
    assertThat(device.out()).contains("No name contains that");
    assertThat(device.run("find", "a/b")).isEqualTo(6);
  }

  @Test
  void what_is_kept_is_searched_without_the_portal() throws Exception {
    assertThat(device.run("find", "--offline", "plan")).isZero();
    assertThat(device.out()).contains("No name contains that");
    assertThat(device.run("find", "plan")).isZero();
    companyFixture.company().close();

    assertThat(device.run("find", "--offline", "plan")).as(device.err()).isZero();

    assertThat(device.out()).contains(tree + "/Quarterly plan.txt").contains("other plan");
    Path index = index();
    byte[] bytes = Files.readAllBytes(index);
    bytes[bytes.length / 2] ^= 1;
    Files.write(index, bytes);
    assertThat(device.run("find", "--offline", "plan")).isIn(0, 9);
    assertThat(device.out()).doesNotContain("Quarterly");
  }

  private Path index() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("device/hikae/cache/names"))) {
      return files.filter(file -> file.toString().endsWith(".index")).findFirst().orElseThrow();
    }
  }

  @Test
  void the_index_lies_in_the_cache_and_may_be_lost() throws Exception {
    assertThat(device.run("find", "plan")).isZero();
    String said = device.out();
    Path names = folder.resolve("device/hikae/cache/names");
    try (Stream<Path> files = Files.list(names)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }

    assertThat(device.run("find", "plan")).isZero();

    assertThat(device.out()).isEqualTo(said);
  }

  @Test
  void an_index_that_is_damaged_anywhere_is_made_anew() throws Exception {
    assertThat(device.run("find", "plan")).isZero();
    String said = device.out();
    Path index = index();
    for (int part = 1; part < 10; part++) {
      byte[] bytes = Files.readAllBytes(index);
      bytes[bytes.length * part / 10] ^= 1;
      Files.write(index, bytes);

      assertThat(device.run("find", "plan")).as(device.err()).isZero();

      assertThat(device.out()).isEqualTo(said);
    }
  }
}
