package org.hikae.enrollment.update.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hikae.hk1.Hash256;
import org.hikae.transparency.note.wire.NoteSigner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Whoever hands out updates tries what TUF's specification lists (section 1.5.2, attacks), in its
 * order and by its names (HK1-U-01 to HK1-U-06).
 */
class UpdateAttackTest {

  private static final Instant NOW = Instant.parse("2026-12-02T12:00:00Z");
  private static final Instant YEAR = NOW.plus(Duration.ofDays(365));
  private static final Instant QUARTER = NOW.plus(Duration.ofDays(90));
  private static final Instant WEEKS = NOW.plus(Duration.ofDays(14));

  private final NoteSigner ann = InMemoryUpdateSource.signer("ann");
  private final NoteSigner bob = InMemoryUpdateSource.signer("bob");
  private final NoteSigner cid = InMemoryUpdateSource.signer("cid");
  private final NoteSigner renewer = InMemoryUpdateSource.signer("renewer");
  private final NoteSigner mallory = InMemoryUpdateSource.signer("mallory");

  private final InMemoryUpdateSource updates = new InMemoryUpdateSource();
  private UpdateTrust trust;

  @BeforeEach
  void the_first_release() throws Exception {
    UpdateRoot root = root(1, InMemoryUpdateSource.keys(2, ann, bob, cid), renewer);
    updates.put(root, ann, bob);
    trust = UpdateTrust.begin(updates.files.get("1.root"));
    release(1, "1.1.0");
  }

  private static UpdateRoot root(int version, UpdateKeyset people, NoteSigner renews) {
    return new UpdateRoot(
        version,
        YEAR,
        Map.of(
            UpdateMetadataKind.ROOT,
            people,
            UpdateMetadataKind.TARGETS,
            people,
            UpdateMetadataKind.TIMESTAMP,
            InMemoryUpdateSource.keys(1, renews)));
  }

  private static UpdateTargets list(int version, String agent) {
    UpdateTarget target =
        new UpdateTarget(
            UpdateTargetKind.DEBIAN,
            "amd64",
            agent,
            7,
            Hash256.sha256(agent.getBytes(StandardCharsets.UTF_8)));
    return new UpdateTargets(version, QUARTER, List.of(target));
  }

  private void release(int version, String agent) {
    UpdateTargets list = list(version, agent);
    updates.put(list, ann, bob);
    updates.put(UpdateTimestamp.of(version, WEEKS, list), renewer);
  }

  /** Looks at a time, and believes from then on what was seen. */
  private UpdateResult look(Instant now) throws Exception {
    return new UpdateVerifier(updates, newer -> trust = newer, now).verify(trust);
  }

  private void refuses(Instant now, UpdateFault fault, String file) {
    UpdateException refusal = catchThrowableOfType(UpdateException.class, () -> look(now));
    assertThat(refusal).as("a look").isNotNull();
    assertThat(refusal.fault()).isEqualTo(fault);
    assertThat(refusal.file()).isEqualTo(file);
  }

  private void refuses(UpdateFault fault, String file) {
    refuses(NOW, fault, file);
  }

  private static String newest(UpdateResult result) {
    return result.list().newest(UpdateTargetKind.DEBIAN, "amd64").orElseThrow().version();
  }

  @Test
  void what_enough_people_have_signed_is_accepted_and_gets_newer() throws Exception {
    UpdateResult first = look(NOW);
    assertThat(newest(first)).isEqualTo("1.1.0");
    assertThat(first.until()).isEqualTo(WEEKS);
    assertThat(first.logged()).containsExactly(first.root().text(), first.list().text());
    assertThat(newest(look(NOW))).as("again").isEqualTo("1.1.0");
    release(2, "1.2.0");
    assertThat(newest(look(NOW))).isEqualTo("1.2.0");
    updates.put(UpdateTimestamp.of(3, WEEKS, list(2, "1.2.0")), renewer);
    assertThat(newest(look(NOW))).as("renewed").isEqualTo("1.2.0");
  }

  @Test
  void a_root_that_was_shown_once_is_believed_whatever_comes_behind_it() throws Exception {
    updates.put(root(2, InMemoryUpdateSource.keys(2, ann, bob, cid), renewer), ann, bob);
    updates.files.remove("timestamp");
    refuses(UpdateFault.MISSING, "timestamp");
    assertThat(trust.root().version()).isEqualTo(2);
  }

  @Test
  void what_was_signed_is_forgotten_only_with_the_keys_that_signed_it() throws Exception {
    UpdateTimestamp seen = look(NOW).timestamp();
    UpdateKeyset people = InMemoryUpdateSource.keys(2, ann, bob, cid);
    UpdateKeyset fewer = InMemoryUpdateSource.keys(2, ann, bob);
    assertThat(trust.with(root(2, people, renewer)).timestamp()).isEqualTo(seen);
    assertThat(trust.with(root(2, people, mallory)).timestamp()).isNull();
    assertThat(trust.with(root(2, fewer, renewer)).timestamp()).isNull();
  }

  @Test
  void a_set_of_keys_is_the_same_in_any_order_and_with_one_threshold() {
    UpdateKeyset people = InMemoryUpdateSource.keys(2, ann, bob, cid);
    assertThat(people.isSameAs(InMemoryUpdateSource.keys(2, cid, ann, bob))).isTrue();
    assertThat(people.isSameAs(InMemoryUpdateSource.keys(1, ann, bob, cid))).isFalse();
    assertThat(people.isSameAs(InMemoryUpdateSource.keys(2, ann, bob))).isFalse();
    assertThat(people.isSameAs(InMemoryUpdateSource.keys(2, ann, bob, mallory))).isFalse();
  }

  @Test
  void arbitrary_software_attack() {
    UpdateTargets evil = list(2, "9.9.9");
    updates.put(evil, mallory);
    updates.put(UpdateTimestamp.of(2, WEEKS, evil), mallory);
    refuses(UpdateFault.UNSIGNED, "timestamp");
    updates.put(UpdateTimestamp.of(2, WEEKS, evil), renewer);
    refuses(UpdateFault.UNSIGNED, "2.targets");
    updates.put(evil, ann, mallory);
    refuses(UpdateFault.UNSIGNED, "2.targets");
    // Right signatures under another text.
    byte[] good = InMemoryUpdateSource.signed(list(2, "1.2.0").text(), ann, bob);
    String signatures = new String(good, StandardCharsets.UTF_8).split("\n\n", 2)[1];
    updates.files.put(
        "2.targets", (evil.text() + "\n" + signatures).getBytes(StandardCharsets.UTF_8));
    refuses(UpdateFault.UNSIGNED, "2.targets");
  }

  @Test
  void rollback_attack() throws Exception {
    byte[] before = updates.files.get("timestamp");
    release(2, "1.2.0");
    look(NOW);
    updates.files.put("timestamp", before);
    refuses(UpdateFault.ROLLBACK, "timestamp");
    // A newer timestamp that goes back to the list of before, or to another one of its version.
    updates.put(UpdateTimestamp.of(3, WEEKS, list(1, "1.1.0")), renewer);
    refuses(UpdateFault.ROLLBACK, "timestamp");
    updates.put(UpdateTimestamp.of(3, WEEKS, list(2, "1.1.9")), renewer);
    refuses(UpdateFault.ROLLBACK, "timestamp");
    updates.put(UpdateTimestamp.of(2, QUARTER, list(2, "1.2.0")), renewer);
    refuses(UpdateFault.ROLLBACK, "timestamp");
    // The version of the agent itself, in a list that was signed.
    UpdateTarget older = list(1, "1.1.0").packages().getFirst();
    assertThat(older.isNewerThan("1.1.0")).isFalse();
    assertThat(older.isNewerThan("1.2.0")).isFalse();
    assertThat(older.isNewerThan("1.0.9")).isTrue();
  }

  @Test
  void indefinite_freeze_attack() throws Exception {
    refuses(WEEKS, UpdateFault.EXPIRED, "timestamp");
    assertThat(newest(look(WEEKS.minusSeconds(1)))).isEqualTo("1.1.0");
    UpdateTargets same = list(1, "1.1.0");
    updates.put(UpdateTimestamp.of(2, YEAR, same), renewer);
    refuses(QUARTER, UpdateFault.EXPIRED, "1.targets");
    refuses(YEAR, UpdateFault.EXPIRED, "1.root");
  }

  @Test
  void endless_data_attack() {
    byte[] good = updates.files.get("timestamp");
    byte[] longer = new byte[UpdateVerifier.MAX_FILE_BYTES + 1];
    System.arraycopy(good, 0, longer, 0, good.length);
    updates.files.put("timestamp", longer);
    refuses(UpdateFault.UNREADABLE, "timestamp");
    for (int version = 2; version <= UpdateVerifier.MAX_ROOTS + 1; version++) {
      updates.put(root(version, InMemoryUpdateSource.keys(2, ann, bob, cid), renewer), ann, bob);
    }
    refuses(UpdateFault.ENDLESS, "root");
  }

  /** Lists name packages of this program only, and it depends on nothing that they could name. */
  @Test
  void extraneous_dependencies_attack() {
    for (String other :
        List.of("evil_1.2.0_amd64.deb", "hikae_1.2.0_amd64.deb.deb", "hikae_../x_amd64.deb")) {
      assertThat(UpdateTarget.ofFile(other, 7, Hash256.ZERO)).as(other).isEmpty();
    }
    assertThat(UpdateTarget.ofFile("hikae_1.2.0_amd64.deb", 7, Hash256.ZERO)).isPresent();
  }

  @Test
  void mix_and_match_attack() {
    UpdateTargets second = list(2, "1.2.0");
    updates.put(UpdateTimestamp.of(2, WEEKS, second), renewer);
    updates.files.put("2.targets", updates.files.get("1.targets"));
    refuses(UpdateFault.MIXED, "2.targets");
    // Two lists of one version, both signed: only that of the timestamp counts.
    updates.put(list(2, "1.1.9"), ann, bob);
    refuses(UpdateFault.MIXED, "2.targets");
  }

  @Test
  void wrong_software_installation() throws Exception {
    UpdateTargets list = look(NOW).list();
    assertThat(list.newest(UpdateTargetKind.DEBIAN, "arm64")).isEmpty();
    assertThat(list.newest(UpdateTargetKind.ARCHIVE, "amd64")).isEmpty();
    UpdateTarget target = list.newest(UpdateTargetKind.DEBIAN, "amd64").orElseThrow();
    assertThat(target.fileName()).isEqualTo("hikae_1.1.0_amd64.deb");
    // A text of one kind under the name of another.
    updates.files.put("timestamp", updates.files.get("1.targets"));
    refuses(UpdateFault.UNSIGNED, "timestamp");
    updates.files.put("timestamp", InMemoryUpdateSource.signed(list.text(), renewer));
    refuses(UpdateFault.UNREADABLE, "timestamp");
  }

  @Test
  void malicious_mirror_keeping_users_from_updates() throws Exception {
    look(NOW);
    UpdateTrust before = trust;
    updates.files.remove("1.targets");
    refuses(UpdateFault.MISSING, "1.targets");
    updates.files.remove("timestamp");
    refuses(UpdateFault.MISSING, "timestamp");
    updates.files.put("timestamp", new byte[0]);
    refuses(UpdateFault.UNREADABLE, "timestamp");
    assertThat(trust).as("what is believed").isEqualTo(before);
  }

  @Test
  void key_compromise_below_the_threshold() throws Exception {
    UpdateTargets evil = list(2, "9.9.9");
    updates.put(UpdateTimestamp.of(2, WEEKS, evil), renewer);
    updates.put(evil, bob);
    refuses(UpdateFault.UNSIGNED, "2.targets");
    updates.put(evil, bob, bob);
    refuses(UpdateFault.UNSIGNED, "2.targets");
    // The key that renews timestamps may lie less safe: it decides about no package and no key.
    updates.put(evil, bob, renewer);
    refuses(UpdateFault.UNSIGNED, "2.targets");
    updates.put(root(2, InMemoryUpdateSource.keys(1, mallory), mallory), bob, mallory);
    refuses(UpdateFault.UNSIGNED, "2.root");
    KeyPair one = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    NoteSigner first = InMemoryUpdateSource.named("first", one);
    NoteSigner second = InMemoryUpdateSource.named("second", one);
    assertThatIllegalArgumentException()
        .as("one key under two names")
        .isThrownBy(() -> InMemoryUpdateSource.keys(2, first, second));
  }

  @Test
  void key_rotation() throws Exception {
    look(NOW);
    NoteSigner dan = InMemoryUpdateSource.signer("dan");
    UpdateKeyset without = InMemoryUpdateSource.keys(2, ann, cid, dan);
    updates.put(root(2, without, renewer), ann, dan);
    refuses(UpdateFault.UNSIGNED, "2.root");
    updates.put(root(2, InMemoryUpdateSource.keys(2, cid, dan), renewer), ann, cid);
    refuses(UpdateFault.UNSIGNED, "2.root");
    updates.put(root(2, without, renewer), ann, cid);
    release(2, "1.2.0");
    refuses(UpdateFault.UNSIGNED, "2.targets");
    assertThat(trust.root().version()).as("kept although the list does not hold").isEqualTo(2);
    updates.files.remove("2.root");
    refuses(UpdateFault.UNSIGNED, "2.targets");
    UpdateTargets list = list(2, "1.2.0");
    updates.put(list, ann, dan);
    assertThat(newest(look(NOW))).isEqualTo("1.2.0");
    // Nobody is left out who was away for several rotations, and none of them can be left out.
    updates.put(root(2, without, renewer), ann, cid);
    updates.put(root(3, InMemoryUpdateSource.keys(1, dan), renewer), ann, dan);
    trust = UpdateTrust.begin(updates.files.get("1.root"));
    updates.put(list, dan);
    assertThat(look(NOW).root().version()).isEqualTo(3);
    updates.files.put("4.root", updates.files.get("3.root"));
    refuses(UpdateFault.ROLLBACK, "4.root");
  }

  /** Who has stolen the key of timestamps signs the last version that there is. */
  @Test
  void fast_forward_attack_ends_with_the_keys() throws Exception {
    UpdateTargets last = list(999_999_999, "1.1.1");
    updates.put(last, ann, bob);
    updates.put(UpdateTimestamp.of(999_999_999, WEEKS, last), renewer);
    look(NOW);
    release(2, "1.2.0");
    refuses(UpdateFault.ROLLBACK, "timestamp");
    NoteSigner next = InMemoryUpdateSource.signer("next");
    updates.put(root(2, InMemoryUpdateSource.keys(2, ann, bob, cid), next), ann, bob);
    updates.put(UpdateTimestamp.of(1, WEEKS, list(2, "1.2.0")), next);
    assertThat(newest(look(NOW))).isEqualTo("1.2.0");
  }

  @Test
  void a_first_root_is_signed_by_its_own_keys() {
    UpdateRoot draft = root(1, InMemoryUpdateSource.keys(2, ann, bob), renewer);
    for (byte[] file :
        List.of(
            (draft.text() + "\n").getBytes(StandardCharsets.UTF_8),
            InMemoryUpdateSource.signed(draft.text(), ann),
            InMemoryUpdateSource.signed(draft.text(), mallory, renewer),
            InMemoryUpdateSource.signed(list(1, "1.1.0").text(), ann, bob),
            new byte[UpdateVerifier.MAX_FILE_BYTES + 1])) {
      assertThat(catchThrowableOfType(UpdateException.class, () -> UpdateTrust.begin(file)))
          .isNotNull();
    }
  }
}
