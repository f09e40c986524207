package org.hikae.device.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.cli.harness.CompanyTestBase;
import org.hikae.device.company.FakeCompany;
import org.hikae.device.http.FakeSleeper;
import org.hikae.hk1.Hash256;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * HK1-R-16: runs that the portal keeps waiting end as if there were no network, say how far they
 * have come, and are completed by the same command, a restore with the word that its target takes
 * then. Budget: 5 seconds.
 */
@EveryThirdRun
class CutShortRunTest extends CompanyTestBase {

  private static final int NETWORK = 5;
  private static final int LATER_FILES = 4;
  private static final Duration HOUR = Duration.ofHours(1);

  private final FakeSleeper time = new FakeSleeper();
  private AgentHarness device;

  @BeforeEach
  void backUp() throws Exception {
    device = optedIn("first");
    device.on(Map.of(), Clock.systemUTC(), time, device.environment().computer());
    assertThat(device.run("backup", tree.toString())).as(device.err()).isZero();
  }

  /** Each of some files is in a pack of its own. */
  private void backUpMore() throws Exception {
    for (int i = 0; i < LATER_FILES; i++) {
      Files.writeString(tree.resolve("more " + i), "more " + i);
      assertThat(device.run("backup", tree.toString())).as(device.err()).isZero();
    }
  }

  private Set<Hash256> packs(int snapshot) throws Exception {
    String id = company.store().committed().get(snapshot).snapshotId();
    return new TreeSet<>(company.store().objects(id));
  }

  /** All packs of the later files but the last, which no earlier snapshot has. */
  private void laterPacks(int status, int times) throws Exception {
    Set<Hash256> earlier = new TreeSet<>();
    for (int i = 1; i < LATER_FILES; i++) {
      earlier.addAll(packs(i));
    }
    earlier.retainAll(packs(LATER_FILES));
    earlier.removeAll(packs(0));
    assertThat(earlier).hasSize(LATER_FILES - 1);
    for (Hash256 pack : earlier) {
      company.stores().refuses("/objects/" + pack.hex(), status, times);
    }
  }

  private int restore(Path target, String... more) {
    String[] all = new String[5 + more.length];
    System.arraycopy(
        new String[] {"restore", "--target", target.toString(), "--path", tree.toString()},
        0,
        all,
        0,
        5);
    System.arraycopy(more, 0, all, 5, more.length);
    return device.run(all);
  }

  @Test
  void a_restore_says_to_people_and_scripts_what_is_there_and_how_it_is_completed()
      throws Exception {
    backUpMore();
    laterPacks(503, Integer.MAX_VALUE);
    Path target = folder.resolve("target");

    assertThat(restore(target)).as(device.err()).isEqualTo(NETWORK);

    assertThat(time.passed()).isLessThan(HOUR);
    assertThat(target.resolve("letter.txt")).hasSameTextualContentAs(tree.resolve("letter.txt"));
    assertThat(target.resolve("more 1")).doesNotExist();
    assertThat(device.out())
        .contains("The restore was cut short: ", " of 6 files", "--overwrite=if-changed");
    assertThat(device.err())
        .contains("127.0.0.1 does not hand over what is asked for (HTTP status 503)")
        .contains("kept this device waiting in vain for 30 minutes")
        .as("it would be refused, as the target has entries now")
        .doesNotContain("the same command");
    assertThat(restore(folder.resolve("again"), "--json")).isEqualTo(NETWORK);
    assertThat(device.out())
        .contains("\"event\":\"retrying\",\"host\":\"127.0.0.1\",\"status\":503")
        .contains("\"event\":\"cutShort\",\"run\":\"restore\"", "\"totalFiles\":6")
        .contains("\"code\":\"network.waited-in-vain\"");

    laterPacks(503, 0);
    assertThat(restore(target, "--overwrite=if-changed")).as(device.err()).isZero();
    assertSame(target);
  }

  @Test
  void a_verification_says_how_much_it_has_read() throws Exception {
    backUpMore();
    laterPacks(503, Integer.MAX_VALUE);

    assertThat(device.run("verify")).as(device.err()).isEqualTo(NETWORK);

    assertThat(time.passed()).isLessThan(HOUR);
    assertThat(device.out()).contains("The verification was cut short: ");
  }

  @Test
  void a_backup_is_completed_by_the_same_command() throws Exception {
    Files.writeString(tree.resolve("more"), "more");
    company.watchedBy(
        new FakeCompany.RequestListener() {
          @Override
          public byte[] arriving(String request, InputStream body) throws IOException {
            if (request.startsWith("PUT") && request.contains("/objects/")) {
              throw new IOException("not taken");
            }
            return body.readAllBytes();
          }
        });

    assertThat(device.run("backup", tree.toString())).as(device.err()).isEqualTo(NETWORK);

    assertThat(time.passed()).isLessThan(HOUR);
    assertThat(device.out()).contains("The backup was cut short after ");
    assertThat(device.err()).contains("127.0.0.1 does not answer; trying again.");
    company.watchedBy(new FakeCompany.RequestListener() {});
    assertThat(device.run("backup", tree.toString())).as(device.err()).isZero();
  }
}
