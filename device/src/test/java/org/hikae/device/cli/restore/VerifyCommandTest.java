package org.hikae.device.cli.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.hikae.backup.wire.LastScrubView;
import org.hikae.backup.wire.RunReport;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.cli.harness.CompanyTestBase;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.WrapMethod;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The command {@code hikae verify}, against a company on a local port. */
@EveryThirdRun
class VerifyCommandTest extends CompanyTestBase {

  private AgentHarness device;

  @BeforeEach
  void backUpTwice() throws Exception {
    device = device("first");
    signIn(device);
    assertThat(optInPassword(device)).as(device.err()).isZero();
    assertThat(device.run("backup", tree.toString())).as(device.err()).isZero();
    Files.writeString(tree.resolve("letter.txt"), "dear diary, two");
    assertThat(device.run("backup", tree.toString())).as(device.err()).isZero();
  }

  private Set<Hash256> packs(int snapshot) throws Exception {
    String id = company.store().committed().get(snapshot).snapshotId();
    return new TreeSet<>(company.store().objects(id));
  }

  @Test
  void what_is_sound_is_said_to_be_and_reported() {
    assertThat(device.run("verify")).as(device.err()).isZero();
    assertThat(device.out()).contains("2 snapshots").contains("Everything that was read back");
    assertThat(device.run("verify", "latest", "--json")).isZero();
    assertThat(device.out())
        .contains("\"event\":\"verify\",\"result\":\"SUCCESS\",\"exitCode\":0")
        .contains("\"snapshots\":1")
        .contains("\"packsOpened\":3")
        .contains("\"deep\":false");
    assertThat(company.reports())
        .filteredOn(report -> report.kind() == RunReport.Kind.VERIFY && report.endedAt() != null)
        .hasSize(2);
    assertThat(device.run("verify", "--sample", "1")).as(device.err()).isZero();
    assertThat(device.out()).contains("were not unpacked");
    assertThat(device.run("verify", "--deep")).as(device.err()).isZero();
    assertThat(device.out()).contains("Its contents were unpacked");
    assertThat(device.run("verify", "--deep", "--json")).isZero();
    assertThat(device.out()).contains("\"deep\":true");
    assertThat(device.run("verify", "--lang", "ja")).isZero();
    assertThat(device.out()).contains("完全です");
  }

  @Test
  void damage_is_named_and_ends_with_seven() throws Exception {
    Set<Hash256> onlyFirst = packs(0);
    onlyFirst.removeAll(packs(1));
    String firstId = company.store().committed().getFirst().snapshotId();
    for (Hash256 pack : onlyFirst) {
      byte[] object = company.store().objects().remove(pack);
      assertThat(device.run("verify")).isEqualTo(7);
      assertThat(device.err()).contains("missing: pack " + pack).contains(firstId.substring(0, 12));
      assertThat(device.out()).contains("Tell your IT");
      assertThat(device.run("verify", "--json")).isEqualTo(7);
      assertThat(device.out())
          .contains("\"event\":\"damage\",\"kind\":\"PACK_MISSING\",\"pack\":\"" + pack)
          .contains("\"snapshotId\":\"" + firstId)
          .contains("\"result\":\"CORRUPT\",\"exitCode\":7");
      assertThat(device.run("verify", "latest")).as("another snapshot").isZero();
      company.store().objects().put(pack, object);
    }
    company.store().objects().get(packs(1).iterator().next())[80] ^= 1;
    assertThat(device.run("verify", "latest")).isEqualTo(7);
    assertThat(device.err()).contains("damaged: pack ");
  }

  /** HK1-D-17: what was proved here and what only the portal says are told apart. */
  @Test
  void a_sample_and_the_word_of_the_portal_are_told_apart() throws Exception {
    Instant began = Instant.parse("2026-11-29T01:00:00Z");
    Instant ended = Instant.parse("2026-11-30T02:00:00Z");
    company.responses().lastScrub = new LastScrubView(began, ended, 4);
    assertThat(device.run("verify", "--with-scrub")).as(device.err()).isZero();
    assertThat(device.out())
        .contains("chosen at random", "2 of 2 packs of files", "at least 100 %")
        .contains("The portal says, which proves nothing", "2026", "4 objects of yours");
    assertThat(device.run("verify", "--with-scrub", "--json")).as(device.err()).isZero();
    assertThat(device.out())
        .contains("\"filePacks\":2,\"filePacksOpened\":2,\"onePercentPacks\":1")
        .contains("\"onePercentSeen\":100")
        .contains("\"scrubStartedAt\":\"2026-11-29T01:00:00Z\"")
        .contains("\"scrubEndedAt\":\"2026-11-30T02:00:00Z\",\"scrubRotten\":4");
    company.responses().lastScrub = new LastScrubView(null, null, 0);
    assertThat(device.run("verify", "--with-scrub")).as(device.err()).isZero();
    assertThat(device.err()).contains("has not read everything once yet");
    assertThat(device.run("verify", "--json")).isZero();
    assertThat(device.out()).doesNotContain("scrub", "filePacks");
  }

  /** HK1-D-17: neither an old portal nor one that refuses keeps the sample away. */
  @Test
  void without_the_word_of_the_portal_the_sample_stands_alone() {
    assertThat(device.run("verify", "--with-scrub")).as(device.err()).isZero();
    assertThat(device.err()).contains("does not say when", "of a version that does not tell");
    assertThat(device.out()).contains("2 of 2 packs of files").doesNotContain("proves nothing");
    assertThat(device.run("verify", "--with-scrub", "--sample", "50", "--deep", "--json"))
        .as(device.err())
        .isZero();
    assertThat(device.out())
        .contains("\"filePacksOpened\":2", "\"onePercentSeen\":100")
        .doesNotContain("\"scrubRotten\":0");
    assertThat(device.run("verify", "--with-scrub", "--lang", "ja")).isZero();
    assertThat(device.out()).contains("このデバイスが確かめたこと");
  }

  /**
   * HK1-D-17: the word of the portal makes good no damage, and a sample with damage proves none.
   */
  @Test
  void a_portal_that_says_all_is_well_hides_no_damage() throws Exception {
    Instant now = Instant.parse("2026-11-30T02:00:00Z");
    company.responses().lastScrub = new LastScrubView(now, now, 0);
    company.store().objects().get(packs(1).iterator().next())[80] ^= 1;
    assertThat(device.run("verify", "--with-scrub")).isEqualTo(7);
    assertThat(device.err()).contains("damaged: pack ");
    assertThat(device.out()).doesNotContain("chosen at random").contains("proves nothing");
    assertThat(device.run("verify", "--with-scrub", "--json")).isEqualTo(7);
    assertThat(device.out()).contains("\"filePacks\":2").doesNotContain("\"onePercentSeen\":1");
  }

  @Test
  void every_generation_that_opens_is_verified() throws Exception {
    String next = "amber lantern whistle canyon 77";
    int exit =
        device.run(
            "keys",
            "rotate",
            "--password-fd",
            password(),
            "--new-password-fd",
            String.valueOf(descriptors.with(next + "\n")));
    assertThat(exit).as(device.err()).isZero();
    assertThat(device.run("backup", tree.toString())).as(device.err()).isZero();
    assertThat(device.run("verify")).as(device.err()).isZero();
    assertThat(device.out()).contains("3 snapshots");
    company.wraps().values().removeIf(view -> view.method() == WrapMethod.CHAIN);
    // Nobody can restore the others (HK1-D-14).
    assertThat(device.run("verify")).as(device.err()).isEqualTo(7);
    assertThat(device.out()).contains("1 snapshots");
    assertThat(device.err()).contains("cannot find", ": 2");
  }

  @Test
  void what_cannot_be_verified_is_refused() {
    assertThat(device.run("verify", "--sample", "0")).isEqualTo(6);
    assertThat(device.run("verify", "--sample", "101")).isEqualTo(6);
    assertThat(device.run("verify", "--sample", "much")).isEqualTo(2);
    assertThat(device.run("verify", "ffffffff")).isEqualTo(6);
    assertThat(device.run("verify", "--device", "ffffffff")).isEqualTo(6);
    company.store().committed().removeLast();
    assertThat(device.run("verify")).as("a snapshot that was seen is gone").isEqualTo(7);
    assertThat(device.err()).contains("ALARM");
  }
}
