package org.hikae.backup.ciphertext.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.hikae.hk1.Hash256;
import org.hikae.persistence.testing.EmployeeFixture;
import org.hikae.persistence.testing.TestDatabase;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.PostgresServers;
import org.hikae.testing.TestEffort;
import org.hikae.testing.TestScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What was acknowledged survives the death of the process that holds the database: on H2 the portal
 * itself, on PostgreSQL the server; and of the portal that writes files. (That it survives a power
 * cut, no test here can show.)
 */
class CiphertextStoreCrashTest {

  private static final int ACKNOWLEDGED = 40;
  private static final int ROUNDS = 4;

  @TempDir private Path folder;

  @Test
  void h2_keeps_what_a_portal_had_acknowledged_that_is_killed_and_stopped_in_turn()
      throws Exception {
    TestDatabase before = TestDatabase.h2(folder);
    long repository =
        before.inTransaction(em -> EmployeeFixture.person(em, "Crash").repositoryId());
    before.shutDown();
    List<String> acknowledged = new ArrayList<>();
    int rounds = TestScope.ofThisRun().isShort() ? 1 : ROUNDS * TestEffort.factor();
    for (int round = 1; round <= rounds; round++) {
      acknowledged.addAll(acknowledgeUntilKilled(repository, ACKNOWLEDGED * round / rounds));
      // The first start and stop after the kill are where H2 2.2.224 lost what it still had.
      TestDatabase.h2(folder).shutDown();
      TestDatabase after = TestDatabase.h2(folder);
      try {
        requireAll(new DatabaseCiphertextStore(after.application()), repository, acknowledged);
      } finally {
        after.shutDown();
      }
    }
  }

  @EveryThirdRun
  @Test
  void files_keep_what_a_killed_portal_had_acknowledged_and_what_it_left_goes() throws Exception {
    Path files = Files.createDirectory(folder.resolve("files"));
    TestDatabase before = TestDatabase.h2(folder);
    long repository =
        before.inTransaction(em -> EmployeeFixture.person(em, "Crash").repositoryId());
    before.shutDown();
    List<String> acknowledged = new ArrayList<>();
    int rounds = TestScope.ofThisRun().isShort() ? 1 : ROUNDS * TestEffort.factor();
    for (int round = 1; round <= rounds; round++) {
      acknowledged.addAll(
          acknowledgeUntilKilled(repository, ACKNOWLEDGED * round / rounds, files.toString()));
      TestDatabase after = TestDatabase.h2(folder);
      try {
        ThreadBoundTransactions transactions = new ThreadBoundTransactions(after.application());
        FileCiphertextStore store =
            CiphertextChildMain.inFiles(transactions, files, new Random(round));
        requireAll(store, repository, acknowledged);
        requireNamedByHash(files.resolve(FileLayout.OBJECTS));
        Instant later = Instant.now().plus(Duration.ofDays(1));
        store.removeUnfinished(later);
        assertThat(files.resolve(FileLayout.INCOMING)).isEmptyDirectory();
        try (Connection connection = transactions.begin()) {
          assertThat(store.removeLeftovers(repository, later, 10).removed()).isLessThanOrEqualTo(1);
          connection.commit();
        } finally {
          transactions.end();
        }
        requireAll(store, repository, acknowledged);
      } finally {
        after.shutDown();
      }
    }
  }

  /** What has its name is whole, whether a row names it or not. */
  private static void requireNamedByHash(Path objects) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(objects)) {
      all = walk.filter(Files::isRegularFile).toList();
    }
    for (Path file : all) {
      assertThat(Hash256.sha256(Files.readAllBytes(file)).hex())
          .isEqualTo(file.getFileName().toString());
    }
  }

  private List<String> acknowledgeUntilKilled(long repository, int atLeast, String... files)
      throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // Starts in half the time; the sooner it is killed the more is unwritten.
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                CiphertextChildMain.class.getName(),
                folder.toString(),
                Long.toString(repository)));
    command.addAll(List.of(files));
    Process child =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    List<String> acknowledged = new ArrayList<>();
    try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
      while (acknowledged.size() < atLeast) {
        String line = lines.readLine();
        assertThat(line).as("the child acknowledges").isNotNull();
        acknowledged.add(line);
      }
      child.destroyForcibly();
    }
    assertThat(child.waitFor(2, TimeUnit.MINUTES)).isTrue();
    return acknowledged;
  }

  private static void requireAll(CiphertextStore store, long repository, List<String> names)
      throws Exception {
    for (String name : names) {
      ObjectKey key = new ObjectKey(repository, Hash256.parse(name));
      try (InputStream in = store.open(key, 0, 20_000).orElseThrow()) {
        assertThat(Hash256.sha256(in.readAllBytes())).isEqualTo(key.name());
      }
    }
  }

  @EveryThirdRun
  @Test
  void postgresql_keeps_what_a_killed_server_had_acknowledged() throws Exception {
    Path data = folder.resolve("pg");
    EmbeddedPostgres server = start(data);
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "create table ciphertext (ciphertext_id bigint generated always as identity primary key,"
              + " repository_id bigint, name bytea, size_bytes int, unique (repository_id, name));"
              + " create table ciphertext_page (ciphertext_id bigint, number int, bytes bytea,"
              + " primary key (ciphertext_id, number))");
    }
    ThreadBoundTransactions transactions =
        new ThreadBoundTransactions(server.getPostgresDatabase());
    CiphertextStore store = new DatabaseCiphertextStore(transactions);
    Random random = new Random(5);
    List<Hash256> acknowledged = new ArrayList<>();
    for (int i = 0; i < ACKNOWLEDGED; i++) {
      byte[] bytes = new byte[20_000];
      random.nextBytes(bytes);
      Hash256 name = Hash256.sha256(bytes);
      try (Connection connection = transactions.begin()) {
        store.put(new ObjectKey(1, name), bytes);
        connection.commit();
      } finally {
        transactions.end();
      }
      acknowledged.add(name);
    }
    kill(data);
    forget(server);
    EmbeddedPostgres again = start(data);
    try {
      CiphertextStore after = new DatabaseCiphertextStore(again.getPostgresDatabase());
      for (Hash256 name : acknowledged) {
        try (InputStream in = after.open(new ObjectKey(1, name), 0, 20_000).orElseThrow()) {
          assertThat(Hash256.sha256(in.readAllBytes())).isEqualTo(name);
        }
      }
    } finally {
      again.close();
    }
  }

  private static EmbeddedPostgres start(Path data) throws IOException {
    return PostgresServers.durable()
        .setDataDirectory(data.toFile())
        .setCleanDataDirectory(false)
        .start();
  }

  /** Lets go of the lock file in the data directory; there is no server left to stop. */
  private static void forget(EmbeddedPostgres killed) {
    try {
      killed.close();
    } catch (IOException | IllegalStateException expected) {
      assertThat(expected).isNotNull();
    }
  }

  /** Ends the server and its children, all of them ours, without letting them write anything. */
  private static void kill(Path data) throws IOException {
    long pid =
        Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip());
    ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
    List<ProcessHandle> all = new ArrayList<>(server.descendants().toList());
    all.addFirst(server);
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(process -> process.onExit().join());
  }
}
