package org.hikae.vault.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.hikae.testing.EveryThirdRun;
import org.hikae.vault.port.LedgerRow;
import org.hikae.vault.port.TamperedException;
import org.hikae.vault.port.UnavailableException;
import org.hikae.vault.port.VaultStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a store in a database does besides: roots, strangers' hands in the tables, killed processes.
 */
abstract class JdbcVaultStoreContract extends VaultStoreContract {

  static final byte[] ROOT_CHECK = bytes("the check of the right root");

  /** A process whose root gives another value. */
  abstract VaultStore process(byte[] rootCheck);

  /** How {@link StoreChildMain} reaches the test's database. */
  abstract List<String> childArguments();

  /** Runs SQL as somebody who has the database; nobody holds the lease. */
  abstract void tamper(String sql) throws Exception;

  @Override
  VaultStore process() {
    return process(ROOT_CHECK);
  }

  @Test
  void a_store_of_another_root_is_refused() {
    store.close();
    try (VaultStore stranger = process(bytes("the check of another root.."))) {
      for (int i = 0; i < 2; i++) {
        assertThatExceptionOfType(TamperedException.class)
            .isThrownBy(stranger::lease)
            .withMessage("The store was made under another root key.");
      }
      unavailable(() -> stranger.transact(rows -> rows));
    }
    awaitLease(another());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM meta WHERE name = 'root-check'",
        "UPDATE meta SET content = '' WHERE name = 'root-check'",
      })
  void a_store_that_does_not_know_its_root_is_refused(String sql) throws Exception {
    store.close();
    tamper(sql);
    VaultStore second = another();
    assertThatExceptionOfType(TamperedException.class).isThrownBy(second::lease);
  }

  @Test
  void a_store_of_another_version_is_refused() throws Exception {
    store.close();
    tamper("UPDATE meta SET content = " + hex("32") + " WHERE name = 'schema'");
    VaultStore second = another();
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(second::lease)
        .withMessage("The store has schema 2; this program knows schema 1.");
  }

  @Test
  void tables_that_a_crash_left_half_made_are_made() throws Exception {
    store.close();
    tamper("DELETE FROM meta");
    tamper("DROP TABLE note");
    VaultStore second = another();
    awaitLease(second);
    write(second, rows -> rows.putNote("n", bytes("x")));
    second.close();
    VaultStore third = another();
    awaitLease(third);
    write(third, rows -> assertThat(rows.note("n")).hasValue(bytes("x")));
  }

  /** How the database writes bytes. */
  String hex(String digits) {
    return "X'" + digits + "'";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE ledger SET seq = 7 WHERE seq = 2",
        "UPDATE ledger SET employee = (SELECT employee FROM ledger WHERE seq = 1) WHERE seq = 2",
        "UPDATE ledger SET entry = mac WHERE seq = 2",
      })
  void a_row_of_the_ledger_that_was_moved_or_altered_is_refused(String sql) throws Exception {
    write(
        store,
        rows -> {
          rows.append(row(1, ALICE));
          rows.append(row(2, BOB));
        });
    store.close();
    tamper(sql);
    VaultStore second = another();
    awaitLease(second);
    assertThatExceptionOfType(TamperedException.class)
        .isThrownBy(() -> second.transact(rows -> rows.rows(0, 10)));
    write(second, rows -> assertThat(rows.row(1)).isPresent());
  }

  @Test
  void threads_wait_for_each_other() throws Exception {
    int threads = 4;
    int each = 10;
    List<Future<?>> running = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      for (int i = 0; i < threads; i++) {
        running.add(
            pool.submit(
                () -> {
                  for (int j = 0; j < each; j++) {
                    write(store, rows -> rows.append(row(rows.rows(0, 100).size() + 1, BOB)));
                  }
                }));
      }
    }
    for (Future<?> one : running) {
      one.get();
    }
    write(store, rows -> assertThat(rows.rows(0, 100)).hasSize(threads * each));
  }

  @Test
  void an_interrupted_caller_costs_at_most_the_lease() {
    write(store, rows -> rows.putNote("before", bytes("x")));
    boolean done = false;
    Thread.currentThread().interrupt();
    try {
      write(store, rows -> rows.putNote("n", new byte[1_000_000]));
      done = true;
    } catch (UnavailableException e) {
      assertThat(e).hasMessageContaining("database");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    awaitLease(store);
    boolean found = store.transact(rows -> rows.note("n")).isPresent();
    assertThat(found || !done).isTrue();
    write(store, rows -> assertThat(rows.note("before")).isPresent());
    write(store, rows -> rows.putNote("after", bytes("x")));
  }

  /** Starts a child; the test's own store must be closed. */
  private Process child(StoreChildMain.Mode mode) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(StoreChildMain.class.getName());
    command.add(mode.name().toLowerCase(Locale.ROOT));
    command.addAll(childArguments());
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** Not Process.destroyForcibly, which also closes what is still to be read. */
  private static void kill(Process child) throws InterruptedException {
    child.toHandle().destroyForcibly();
    assertThat(child.waitFor(2, TimeUnit.MINUTES)).isTrue();
  }

  /** The number in the last line {@code committed N} that can be read up to {@code end}. */
  private static long readUntil(BufferedReader lines, String end) throws IOException {
    long acknowledged = 0;
    String line = lines.readLine();
    while (line != null && !line.equals(end)) {
      acknowledged = Long.parseLong(line.substring("committed ".length()));
      line = lines.readLine();
    }
    assertThat(line).as("the child says").isEqualTo(end);
    return acknowledged;
  }

  /** The last transaction that is there; each wrote a row and a note, and both must agree. */
  private long found() {
    long first = foundOnce();
    assertThat(foundOnce()).as("after an orderly close of what the kill left").isEqualTo(first);
    return first;
  }

  private long foundOnce() {
    VaultStore after = process();
    try (after) {
      awaitLease(after);
      return after.transact(
          rows -> {
            List<LedgerRow> ledger = rows.rows(0, 10_000);
            for (int i = 0; i < ledger.size(); i++) {
              assertThat(ledger.get(i).seq()).isEqualTo(i + 1);
            }
            String note = new String(rows.note("count").orElseThrow(), StandardCharsets.UTF_8);
            assertThat(note).isEqualTo(Long.toString(ledger.size()));
            return (long) ledger.size();
          });
    }
  }

  @EveryThirdRun
  @Test
  void a_kill_inside_a_transaction_keeps_what_was_acknowledged_and_no_more() throws Exception {
    store.close();
    Process child = child(StoreChildMain.Mode.STALL);
    try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
      long acknowledged = readUntil(lines, "inside");
      assertThat(acknowledged).isEqualTo(StoreChildMain.BEFORE_STALL);
      VaultStore meanwhile = another();
      assertThat(meanwhile.lease()).as("another process holds it").isFalse();
      kill(child);
      assertThat(found()).isEqualTo(acknowledged);
    } finally {
      kill(child);
    }
  }

  @EveryThirdRun
  @Test
  void a_kill_at_any_time_loses_nothing_that_was_acknowledged() throws Exception {
    store.close();
    Process child = child(StoreChildMain.Mode.RUN);
    try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
      readUntil(lines, "committed 30");
      child.toHandle().destroyForcibly();
      // What it had said before it died counts too.
      long acknowledged = 30;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        acknowledged++;
      }
      kill(child);
      assertThat(found()).isBetween(acknowledged, acknowledged + 1);
    } finally {
      kill(child);
    }
  }
}
