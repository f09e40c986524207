package org.hikae.device.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.hikae.device.AgentException;
import org.hikae.device.AgentJson;
import org.hikae.device.files.OtherProcessLock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {

  private static final AgentState STATE =
      AgentState.enrolled(
          new SignInProfile(
              "https://p.example", "https://k.example", "agent", "sub", "Ann", null, null, null),
          new DeviceKeyPair("laptop", "SECRETKEY", "PUBLIC"),
          "SECRETTOKEN");

  private static final int CHANGES = 8;

  @TempDir private Path folder;
  private AgentHome home;
  private StateFile file;

  @BeforeEach
  void start() {
    home = new AgentHome(folder.resolve("deep/home"));
    file = new StateFile(home);
  }

  @Test
  void is_empty_before_the_first_sign_in() throws Exception {
    assertThat(file.read()).isEmpty();
    assertThatThrownBy(file::require).hasMessage("login.first");
  }

  @Test
  void a_half_written_file_of_a_killed_process_does_not_stay() throws Exception {
    home.create();
    Files.writeString(home.folder().resolve("secrets123.new"), "SECRET");
    file.replace(newest -> STATE);
    assertThat(home.folder()).isDirectoryNotContaining("glob:**.new");
  }

  /** As in an agent that stays, which does commands beside each other. */
  @Test
  void two_threads_of_one_process_take_turns() throws Exception {
    file.replace(newest -> STATE);
    List<CompletableFuture<Void>> both = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      both.add(
          CompletableFuture.runAsync(
              () -> count(new StateFile(home)), task -> Thread.ofPlatform().daemon().start(task)));
    }
    for (CompletableFuture<Void> one : both) {
      one.get(1, TimeUnit.MINUTES);
    }
    assertThat(file.require().cardSequence()).isEqualTo(2L * CHANGES);
  }

  private static void count(StateFile mine) {
    try {
      for (int i = 0; i < CHANGES; i++) {
        mine.update(newest -> newest.withCardSequence(newest.cardSequence() + 1));
      }
    } catch (AgentException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void gives_back_what_was_written() throws Exception {
    AgentState full =
        STATE
            .withSet(UnlockedSet.of("00".repeat(16), 1, "KEY").signedBy(Set.of("ab".repeat(16))))
            .withCardSequence(7)
            .withVault(new RememberedVault("aa", "CARD", "HEAD", 3))
            .withHead(
                "ab".repeat(16), new SeenSeriesHead(3, "cd".repeat(32), "2026-01-02T03:04:05Z"))
            .withReminder(new PasswordReminder("00".repeat(16), "SALT", 200, 2, 1_800_000_000L, 1));
    file.replace(newest -> full);

    assertThat(new StateFile(home).require()).isEqualTo(full);
  }

  @Test
  void reads_what_agents_wrote_that_knew_no_vault_memory_or_no_reminder() throws Exception {
    PasswordReminder reminder = new PasswordReminder("00".repeat(16), "SALT", 200, 2, 9, 1);
    RememberedVault vault = new RememberedVault("aa", "CARD", "HEAD", 3);
    AgentState full =
        STATE
            .withSet(UnlockedSet.of("00".repeat(16), 1, "KEY"))
            .withCardSequence(7)
            .withHead("ab".repeat(16), new SeenSeriesHead(3, "cd".repeat(32), null));

    assertThat(readWithout(full.withVault(vault), "reminder")).isEqualTo(full.withVault(vault));
    assertThat(readWithout(full.withReminder(reminder), "vault"))
        .isEqualTo(full.withReminder(reminder));
    assertThat(readWithout(full, "vault", "reminder")).isEqualTo(full);
    assertThat(readWithout(STATE, "vault", "reminder", "heads")).isEqualTo(STATE);
  }

  @Test
  void reads_what_agents_wrote_that_knew_no_signers() throws Exception {
    AgentState full = STATE.withSet(UnlockedSet.of("00".repeat(16), 1, "KEY"));
    file.replace(newest -> full);
    ObjectNode tree = (ObjectNode) AgentJson.mapper().readTree(home.secretsFile().toFile());
    assertThat(((ObjectNode) tree.get("set")).remove("signers")).isNotNull();
    Files.write(home.secretsFile(), AgentJson.mapper().writeValueAsBytes(tree));
    assertThat(new StateFile(home).require()).isEqualTo(full);
  }

  /** HK1-D-12. */
  @Test
  void who_signs_in_a_set_is_never_forgotten() {
    AgentState signed = STATE.withSet(UnlockedSet.of("a", 1, "K").signedBy(Set.of("d")));
    for (AgentState later :
        List.of(
            signed.withSet(UnlockedSet.of("a", 2, "L")),
            signed.withSet(UnlockedSet.of("a", 1, "K").signedBy(Set.of("e"))),
            signed.withSet(
                UnlockedSet.of("a", 1, "K").withNext(PendingKey.begun(2, "L")).writing(2)),
            signed.withHead("d", new SeenSeriesHead(1, "h", null)).withoutHead("d"),
            signedInAgain(signed, "bb"))) {
      assertThat(later.set().signers()).contains("d");
    }
    assertThat(signed.withSet(UnlockedSet.of("b", 1, "K")).set().signers()).isEmpty();
  }

  private AgentState readWithout(AgentState state, String... fields) throws Exception {
    file.replace(newest -> state);
    ObjectNode tree = (ObjectNode) AgentJson.mapper().readTree(home.secretsFile().toFile());
    tree.remove(List.of(fields));
    Files.write(home.secretsFile(), AgentJson.mapper().writeValueAsBytes(tree));
    return new StateFile(home).require();
  }

  @Test
  void no_change_loses_what_another_remembers() throws Exception {
    PasswordReminder reminder = new PasswordReminder("a", "SALT", 200, 2, 9, 1);
    RememberedVault vault = new RememberedVault("aa", "CARD", "HEAD", 3);
    AgentState state =
        STATE
            .withSet(UnlockedSet.of("a", 1, "K"))
            .withReminder(reminder)
            .withVault(vault)
            .withHead("d", new SeenSeriesHead(1, "h", null))
            .withCardSequence(2)
            .withRefreshToken(null)
            .withSet(UnlockedSet.of("a", 1, "K"));

    for (AgentState kept : List.of(state, signedInAgain(state, "aa"))) {
      assertThat(kept.reminder()).isEqualTo(reminder);
      assertThat(kept.vault()).isEqualTo(vault);
      assertThat(kept.heads()).hasSize(1);
      assertThat(kept.cardSequence()).isEqualTo(2);
    }
    assertThat(signedInAgain(state, "bb").reminder()).isEqualTo(reminder);
    assertThat(state.withSet(UnlockedSet.of("b", 1, "K")).reminder()).isNull();
    assertThat(state.withReminder(null).vault()).isEqualTo(vault);
  }

  @Test
  void is_readable_by_its_owner_only() throws Exception {
    file.replace(newest -> STATE);

    assertThat(mode(home.secretsFile())).isEqualTo("rw-------");
    assertThat(mode(home.folder())).isEqualTo("rwx------");
  }

  @Test
  void is_refused_when_others_can_read_it() throws Exception {
    file.replace(newest -> STATE);
    for (String mode : List.of("rw-r-----", "rw----r--", "rw--w----")) {
      Files.setPosixFilePermissions(home.secretsFile(), PosixFilePermissions.fromString(mode));
      assertThatThrownBy(file::read).as(mode).hasMessage("state.readable-by-others");
    }
  }

  @Test
  void leaves_the_old_state_when_a_change_fails() throws Exception {
    file.replace(newest -> STATE);

    assertThatThrownBy(
            () ->
                file.update(
                    newest -> {
                      throw new AgentException(
                          org.hikae.backup.wire.RunResult.NETWORK, "network.unreachable");
                    }))
        .hasMessage("network.unreachable");

    assertThat(file.require()).isEqualTo(STATE);
  }

  @Test
  void leaves_no_other_file_with_secrets() throws Exception {
    file.replace(newest -> STATE);
    file.update(newest -> newest.withCardSequence(2));
    file.delete();

    assertThat(contentsOfAllFiles()).noneMatch(text -> text.contains("SECRET"));
    assertThat(file.read()).isEmpty();
  }

  @Test
  void refuses_every_cut_of_the_file_without_quoting_it() throws Exception {
    file.replace(newest -> STATE);
    byte[] whole = Files.readAllBytes(home.secretsFile());
    for (int length = 0; length < whole.length; length++) {
      Files.write(home.secretsFile(), java.util.Arrays.copyOf(whole, length));
      assertThatThrownBy(file::read).hasMessage("state.unreadable").hasNoCause();
    }
  }

  @Test
  void never_prints_a_secret() {
    assertThat(STATE.toString() + STATE.device()).doesNotContain("SECRET");
    assertThat(UnlockedSet.of("s", 1, "SECRET").toString()).doesNotContain("SECRET");
  }

  @Test
  void never_lowers_the_cards_sequence() {
    assertThat(STATE.withCardSequence(9).withCardSequence(4).cardSequence()).isEqualTo(9);
  }

  @Test
  void forgets_the_heads_of_another_set() {
    AgentState first =
        STATE.withSet(UnlockedSet.of("a", 1, "K")).withHead("d", new SeenSeriesHead(1, "h", null));

    assertThat(first.withSet(UnlockedSet.of("a", 1, "K")).heads()).hasSize(1);
    assertThat(first.withSet(UnlockedSet.of("b", 1, "K")).heads()).isEmpty();
  }

  @Test
  void forgets_a_vault_when_another_root_is_pinned_and_only_then() {
    AgentState known =
        STATE.withCardSequence(4).withVault(new RememberedVault("aa", "CARD", "HEAD", 0).told(7));
    assertThat(signedInAgain(known, null).vault()).isEqualTo(known.vault());
    assertThat(signedInAgain(known, "aa").cardSequence()).isEqualTo(4);
    assertThat(signedInAgain(known, "bb").vault()).isNull();
    assertThat(signedInAgain(known, "bb").cardSequence()).isZero();
    assertThat(new RememberedVault("aa", "CARD", null, 9).told(7).toldUpTo()).isEqualTo(9);
  }

  private static AgentState signedInAgain(AgentState state, @Nullable String root) {
    SignInProfile p = state.profile();
    return state.withSignIn(
        new SignInProfile(
            p.server(), p.issuer(), p.agentClientId(), p.subject(), "Ann", null, root, null),
        state.device(),
        "TOKEN");
  }

  @Test
  void lets_one_run_work_at_a_time() throws Exception {
    try (RunLock first = RunLock.take(home)) {
      assertThat(first).isNotNull();
      assertThatThrownBy(() -> RunLock.take(home)).hasMessage("state.run-active");
      assertThat(OtherProcessLock.isFree(home.runLock())).as("for another process").isFalse();
      Path link = Files.createSymbolicLink(folder.resolve("link"), home.folder());
      assertThatThrownBy(() -> RunLock.take(new AgentHome(link))).hasMessage("state.run-active");
      assertThat(OtherProcessLock.isFree(home.runLock())).as("by another name").isFalse();
    }
    assertThat(OtherProcessLock.isFree(home.runLock())).as("after it").isTrue();
    RunLock.take(home).close();
  }

  private List<String> contentsOfAllFiles() throws IOException {
    List<String> contents = new ArrayList<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.filter(Files::isRegularFile).toList()) {
        contents.add(Files.readString(path));
      }
    }
    return contents;
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
