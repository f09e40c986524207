package org.hikae.it.restic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.hikae.it.client.ApiDevice;
import org.hikae.it.stack.StackDatabase;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The restic of the system's other releases does what the installed one does, and each reads and
 * goes on with what the other wrote (HK1-G-03 to HK1-G-05). Where no other version can be had it
 * fails. Time budget: 60 seconds for each version beside the system's start, and 120 to get them
 * the first time.
 */
@FullRunOnly
class ResticVersionsIT {

  @TempDir private Path temp;

  /** The installed one. What lies below its cache it does not back up. */
  private Restic installed(ResticDevice resticDevice) throws Exception {
    return new Restic(resticDevice, Files.createDirectories(temp.resolve("cache")));
  }

  private Path tree(String name) throws Exception {
    return ResticTrees.make(temp.resolve(name), 8, 200_000);
  }

  private void restoresTheLatest(Restic restic, Path tree, String target) throws Exception {
    restic.run("check", "--read-data").well();
    restic.run("restore", "latest", "--target", temp.resolve(target)).well();
    ResticTrees.assertRestored(tree, temp.resolve(target));
  }

  private static JsonNode snapshots(Restic restic) throws Exception {
    return restic.run("snapshots", "--json").well().json();
  }

  @ParameterizedTest
  @MethodSource("org.hikae.it.restic.ResticReleases#programs")
  void another_version_does_it_all_and_each_reads_what_the_other_wrote(Path program)
      throws Exception {
    ResticDevice resticDevice = ResticDevice.on(StackDatabase.Kind.POSTGRESQL);
    Restic installed = installed(resticDevice);
    Restic other = installed.by(program);
    assertThat(other.version()).isNotEqualTo(installed.version());
    Path tree = tree("tree");
    other.run("init").well();
    other.run("backup", tree).well();
    long first = resticDevice.storage().path("usedBytes").asLong();
    Files.write(tree.resolve("new"), ApiDevice.random(300_000));
    Files.delete(tree.resolve(ResticTrees.FOLDER).resolve("file-3"));
    other.run("backup", tree).well();
    assertThat(resticDevice.storage().path("usedBytes").asLong() - first)
        .as("only what is new is sent")
        .isBetween(300_000L, 600_000L);
    assertThat(snapshots(other)).hasSize(2);
    restoresTheLatest(other, tree, "by-other");
    restoresTheLatest(installed, tree, "by-installed");

    Files.write(tree.resolve("newer"), ApiDevice.random(300_000));
    installed.run("backup", tree).well();
    restoresTheLatest(other, tree, "of-installed");
    long objects = resticDevice.objects();
    other.run("forget", "--keep-last", "1", "--prune").well();
    assertThat(snapshots(other)).hasSize(1);
    restoresTheLatest(other, tree, "pruned");
    assertThat(resticDevice.objects()).as("nothing is destroyed").isGreaterThanOrEqualTo(objects);
    assertThat(resticDevice.storage().path("heldBytes").asLong()).isPositive();
    assertThat(resticDevice.send("GET", "locks/").text()).isEqualTo("[]");
  }

  @ParameterizedTest
  @MethodSource("org.hikae.it.restic.ResticReleases#programs")
  void another_version_goes_on_with_a_repository_until_its_credential_is_revoked(Path program)
      throws Exception {
    ResticDevice resticDevice = ResticDevice.on(StackDatabase.Kind.POSTGRESQL);
    Restic installed = installed(resticDevice);
    Restic other = installed.by(program);
    Path tree = tree("tree");
    installed.run("init").well();
    installed.run("backup", tree).well();
    assertThat(other.run("init").exitCode()).as("it is there").isNotZero();
    restoresTheLatest(other, tree, "of-installed");
    other.run("backup", tree).well();
    restoresTheLatest(installed, tree, "of-both");
    resticDevice.revoke();
    long began = System.nanoTime();
    Restic.Ended refused = other.run("backup", tree);
    assertThat(refused.exitCode()).isNotZero();
    assertThat(refused.said()).contains("401");
    assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began)).isLessThan(60);
    assertThat(snapshots(installed(resticDevice.again()))).hasSize(2);
  }
}
