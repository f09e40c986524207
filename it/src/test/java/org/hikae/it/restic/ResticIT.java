package org.hikae.it.restic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.hikae.hk1.Hk1Constants;
import org.hikae.it.client.ApiDevice;
import org.hikae.it.stack.EachDatabase;
import org.hikae.it.stack.StackDatabase;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * An unmodified restic backs up to the portal and restores (HK1-G-03 to HK1-G-07). Time budget: 130
 * seconds for both databases beside the systems' start.
 */
@Order(1) // takes minutes
@EveryThirdRun
class ResticIT {

  /** Of what restic does the same on both. */
  private static final StackDatabase.Kind KIND = StackDatabase.Kind.POSTGRESQL;

  @TempDir private Path temp;

  private Restic restic(ResticDevice resticDevice, String cache) throws Exception {
    return new Restic(resticDevice, Files.createDirectories(temp.resolve(cache)));
  }

  private Path tree(String name, int files, int bytesOfEach) throws Exception {
    return ResticTrees.make(temp.resolve(name), files, bytesOfEach);
  }

  @ParameterizedTest
  @EachDatabase
  void backs_up_restores_checks_and_forgets(StackDatabase.Kind kind) throws Exception {
    ResticDevice resticDevice = ResticDevice.on(kind);
    Restic restic = restic(resticDevice, "cache");
    Path tree = tree("life", 20, 400_000);
    restic.run("init").well();
    assertThat(restic.run("init").exitCode()).as("it is there").isNotZero();
    restic.run("backup", tree).well();
    long first = resticDevice.storage().path("usedBytes").asLong();
    assertThat(first).isGreaterThan(8_000_000);
    Files.write(tree.resolve("new"), ApiDevice.random(300_000));
    Files.delete(tree.resolve(ResticTrees.FOLDER).resolve("file-3"));
    restic.run("backup", tree).well();
    assertThat(resticDevice.storage().path("usedBytes").asLong() - first)
        .as("only what is new is sent")
        .isBetween(300_000L, 900_000L);
    JsonNode snapshots = restic.run("snapshots", "--json").well().json();
    assertThat(snapshots).hasSize(2);
    restic.run("check", "--read-data").well();
    restic.run("restore", "latest", "--target", temp.resolve("back")).well();
    ResticTrees.assertRestored(tree, temp.resolve("back"));
    Restic elsewhere = restic(resticDevice, "no-cache");
    elsewhere
        .run("restore", snapshots.get(0).path("id").asText(), "--target", temp.resolve("old"))
        .well();
    assertThat(
            ResticTrees.restored(tree, temp.resolve("old"))
                .resolve(ResticTrees.FOLDER)
                .resolve("file-3"))
        .hasSize(400_000);

    long objects = resticDevice.objects();
    restic.run("forget", "--keep-last", "1", "--prune").well();
    assertThat(restic.run("snapshots", "--json").well().json()).hasSize(1);
    restic.run("check", "--read-data").well();
    restic.run("restore", "latest", "--target", temp.resolve("pruned")).well();
    ResticTrees.assertRestored(tree, temp.resolve("pruned"));
    assertThat(resticDevice.objects()).as("nothing is destroyed").isGreaterThanOrEqualTo(objects);
    assertThat(resticDevice.storage().path("heldBytes").asLong()).isPositive();
    assertThat(resticDevice.send("GET", "locks/").text()).isEqualTo("[]");
  }

  @FullRunOnly
  @Test
  void packs_of_the_largest_size_come_and_go() throws Exception {
    ResticDevice resticDevice = ResticDevice.on(KIND);
    Restic restic = restic(resticDevice, "cache");
    Path tree = tree("large", 4, 40_000_000);
    restic.run("init").well();
    restic.run("backup", "--pack-size", "128", tree).well();
    assertThat(resticDevice.largestObject()).isGreaterThan(Hk1Constants.MAX_OBJECT_BYTES);
    restic.run("check", "--read-data").well();
    restic.run("restore", "latest", "--target", temp.resolve("back")).well();
    ResticTrees.assertRestored(tree, temp.resolve("back"));
  }

  @FullRunOnly
  @Test
  void an_administrator_takes_it_back_to_the_hour_before_everything_was_forgotten()
      throws Exception {
    ResticDevice resticDevice = ResticDevice.on(KIND);
    Restic restic = restic(resticDevice, "cache");
    restic.run("init").well();
    List<Path> trees = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      trees.add(tree("forgotten-" + i, 3, 300_000));
      restic.run("backup", trees.get(i)).well();
    }
    JsonNode snapshots = restic.run("snapshots", "--json").well().json();
    Instant now = Instant.now();
    resticDevice.storedAt(now.minus(Duration.ofHours(2)));
    List<Object> forget = new ArrayList<>(List.of("forget", "--prune"));
    snapshots.forEach(one -> forget.add(one.path("id").asText()));
    restic.run(forget.toArray()).well();
    restic.run("backup", tree("later", 1, 100_000)).well();

    Instant hourBefore = now.minus(Duration.ofHours(1));
    assertThat(resticDevice.takeBack(hourBefore).path("revived").asLong()).isGreaterThan(5);
    JsonNode again = resticDevice.takeBack(hourBefore);
    assertThat(again.path("revived").asLong() + again.path("released").asLong()).isZero();
    restic = restic(resticDevice, "fresh-cache");
    restic.run("check", "--read-data").well();
    assertThat(restic.run("snapshots", "--json").well().json()).hasSize(3);
    for (int i = 0; i < 3; i++) {
      Path target = temp.resolve("back-" + i);
      restic.run("restore", snapshots.get(i).path("id").asText(), "--target", target).well();
      ResticTrees.assertRestored(trees.get(i), target);
    }
    restic.run("backup", trees.get(0)).well();
    restic.run("check", "--read-data").well();
  }

  @FullRunOnly
  @Test
  void two_clients_back_up_at_once() throws Exception {
    ResticDevice resticDevice = ResticDevice.on(KIND);
    ResticDevice second = resticDevice.again();
    restic(resticDevice, "one").run("init").well();
    List<Callable<Restic.Ended>> both = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Path tree = tree("tree-" + i, 10, 500_000);
      Restic restic = restic(i == 0 ? resticDevice : second, "cache-" + i);
      both.add(() -> restic.run("backup", tree));
    }
    try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
      for (Future<Restic.Ended> ended : pool.invokeAll(both)) {
        ended.get().well();
      }
    }
    assertThat(restic(resticDevice, "one").run("snapshots", "--json").well().json()).hasSize(2);
    restic(resticDevice, "one").run("check", "--read-data").well();
  }

  @FullRunOnly
  @Test
  void goes_on_after_it_was_killed() throws Exception {
    ResticDevice resticDevice = ResticDevice.on(KIND);
    Restic restic = restic(resticDevice, "cache");
    Path tree = tree("killed", 48, 1_000_000);
    restic.run("init").well();
    Process killed = restic.start("backup", "--limit-upload", "8000", tree);
    long before = resticDevice.objects();
    while (resticDevice.objects() < before + 2) {
      assertThat(killed.isAlive()).as("still sending").isTrue();
      killed.waitFor(50, TimeUnit.MILLISECONDS);
    }
    killed.destroyForcibly().waitFor();
    assertThat(restic.run("snapshots", "--json").well().json()).isEmpty();
    restic.run("unlock", "--remove-all").well();
    restic.run("backup", tree).well();
    restic.run("check", "--read-data").well();
    restic.run("restore", "latest", "--target", temp.resolve("back")).well();
    ResticTrees.assertRestored(tree, temp.resolve("back"));
  }

  @FullRunOnly
  @Test
  void says_that_the_quota_is_reached_and_restores_all_the_same() throws Exception {
    ResticDevice resticDevice = ResticDevice.on(KIND);
    Restic restic = restic(resticDevice, "cache");
    Path tree = tree("quota", 3, 100_000);
    restic.run("init").well();
    restic.run("backup", tree).well();
    resticDevice.change(
        "update storage_use set live_bytes = ? where employee_id ="
            + " (select employee_id from repository where restic_id = ?)",
        resticDevice.storage().path("quotaBytes").asLong(),
        resticDevice.repository());
    assertThat(restic.runUntilItSays("507", "backup", tree("more", 3, 100_000)))
        .contains("507 Insufficient Storage");
    assertThat(restic.run("snapshots", "--json").well().json()).hasSize(1);
    restic.run("restore", "latest", "--target", temp.resolve("back")).well();
    ResticTrees.assertRestored(tree, temp.resolve("back"));
    restic.run("unlock").well();
    restic.run("forget", "latest").well();
    assertThat(restic.run("snapshots", "--json").well().json()).isEmpty();
  }

  @FullRunOnly
  @Test
  void stops_at_once_when_its_credential_was_revoked() throws Exception {
    ResticDevice resticDevice = ResticDevice.on(KIND);
    Restic restic = restic(resticDevice, "cache");
    restic.run("init").well();
    resticDevice.revoke();
    assertStopsAtOnce(restic, "401");
  }

  @FullRunOnly
  @Test
  void stops_at_once_while_its_device_is_paused_and_goes_on_after_it() throws Exception {
    ResticDevice resticDevice = ResticDevice.on(KIND);
    Restic restic = restic(resticDevice, "cache");
    restic.run("init").well();
    String state = "update device set state = ? where device_id = ?";
    resticDevice.change(state, "PAUSED", resticDevice.device().id());
    assertStopsAtOnce(restic, "403");
    resticDevice.change(state, "ACTIVE", resticDevice.device().id());
    restic.run("backup", tree("resumed", 1, 10)).well();
    assertThat(restic.run("snapshots", "--json").well().json()).hasSize(1);
  }

  private void assertStopsAtOnce(Restic restic, String status) throws Exception {
    Path tree = tree("refused", 1, 10);
    long began = System.nanoTime();
    Restic.Ended refused = restic.run("backup", tree);
    assertThat(refused.exitCode()).isNotZero();
    assertThat(refused.said()).contains(status);
    assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began)).isLessThan(60);
  }
}
