package org.hikae.device.possession;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.state.AgentHome;
import org.hikae.device.store.BackupStoreException;
import org.hikae.device.store.InMemoryBackupStore;
import org.hikae.device.store.InstrumentedBackupStore;
import org.hikae.device.store.PackRange;
import org.hikae.device.store.WithheldObjectException;
import org.hikae.hk1.Hash256;
import org.hikae.testing.SettableClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the answers of a portal come to (HK1-Q-04 to HK1-Q-07). */
class PossessionCheckTest {

  private static final String SET_ID = "00".repeat(16);
  private static final int PARTS = 3;

  @TempDir private Path folder;
  private final SecureRandom random = new SecureRandom();
  private final SettableClock clock = new SettableClock(Instant.parse("2026-12-02T08:00:00Z"));
  private final AtomicLong nanos = new AtomicLong();
  private final InMemoryBackupStore stored = new InMemoryBackupStore(new byte[16]);
  private final InstrumentedBackupStore portal = new InstrumentedBackupStore(stored);
  private final byte[] pack = new byte[PARTS * PackRange.BUCKET_BYTES - 7];
  private Hash256 name;
  private ChallengeSampleStore kept;
  private PossessionAlarmStore alarms;
  private PossessionCheck check;

  @BeforeEach
  void store() throws Exception {
    AgentHome home = new AgentHome(folder);
    kept = new ChallengeSampleStore(home, clock);
    alarms = new PossessionAlarmStore(home);
    check = new PossessionCheck(portal, kept, alarms, clock, random, nanos::get);
    random.nextBytes(pack);
    name = Hash256.sha256(pack);
    stored.put(name, pack);
    List<PackChallenge> drawn = new ArrayList<>();
    for (int bucket = 0; bucket < PARTS; bucket++) {
      drawn.add(PackChallenge.drawn(name.hex(), bucket, hash(bucket), bucket));
    }
    assertThat(
            kept.change(
                SET_ID,
                sample -> sample.with(Set.of(), drawn, Long.MAX_VALUE).listedBy(any -> true)))
        .isTrue();
  }

  private Hash256 hash(int bucket) {
    int from = bucket * PackRange.BUCKET_BYTES;
    int to = Math.min(pack.length, from + PackRange.BUCKET_BYTES);
    return Hash256.sha256(pack, from, to - from);
  }

  private List<PackChallenge> left() {
    return kept.of(SET_ID).challenges();
  }

  private List<String> evidence() throws Exception {
    try (Stream<Path> files = Files.list(alarms.folder())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.startsWith("failure-"))
          .sorted()
          .toList();
    }
  }

  @Test
  void hk1_q_04_a_portal_that_has_everything_answers_with_64_kib_each() {
    PossessionResult result = check.ask(SET_ID, 10);
    assertThat(result.asked()).isEqualTo(PARTS);
    assertThat(result.answered()).isEqualTo(PARTS);
    assertThat(result.bytes()).isEqualTo(pack.length);
    assertThat(portal.gets()).as("no pack is fetched whole").isEmpty();
    assertThat(alarms.standing()).isEmpty();
    assertThat(kept.of(SET_ID).answered()).isEqualTo(PARTS);
  }

  @Test
  void hk1_q_04_what_was_never_asked_comes_first() {
    assertThat(check.ask(SET_ID, 1).answered()).isEqualTo(1);
    clock.advance(Duration.ofSeconds(1));
    assertThat(check.ask(SET_ID, 2).answered()).isEqualTo(2);
    assertThat(left()).hasSize(PARTS).allMatch(challenge -> challenge.askedAt() != null);
  }

  @Test
  void hk1_q_05_a_pack_that_is_gone_is_an_alarm_that_stands() throws Exception {
    byte[] object = stored.objects().remove(name);
    PossessionResult result = check.ask(SET_ID, 2);
    assertThat(result.failures())
        .hasSize(2)
        .allMatch(failure -> failure.fault() == PossessionFault.MISSING)
        .allMatch(failure -> failure.pack().equals(name.hex()));
    stored.objects().put(name, object);
    assertThat(check.ask(SET_ID, 10).answered()).isEqualTo(1);
    assertThat(alarms.standing()).hasValue(new PossessionAlarm(clock.instant(), 2));
    assertThat(evidence()).hasSize(2);
    assertThat(left()).as("what failed is evidence now").hasSize(1);
  }

  @Test
  void hk1_q_05_forged_bytes_are_an_alarm_with_what_came() throws Exception {
    byte[] forged = pack.clone();
    for (int bucket = 0; bucket < PARTS; bucket++) {
      forged[bucket * PackRange.BUCKET_BYTES] ^= 1;
    }
    stored.objects().put(name, forged);
    PossessionResult result = check.ask(SET_ID, 10);
    PossessionFailure failure = result.failures().getFirst();
    assertThat(failure.fault()).isEqualTo(PossessionFault.DAMAGED);
    assertThat(failure.expected()).isEqualTo(hash(failure.bucket()).hex());
    assertThat(result.asked()).as("the first costs two packs, so it is the last").isEqualTo(1);
    String part = evidence().stream().filter(file -> file.endsWith(".part")).findFirst().orElse("");
    assertThat(Hash256.sha256(Files.readAllBytes(alarms.folder().resolve(part))).hex())
        .isEqualTo(failure.came());
  }

  @Test
  void hk1_q_05_a_pack_that_was_cut_is_an_alarm() {
    stored.objects().put(name, Arrays.copyOf(pack, 10));
    PossessionResult result = check.ask(SET_ID, 1);
    assertThat(result.failures()).hasSize(1);
    assertThat(result.failures().getFirst().cameBytes()).isLessThanOrEqualTo(10);
  }

  /** Such as of memory that failed here: a pack that has its name accuses nobody. */
  @Test
  void hk1_q_05_a_wrong_note_of_this_device_is_no_alarm() {
    PackChallenge wrong = PackChallenge.drawn(name.hex(), 1, Hash256.ZERO, 0);
    assertThat(
            kept.change(
                SET_ID,
                sample ->
                    sample
                        .with(Set.of(name.hex()), List.of(wrong), Long.MAX_VALUE)
                        .listedBy(any -> true)))
        .isTrue();
    PossessionResult result = check.ask(SET_ID, 10);
    assertThat(result.failures()).isEmpty();
    assertThat(result.answered()).isZero();
    assertThat(left()).isEmpty();
  }

  /** The first answer was damaged on its way. */
  @Test
  void hk1_q_05_an_answer_that_is_right_the_second_time_counts() {
    portal.reading((asked, object) -> object.length == pack.length ? object : new byte[1]);
    PossessionResult result = check.ask(SET_ID, 1);
    assertThat(result.failures()).isEmpty();
    assertThat(result.answered()).isEqualTo(1);
  }

  @Test
  void hk1_q_05_a_part_that_is_withheld_is_asked_for_again_and_an_alarm_on_the_third_day() {
    portal.reading(
        (asked, object) -> {
          throw new WithheldObjectException(
              "503", new BackupStoreException(RunResult.NETWORK, "busy", null));
        });
    for (int hour : new int[] {0, 1, 23, 1}) {
      clock.advance(Duration.ofHours(hour));
      PossessionResult result = check.ask(SET_ID, 10);
      assertThat(result.asked()).as("one costs minutes").isEqualTo(1);
      assertThat(result.withheld()).isEqualTo(1);
    }
    assertThat(left()).filteredOn(challenge -> challenge.withheld() > 0).hasSize(1);
    assertThat(alarms.standing()).isEmpty();
    clock.advance(Duration.ofHours(23));
    PossessionResult last = check.ask(SET_ID, 1);
    assertThat(last.failures()).hasSize(1);
    assertThat(last.failures().getFirst().fault()).isEqualTo(PossessionFault.WITHHELD);
    assertThat(last.failures().getFirst().came()).isEqualTo("503");
  }

  @Test
  void a_portal_that_cannot_be_reached_is_no_alarm_and_asked_no_more() {
    portal.reading(
        (asked, object) -> {
          throw new BackupStoreException(RunResult.NETWORK, "no connection", null);
        });
    PossessionResult result = check.ask(SET_ID, 10);
    assertThat(result.unreachable()).isTrue();
    assertThat(result.asked()).isEqualTo(1);
    assertThat(alarms.standing()).isEmpty();
    assertThat(left()).hasSize(PARTS).allMatch(challenge -> challenge.askedAt() == null);
  }

  @Test
  void hk1_q_07_a_portal_that_answers_slowly_ends_the_look() {
    portal.reading(
        (asked, object) -> {
          nanos.addAndGet(Duration.ofSeconds(90).toNanos());
          return object;
        });
    PossessionResult result = check.ask(SET_ID, 10);
    assertThat(result.answered()).isEqualTo(2);
    assertThat(result.failures()).isEmpty();
  }

  @Test
  void hk1_q_07_no_more_is_asked_by_itself_than_a_day_allows() {
    assertThat(check.byItself(SET_ID).asked()).as("what was only just sent").isZero();
    assertThat(kept.asksDaily(SET_ID, 2L * PackRange.BUCKET_BYTES)).isTrue();
    clock.advance(Duration.ofDays(30));
    assertThat(check.byItself(SET_ID).asked()).as("a day's, and no more").isEqualTo(2);
    assertThat(check.byItself(SET_ID).asked()).isZero();
    clock.advance(Duration.ofDays(-60));
    assertThat(check.byItself(SET_ID).asked()).as("by a clock that was put back").isZero();
    clock.advance(Duration.ofDays(1));
    assertThat(check.byItself(SET_ID).asked()).isEqualTo(2);
    assertThat(kept.asksDaily(SET_ID, 0)).isTrue();
    clock.advance(Duration.ofDays(30));
    assertThat(check.byItself(SET_ID).asked()).isZero();
  }

  @Test
  void hk1_q_06_evidence_stands_until_a_person_moves_it_and_is_bounded() throws Exception {
    stored.objects().clear();
    PackChallenge[] many = new PackChallenge[PossessionAlarmStore.MAX_KEPT + 20];
    for (int i = 0; i < many.length; i++) {
      many[i] = PackChallenge.drawn(name.hex(), i, Hash256.ZERO, i);
    }
    assertThat(
            kept.change(
                SET_ID,
                sample ->
                    sample
                        .with(Set.of(name.hex()), List.of(many), Long.MAX_VALUE)
                        .listedBy(any -> true)))
        .isTrue();
    assertThat(check.ask(SET_ID, many.length).failures()).hasSize(many.length);
    assertThat(evidence()).hasSize(PossessionAlarmStore.MAX_KEPT);
    assertThat(alarms.tellsNow(clock.instant())).isTrue();
    assertThat(alarms.tellsNow(clock.instant())).as("once a day").isFalse();
    Path aside = alarms.forget(clock.instant());
    assertThat(alarms.standing()).isEmpty();
    try (Stream<Path> moved = Files.list(aside)) {
      assertThat(moved).hasSize(PossessionAlarmStore.MAX_KEPT);
    }
  }
}
