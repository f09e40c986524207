package org.hikae.backup.ciphertext.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import org.hikae.backup.ciphertext.store.CiphertextStore.StoredDigest;
import org.hikae.hk1.Hash256;
import org.hikae.persistence.testing.EmployeeFixture;
import org.hikae.persistence.testing.TestDatabase;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The n-th change of the folder fails, or is the last before the power is lost, n = 1, 2, 3 … until
 * a whole scenario runs through: every row that was committed has its bytes. On H2, whose file
 * plays no part in it; that the database keeps what it committed is its own affair.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EveryThirdRun
class FileCiphertextStoreFaultTest {

  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

  private final Random random = new Random(20261130);
  private TestDatabase database;
  private ThreadBoundTransactions transactions;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException, SQLException {
    database = TestDatabase.h2(folder);
    transactions = new ThreadBoundTransactions(database.application());
  }

  @AfterAll
  void stop() throws IOException {
    database.shutDown();
  }

  private long newRepository() {
    return database.inTransaction(em -> EmployeeFixture.person(em, "Sender").repositoryId());
  }

  private FileCiphertextStore opened(SimulatedVolume volume) {
    return new FileCiphertextStore(
        transactions, volume, transactions, Clock.fixed(NOW, ZoneOffset.UTC), random);
  }

  /** A folder of its own, as for a database that has none yet. */
  private SimulatedVolume newVolume() throws SQLException {
    try (Connection connection = database.owner().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("delete from ciphertext_file");
      statement.execute("delete from ciphertext_folder");
    }
    return new SimulatedVolume();
  }

  /** One transaction of a scenario. */
  @FunctionalInterface
  private interface Step {
    void in(FileCiphertextStore store);
  }

  /** Whether it was committed; what it failed with is noted. */
  private boolean committed(FileCiphertextStore store, Step step, List<Throwable> failures) {
    try (Connection connection = transactions.begin()) {
      step.in(store);
      connection.commit();
      return true;
    } catch (SQLException e) {
      failures.add(e);
      return false;
    } catch (CiphertextStoreException e) {
      failures.add(e);
      return false;
    } finally {
      transactions.end();
    }
  }

  private static byte[] bytes(int seed) {
    byte[] bytes = new byte[1500 + seed];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static ObjectKey key(long repository, int seed) {
    return new ObjectKey(repository, Hash256.sha256(bytes(seed)));
  }

  private static void put(FileCiphertextStore store, long repository, int seed) {
    byte[] bytes = bytes(seed);
    boolean _ = store.put(key(repository, seed), bytes.length, new ByteArrayInputStream(bytes));
  }

  /** Everything that is done to objects, each in a transaction. */
  private static List<Step> scenario(long repository) {
    return List.of(
        store -> put(store, repository, 1),
        store -> put(store, repository, 2),
        store -> store.replace(key(repository, 1), bytes(1)),
        store -> store.delete(key(repository, 2)),
        store -> put(store, repository, 2),
        store -> store.delete(key(repository, 1)),
        store -> store.removeLeftovers(repository, NOW.plusSeconds(1), 10).removed(),
        store -> put(store, repository, 1),
        store -> store.replace(key(repository, 1), bytes(1)),
        store -> store.replace(key(repository, 1), bytes(1)),
        store -> store.removeLeftovers(repository, NOW.plusSeconds(1), 10).removed(),
        store -> store.erase(key(repository, 2)),
        store -> put(store, repository, 2));
  }

  /** Steps of the scenario. */
  private static final int ALL = 13;

  /** The step that erases an object, whose bytes may be gone before that is committed. */
  private static final int ERASURE = 11;

  /** Every row has its bytes, but for what step {@link #ERASURE} was at when it was stopped. */
  private int requireWhole(CiphertextStore store, long repository, int done, String round)
      throws SQLException, IOException {
    List<ObjectKey> keys = new ArrayList<>();
    try (Connection connection = database.owner().getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "select name from ciphertext_file where repository_id = ?")) {
      select.setLong(1, repository);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          keys.add(new ObjectKey(repository, Hash256.of(rows.getBytes(1))));
        }
      }
    }
    if (done == ERASURE) {
      keys.remove(key(repository, 2));
    }
    for (ObjectKey key : keys) {
      long size = store.size(key).orElseThrow(() -> new AssertionError(round + ": lost " + key));
      try (InputStream in = store.open(key, 0, size).orElseThrow()) {
        assertThat(Hash256.sha256(in.readAllBytes())).as(round).isEqualTo(key.name());
      }
      assertThat(store.digest(key)).as(round).contains(new StoredDigest(size, key.name()));
    }
    return keys.size();
  }

  /** Goes on with the scenario after a step failed, as whoever was refused sends again. */
  private int run(FileCiphertextStore store, long repository, int from, List<Throwable> failures) {
    List<Step> steps = scenario(repository);
    for (int i = from; i < steps.size(); i++) {
      if (!committed(store, steps.get(i), failures)) {
        return i;
      }
    }
    return steps.size();
  }

  @ParameterizedTest
  @EnumSource(SimulatedVolume.Unsynced.class)
  void what_was_committed_outlives_the_loss_of_power_at_every_step(
      SimulatedVolume.Unsynced unsynced) throws Exception {
    boolean through = false;
    int rounds = 0;
    while (!through) {
      String round = unsynced + " after " + rounds + " changes";
      long repository = newRepository();
      SimulatedVolume volume = newVolume();
      FileCiphertextStore before = opened(volume);
      assertThat(before.probe()).isEmpty();
      volume.losePowerAfter(rounds);
      int done = run(before, repository, 0, new ArrayList<>());
      through = !volume.failed();
      volume.restart(unsynced);
      FileCiphertextStore after = opened(volume);
      assertThat(after.probe()).as(round).isEmpty();
      int whole = requireWhole(after, repository, done, round);
      assertThat(whole).as(round).isGreaterThanOrEqualTo(done == 0 ? 0 : 1);
      // A device that got no answer sends again.
      assertThat(run(after, repository, done, new ArrayList<>())).as(round).isEqualTo(ALL);
      assertThat(requireWhole(after, repository, ALL, round)).as(round).isEqualTo(2);
      rounds++;
    }
    assertThat(rounds).isGreaterThan(60);
  }

  @ParameterizedTest
  @CsvSource({
    "No space left on device, FULL",
    "Disk quota exceeded, FULL",
    "Read-only file system, READ_ONLY",
    "Input/output error, FAILING"
  })
  void what_fails_is_named_keeps_nothing_and_is_done_again(String message, VolumeFault fault)
      throws Exception {
    boolean through = false;
    for (int number = 1; !through; number++) {
      String round = message + " at change " + number;
      long repository = newRepository();
      SimulatedVolume volume = newVolume();
      FileCiphertextStore store = opened(volume);
      assertThat(store.probe()).isEmpty();
      volume.fail(number, message);
      List<Throwable> failures = new ArrayList<>();
      int done = run(store, repository, 0, failures);
      through = !volume.failed();
      requireWhole(store, repository, done, round);
      if (done < ALL) {
        assertThat(failures.getFirst()).as(round).hasCauseInstanceOf(IOException.class);
        assertThat(VolumeFault.of((IOException) failures.getFirst().getCause()))
            .as(round)
            .isEqualTo(fault);
        assertThat(run(store, repository, done, failures)).as(round).isEqualTo(ALL);
      }
      assertThat(requireWhole(store, repository, ALL, round)).as(round).isEqualTo(2);
      store.removeUnfinished(NOW.plusSeconds(1));
      assertThat(volume.list(FileLayout.INCOMING)).as(round).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(SimulatedVolume.Unsynced.class)
  void a_folder_that_was_set_up_in_part_is_set_up_at_the_next_start(
      SimulatedVolume.Unsynced unsynced) throws Exception {
    IntFunction<String> round = number -> unsynced + " after " + number + " changes";
    boolean through = false;
    for (int number = 0; !through; number++) {
      SimulatedVolume volume = newVolume();
      volume.losePowerAfter(number);
      boolean failed = opened(volume).probe().isPresent();
      through = !volume.failed();
      assertThat(failed).as(round.apply(number)).isEqualTo(!through);
      volume.restart(unsynced);
      FileCiphertextStore store = opened(volume);
      assertThat(store.probe()).as(round.apply(number)).isEmpty();
      long repository = newRepository();
      assertThat(run(store, repository, 0, new ArrayList<>())).isEqualTo(ALL);
      requireWhole(store, repository, ALL, round.apply(number));
    }
  }

  @Test
  void a_probe_names_what_is_wrong() throws Exception {
    SimulatedVolume volume = newVolume();
    assertThat(FileCiphertextStore.isUsedBy(database.application())).isFalse();
    FileCiphertextStore store = opened(volume);
    assertThat(store.probe()).isEmpty();
    volume.fail(6, "Read-only file system");
    assertThat(store.probe()).contains(VolumeFault.READ_ONLY);
    assertThat(store.probe()).isEmpty();
  }
}
