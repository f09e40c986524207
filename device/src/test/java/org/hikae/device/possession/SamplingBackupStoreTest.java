package org.hikae.device.possession;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hikae.backup.wire.CommitSnapshot;
import org.hikae.device.state.AgentHome;
import org.hikae.device.store.InMemoryBackupStore;
import org.hikae.device.store.InstrumentedBackupStore;
import org.hikae.device.store.PackRange;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.ObjectList;
import org.hikae.hk1.TextCodec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is drawn while packs go through (HK1-Q-01 to HK1-Q-03). */
class SamplingBackupStoreTest {

  private static final byte[] SET = new byte[16];
  private static final String SET_ID = TextCodec.hex(SET);

  @TempDir private Path folder;
  private final SecureRandom random = new SecureRandom();
  private final InMemoryBackupStore portal = new InMemoryBackupStore(new byte[16]);
  private ChallengeSampleStore kept;

  @BeforeEach
  void keep() {
    kept = new ChallengeSampleStore(new AgentHome(folder), Clock.systemUTC());
  }

  private SamplingBackupStore sampling() {
    return new SamplingBackupStore(portal, kept, SET, random);
  }

  private byte[] pack(int bytes) {
    byte[] pack = new byte[bytes];
    random.nextBytes(pack);
    System.arraycopy("HK1p".getBytes(StandardCharsets.US_ASCII), 0, pack, 0, 4);
    return pack;
  }

  private Hash256 sent(SamplingBackupStore store, int bytes) throws Exception {
    byte[] pack = pack(bytes);
    Hash256 name = Hash256.sha256(pack);
    // The uploader's arrays are longer than what they hold.
    store.put(name, Arrays.copyOf(pack, bytes + 5), bytes);
    return name;
  }

  private CommitSnapshot commit(long sequence, List<Hash256> before, List<Hash256> now)
      throws Exception {
    byte[] root = pack(100);
    root[0] = 0;
    Hash256 name = Hash256.sha256(root);
    portal.put(name, root);
    Set<Hash256> added = new HashSet<>(now);
    before.forEach(added::remove);
    Set<Hash256> removed = new HashSet<>(before);
    now.forEach(removed::remove);
    return new CommitSnapshot(
        SET_ID,
        1,
        sequence,
        sequence == 1 ? Hash256.ZERO.hex() : portal.committed().getLast().stubHash(),
        name.hex(),
        ObjectList.hash(now).hex(),
        added.stream().map(Hash256::hex).toList(),
        removed.stream().map(Hash256::hex).toList(),
        1,
        1);
  }

  private List<PackChallenge> challenges() {
    return kept.of(SET_ID).challenges();
  }

  @Test
  void hk1_q_01_of_a_small_backup_each_part_is_drawn_as_it_was_sent() throws Exception {
    Hash256 name;
    try (SamplingBackupStore store = sampling()) {
      name = sent(store, 2 * PackRange.BUCKET_BYTES + 10);
      byte[] root = "HK1r, and no pack".getBytes(StandardCharsets.US_ASCII);
      store.put(Hash256.sha256(root), root);
    }
    assertThat(challenges()).hasSize(3);
    for (PackChallenge challenge : challenges()) {
      byte[] part = portal.getBuckets(name, challenge.bucket(), 1);
      assertThat(challenge.pack()).isEqualTo(name.hex());
      assertThat(challenge.hash()).isEqualTo(Hash256.sha256(part).hex());
      assertThat(challenge.listed()).as("before a snapshot names it").isFalse();
    }
    assertThat(Files.getPosixFilePermissions(folder.resolve("possession/challenges.json")))
        .hasSize(2);
  }

  /** The first of many packs is in it as often as the last, byte by byte. */
  @Test
  void hk1_q_02_packs_of_long_ago_stay_in_the_sample() throws Exception {
    List<Hash256> first = new ArrayList<>();
    try (SamplingBackupStore store = sampling()) {
      for (int i = 0; i < 40; i++) {
        first.add(sent(store, 32 * PackRange.BUCKET_BYTES));
      }
    }
    assertThat(challenges()).hasSizeBetween(1000, ChallengeSample.CAPACITY);
    for (int run = 0; run < 3; run++) {
      try (SamplingBackupStore store = sampling()) {
        for (int i = 0; i < 40; i++) {
          assertThat(sent(store, 32 * PackRange.BUCKET_BYTES)).isNotNull();
        }
      }
    }
    assertThat(challenges()).hasSizeBetween(1000, ChallengeSample.CAPACITY);
    Set<String> old = new HashSet<>(first.stream().map(Hash256::hex).toList());
    // A quarter of 1,024, give or take seven deviations.
    assertThat(challenges().stream().filter(each -> old.contains(each.pack())).count())
        .isBetween(156L, 356L);

    // What is read again is drawn anew, and has no more chances than the rest.
    List<PackChallenge> before = challenges();
    for (int run = 0; run < 3; run++) {
      try (SamplingBackupStore store = sampling()) {
        for (Hash256 name : first) {
          assertThat(store.get(name)).hasSize(32 * PackRange.BUCKET_BYTES);
        }
      }
    }
    assertThat(challenges()).isNotEqualTo(before).hasSizeBetween(900, ChallengeSample.CAPACITY);
    assertThat(challenges().stream().filter(each -> old.contains(each.pack())).count())
        .isBetween(130L, 380L);
  }

  @Test
  void hk1_q_02_nothing_is_drawn_from_what_has_another_hash() throws Exception {
    Hash256 name;
    try (SamplingBackupStore store = sampling()) {
      name = sent(store, 10);
    }
    kept.forget();
    InstrumentedBackupStore lies =
        new InstrumentedBackupStore(portal).reading((asked, object) -> pack(10));
    try (SamplingBackupStore store = new SamplingBackupStore(lies, kept, SET, random)) {
      assertThat(store.get(name)).hasSize(10);
    }
    assertThat(challenges()).isEmpty();
    try (SamplingBackupStore store = sampling()) {
      byte[] longer = new byte[20];
      assertThat(store.get(name, bytes -> longer)).isSameAs(longer);
    }
    assertThat(challenges()).as("a verification draws, too").hasSize(1);
  }

  @Test
  void hk1_q_03_only_what_the_newest_snapshot_names_is_asked_for() throws Exception {
    Hash256 one;
    Hash256 two;
    try (SamplingBackupStore store = sampling()) {
      one = sent(store, 10);
      two = sent(store, 20);
      Hash256 unnamed = sent(store, 30);
      assertThat(portal.missing(List.of(unnamed))).isEmpty();
      store.commit(commit(1, List.of(), List.of(one, two)));
    }
    assertThat(challenges()).hasSize(2).allMatch(PackChallenge::listed);
    try (SamplingBackupStore store = sampling()) {
      Hash256 three = sent(store, 40);
      assertThat(store.objects(portal.committed().getLast().snapshotId())).hasSize(2);
      store.commit(commit(2, List.of(one, two), List.of(two, three)));
      assertThat(challenges())
          .extracting(PackChallenge::pack)
          .containsExactlyInAnyOrder(two.hex(), three.hex());
    }
  }

  /** A list that is not the one the root binds says nothing about what must be there. */
  @Test
  void hk1_q_03_a_list_with_another_hash_counts_for_nothing() throws Exception {
    Hash256 one;
    try (SamplingBackupStore store = sampling()) {
      one = sent(store, 10);
      store.commit(commit(1, List.of(), List.of(one)));
    }
    List<PackChallenge> before = challenges();
    try (SamplingBackupStore store = sampling()) {
      // The list of the snapshot before was not asked for through it.
      store.commit(commit(2, List.of(one), List.of(one)));
    }
    assertThat(challenges()).isEqualTo(before);
  }

  @Test
  void what_this_code_has_not_written_counts_for_nothing() throws Exception {
    try (SamplingBackupStore store = sampling()) {
      assertThat(sent(store, 10)).isNotNull();
    }
    Path file = folder.resolve("possession/challenges.json");
    String right = Files.readString(file);
    for (String wrong :
        List.of(
            "",
            "{}",
            "null",
            right.replace("\"bucket\":0", "\"bucket\":-1"),
            right.replaceFirst("\"pack\":\"..", "\"pack\":\"zz"),
            right.replaceFirst("\"hash\":\"[0-9a-f]+\"", "\"hash\":null"))) {
      assertThat(wrong).isNotEqualTo(right);
      Files.writeString(file, wrong);
      assertThat(challenges()).isEmpty();
    }
    Files.writeString(file, right);
    assertThat(challenges()).hasSize(1);
    assertThat(kept.of("ff".repeat(16)).challenges()).as("of another set").isEmpty();
  }
}
