package org.hikae.backup.ciphertext.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.hikae.backup.ciphertext.store.CiphertextStore.StoredDigest;
import org.hikae.hk1.Hash256;

/**
 * What several writers do to objects in files, each step named before and after it; and what must
 * hold of it when the power went in between.
 */
final class PowerCutScenario {

  private static final long REPOSITORY = 1;
  private static final int WRITERS = 3;
  private static final int STEPS = 120;
  private static final int MAX_BYTES = 60_000;

  /** Steps of {@link #STEPS} that do not store a new object. */
  private static final int OTHER_STEPS = 3;

  /** Where steps are named. */
  @FunctionalInterface
  interface StepMarker {
    void set(String text) throws IOException;
  }

  /**
   * What became of objects at all cuts together.
   *
   * @param kept acknowledged and there
   * @param gone deleted, acknowledged, and not there
   * @param saved not acknowledged, and there
   * @param lost not acknowledged, and not there
   * @param orphans files that no row names
   */
  record CutTally(int kept, int gone, int saved, int lost, int orphans) {

    static final CutTally NONE = new CutTally(0, 0, 0, 0, 0);

    CutTally plus(CutTally other) {
      return new CutTally(
          kept + other.kept,
          gone + other.gone,
          saved + other.saved,
          lost + other.lost,
          orphans + other.orphans);
    }
  }

  private final ThreadBoundTransactions transactions;
  private final FileCiphertextStore store;
  private final long seed;

  PowerCutScenario(DataSource database, Path folder, long seed) {
    this.transactions = new ThreadBoundTransactions(database);
    this.store = opened(transactions, folder);
    this.seed = seed;
  }

  /** The tables of the store alone. */
  static void createTables(DataSource database) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "create table ciphertext_file (repository_id bigint not null, name bytea not null,"
              + " size_bytes integer not null, slot integer not null,"
              + " primary key (repository_id, name));"
              + " create table ciphertext_folder (folder_id integer primary key, mark varchar(32))");
    }
  }

  /** Sets the folder up. */
  static void open(DataSource database, Path folder) {
    opened(new ThreadBoundTransactions(database), folder);
  }

  private static FileCiphertextStore opened(ThreadBoundTransactions transactions, Path folder) {
    FileCiphertextStore store =
        new FileCiphertextStore(
            transactions, folder, transactions, Clock.systemUTC(), new Random());
    assertThat(store.probe()).isEmpty();
    return store;
  }

  private static byte[] bytes(int number) {
    Random content = new Random(number);
    byte[] bytes = new byte[1 + content.nextInt(MAX_BYTES)];
    content.nextBytes(bytes);
    return bytes;
  }

  private static ObjectKey key(int number) {
    return new ObjectKey(REPOSITORY, Hash256.sha256(bytes(number)));
  }

  /** Lets the writers work at the same time. */
  void run(StepMarker marks) throws Exception {
    try (ExecutorService pool = Executors.newFixedThreadPool(WRITERS)) {
      List<Future<?>> writers = new ArrayList<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        int first = writer * STEPS;
        writers.add(
            pool.submit(
                () -> {
                  write(first, new Random(seed + first), marks);
                  return null;
                }));
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
    }
  }

  private void write(int first, Random random, StepMarker marks) throws Exception {
    List<Integer> stored = new ArrayList<>();
    for (int number = first; number < first + STEPS; number++) {
      int what = random.nextInt(2 * OTHER_STEPS);
      if (stored.isEmpty() || what >= OTHER_STEPS) {
        put(number, marks);
        stored.add(number);
        continue;
      }
      int chosen = stored.get(random.nextInt(stored.size()));
      byte[] bytes = bytes(chosen);
      switch (what) {
        case 0 -> {
          marks.set("d " + chosen);
          inTransaction(() -> store.delete(key(chosen)));
          marks.set("D " + chosen);
          stored.removeIf(each -> each == chosen);
        }
        case 1 ->
            inTransaction(
                () -> {
                  store.replace(key(chosen), bytes);
                  return true;
                });
        default -> {
          // Comes again after it was deleted, in place of a file that is still there.
          marks.set("d " + chosen);
          inTransaction(() -> store.delete(key(chosen)));
          put(chosen, marks);
        }
      }
    }
  }

  private void put(int number, StepMarker marks) throws Exception {
    byte[] bytes = bytes(number);
    marks.set("p " + number);
    inTransaction(() -> store.put(key(number), bytes));
    marks.set("P " + number);
  }

  private <T> T inTransaction(Callable<T> work) throws Exception {
    return inTransaction(transactions, work);
  }

  private static <T> T inTransaction(ThreadBoundTransactions transactions, Callable<T> work)
      throws Exception {
    try (Connection connection = transactions.begin()) {
      T result = work.call();
      connection.commit();
      return result;
    } finally {
      transactions.end();
    }
  }

  /** What was acknowledged is there and whole, and the store goes on. */
  static CutTally require(DataSource database, Path folder, List<String> marks, String moment)
      throws Exception {
    ThreadBoundTransactions transactions = new ThreadBoundTransactions(database);
    FileCiphertextStore store = opened(transactions, folder);
    Map<Integer, Character> last = new HashMap<>();
    marks.forEach(mark -> last.put(Integer.parseInt(mark.substring(2)), mark.charAt(0)));
    CutTally tally = CutTally.NONE;
    for (Map.Entry<Integer, Character> each : last.entrySet()) {
      tally = tally.plus(require(store, each.getKey(), each.getValue(), moment));
    }
    List<ObjectKey> rows = rows(database);
    requireWhole(store, rows, moment);
    int files = requireNamedByHash(folder.resolve(FileLayout.OBJECTS), moment);
    Instant later = Instant.now().plus(Duration.ofDays(1));
    store.removeUnfinished(later);
    inTransaction(transactions, () -> store.removeLeftovers(REPOSITORY, later, files));
    byte[] next = bytes(-1);
    assertThat(inTransaction(transactions, () -> store.put(key(-1), next))).as(moment).isTrue();
    rows.add(key(-1));
    requireWhole(store, rows, moment + ", tidied");
    return tally.plus(new CutTally(0, 0, 0, 0, files - rows.size() + 1));
  }

  private static CutTally require(FileCiphertextStore store, int number, char last, String moment) {
    boolean there = store.exists(key(number));
    return switch (last) {
      case 'P' -> {
        assertThat(there).as("%s: object %d was acknowledged", moment, number).isTrue();
        yield new CutTally(1, 0, 0, 0, 0);
      }
      case 'D' -> {
        assertThat(there).as("%s: object %d was deleted", moment, number).isFalse();
        yield new CutTally(0, 1, 0, 0, 0);
      }
      default -> new CutTally(0, 0, there ? 1 : 0, there ? 0 : 1, 0);
    };
  }

  private static List<ObjectKey> rows(DataSource database) throws SQLException {
    List<ObjectKey> keys = new ArrayList<>();
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement("select name from ciphertext_file");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        keys.add(new ObjectKey(REPOSITORY, Hash256.of(rows.getBytes(1))));
      }
    }
    return keys;
  }

  private static void requireWhole(FileCiphertextStore store, List<ObjectKey> keys, String moment) {
    for (ObjectKey key : keys) {
      assertThat(store.digest(key).map(StoredDigest::hash))
          .as("%s: %s", moment, key)
          .contains(key.name());
    }
  }

  /** What has its name is whole, whether a row names it or not; how many there are. */
  private static int requireNamedByHash(Path objects, String moment) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(objects)) {
      all = walk.filter(Files::isRegularFile).toList();
    }
    for (Path file : all) {
      String name = file.getFileName().toString();
      assertThat(Hash256.sha256(Files.readAllBytes(file)).hex())
          .as("%s: %s", moment, file)
          .isEqualTo(name.substring(0, 64));
    }
    return all.size();
  }
}
