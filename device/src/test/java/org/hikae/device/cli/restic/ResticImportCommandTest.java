package org.hikae.device.cli.restic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.hikae.backup.wire.ResticType;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.cli.harness.CompanyTestBase;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** HK1-G-12: a repository in a directory is brought in whole, or not shown. */
@EveryThirdRun
class ResticImportCommandTest extends CompanyTestBase {

  private AgentHarness device;
  private Path repository;

  @BeforeEach
  void a_repository_in_a_directory() throws Exception {
    device = device("first");
    signIn(device);
    assertThat(optInPassword(device)).as(device.err()).isZero();
    repository = Files.createDirectories(folder.resolve("old repository"));
    Files.writeString(repository.resolve("config"), "the config");
    for (int i = 0; i < 5; i++) {
      put("data", "pack " + i);
    }
    put("index", "index");
    put("keys", "key");
    put("locks", "lock");
    put("snapshots", "snapshot one");
    put("snapshots", "snapshot two");
    Files.writeString(Files.createDirectories(repository.resolve("data/ab")).resolve("x-tmp"), "");
  }

  private Path put(String type, String content) throws Exception {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    String name = Hash256.sha256(bytes).hex();
    String inside = type.equals("data") ? "data/" + name.substring(0, 2) : type;
    return Files.write(Files.createDirectories(repository.resolve(inside)).resolve(name), bytes);
  }

  private int imports() {
    return device.run("restic", "import", repository.toString(), "--json");
  }

  private List<String> types() {
    return company.responses().restic.order().stream().map(path -> path.split("/", -1)[0]).toList();
  }

  @Test
  void everything_but_locks_comes_in_the_order_in_which_it_is_needed() {
    assertThat(imports()).as(device.err()).isZero();
    assertThat(types())
        .containsExactly(
            "config",
            "keys",
            "data",
            "data",
            "data",
            "data",
            "data",
            "index",
            "snapshots",
            "snapshots");
    assertThat(device.out()).contains("\"sent\":9", "\"there\":0", "\"more\":0");
    assertThat(imports()).isZero();
    assertThat(device.out()).contains("\"sent\":0", "\"there\":9");
  }

  @Test
  void after_each_interruption_the_same_command_goes_on_and_shows_no_snapshot_early() {
    for (int after = 0; after < 9; after++) {
      company.responses().restic.failAfter(1);
      assertThat(imports()).as("after %s", after).isNotZero();
      boolean dataLacks = types().stream().filter("data"::equals).count() < 5;
      if (dataLacks) {
        assertThat(types()).doesNotContain("index", "snapshots");
      }
    }
    company.responses().restic.failAfter(Integer.MAX_VALUE);
    assertThat(imports()).as(device.err()).isZero();
    assertThat(types()).hasSize(10);
  }

  @Test
  void a_file_that_is_not_what_its_name_says_is_named_and_nothing_is_shown() throws Exception {
    Path file = put("data", "soon wrong");
    byte[] bytes = Files.readAllBytes(file);
    bytes[3] ^= 1;
    Files.write(file, bytes);
    assertThat(imports()).isEqualTo(7);
    assertThat(device.err()).contains(String.valueOf(file.getFileName()));
    assertThat(types()).contains("data").doesNotContain("index", "snapshots");
    Files.delete(file);
    assertThat(imports()).as(device.err()).isZero();
  }

  @Test
  void what_is_larger_than_objects_of_the_agent_comes_in_unless_it_is_damaged() throws Exception {
    byte[] large = new byte[Hk1Constants.MAX_OBJECT_BYTES + 1];
    Arrays.fill(large, (byte) 'x');
    Path file = put("data", new String(large, StandardCharsets.US_ASCII));
    byte[] damaged = large.clone();
    damaged[large.length - 1] ^= 1;
    Files.write(file, damaged);
    assertThat(imports()).isEqualTo(7);
    assertThat(device.out()).contains("\"tooLarge\":false");
    assertThat(types()).doesNotContain("snapshots");
    Files.write(file, large);
    assertThat(imports()).as(device.err()).isZero();
    assertThat(company.responses().restic.stored())
        .containsEntry("data/" + file.getFileName(), large);
    assertThat(imports()).isZero();
    assertThat(device.out()).contains("\"sent\":0", "\"there\":10");
  }

  @Test
  void what_is_too_large_for_the_portal_is_named() throws Exception {
    Path large = repository.resolve("data/ab/" + "ab".repeat(32));
    try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
      file.setLength(ResticType.MAX_OBJECT_BYTES + 1L);
    }
    assertThat(imports()).isEqualTo(7);
    assertThat(device.out()).contains("\"tooLarge\":true");
    assertThat(types()).doesNotContain("snapshots");
  }

  @Test
  void another_repository_does_not_mix_with_the_one_that_is_there() throws Exception {
    assertThat(imports()).isZero();
    Files.writeString(repository.resolve("config"), "another config");
    put("data", "more");
    assertThat(imports()).isEqualTo(6);
    assertThat(types()).hasSize(10);
  }

  @Test
  void a_directory_that_is_no_repository_is_refused_before_anything_is_asked() throws Exception {
    Files.delete(repository.resolve("config"));
    int before = company.requests().size();
    assertThat(imports()).isEqualTo(6);
    assertThat(company.requests()).hasSize(before);
  }
}
