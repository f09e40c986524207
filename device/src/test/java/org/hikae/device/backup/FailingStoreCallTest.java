package org.hikae.device.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.files.EdgeCaseTree;
import org.hikae.device.files.FileHandle;
import org.hikae.device.files.TemporaryTree;
import org.hikae.device.files.TreeComparator;
import org.hikae.device.run.ProgressListener;
import org.hikae.device.store.BackupStore;
import org.hikae.device.store.BackupStoreException;
import org.hikae.hk1.Hash256;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The n-th call to the store fails, whatever it is, n = 1, 2, 3 … until a backup runs through: once
 * before it is done, once done but not answered. Here the agent's side is tried; the server's is
 * tried with failing writes by {@code FailingWritesTest} and {@code NthWriteIT}. Budget: 5 seconds.
 */
@Timeout(120)
class FailingStoreCallTest {

  private final BackupFixture backupFixture = new BackupFixture();
  private final AtomicInteger calls = new AtomicInteger();
  private TemporaryTree tree;
  private EdgeCaseTree maker;
  private Path cache;

  @BeforeEach
  void open() throws Exception {
    tree = TemporaryTree.apart();
    maker = new EdgeCaseTree(tree.files(), 8);
    try (FileHandle source = tree.makeDirectory("source")) {
      maker.file(source, EdgeCaseTree.name("first"), maker.bytes(100_000));
    }
    cache = Files.createDirectory(tree.place().resolve("cache"));
    assertThat(backUp(0, true).result()).isEqualTo(RunResult.SUCCESS);
  }

  @AfterEach
  void close() throws Exception {
    backupFixture.close();
    tree.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_backup_ends_well_or_says_why_and_the_store_never_holds_a_part(boolean before)
      throws Exception {
    int failing = 0;
    boolean through = false;
    while (!through) {
      failing++;
      try (FileHandle source = tree.makeDirectory("source")) {
        maker.file(source, EdgeCaseTree.name("of run " + failing), maker.bytes(50_000));
      }
      int committed = backupFixture.store().committed().size();
      try {
        assertThat(backUp(failing, before).result()).isEqualTo(RunResult.SUCCESS);
        through = calls.get() < failing;
      } catch (BackupStoreException e) {
        assertThat(e.result()).as("call %s", failing).isEqualTo(RunResult.NETWORK);
        assertThat(backupFixture.store().committed().size() - committed)
            .as("call %s", failing)
            .isBetween(0, before ? 0 : 1);
      }
      requireWhole(failing);
    }
    // Which packs are there, the series, a pack, the manifest, the root, the commit.
    assertThat(failing).isGreaterThan(4);
    List<SnapshotView> all = backupFixture.store().committed();
    restoresEqual(all.getLast());
    assertThat(
            backupFixture
                .restore(all.get(all.size() / 2), tree.path("source"), tree.path("h"))
                .result())
        .isEqualTo(RunResult.SUCCESS);
  }

  private BackupResult backUp(int failing, boolean before) throws Exception {
    calls.set(0);
    Clock clock = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(1));
    return new Backup(
            failing(failing, before),
            backupFixture.key(),
            BackupFixture.DEVICE,
            cache,
            clock,
            new SecureRandom())
        .run(BackupFixture.request(tree.path("source")), ProgressListener.NONE);
  }

  private BackupStore failing(int number, boolean before) {
    return (BackupStore)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {BackupStore.class},
            (proxy, method, arguments) -> {
              boolean fails = calls.incrementAndGet() == number;
              if (fails && before) {
                throw new BackupStoreException(RunResult.NETWORK, "no connection", null);
              }
              try {
                Object answer = method.invoke(backupFixture.store(), arguments);
                if (fails) {
                  throw new BackupStoreException(RunResult.NETWORK, "no answer", null);
                }
                return answer;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private void requireWhole(int failing) throws BackupStoreException {
    for (Map.Entry<Hash256, byte[]> object : backupFixture.store().objects().entrySet()) {
      assertThat(Hash256.sha256(object.getValue()))
          .as("call %s", failing)
          .isEqualTo(object.getKey());
    }
    for (SnapshotView view : backupFixture.store().committed()) {
      assertThat(backupFixture.store().missing(backupFixture.store().objects(view.snapshotId())))
          .as("call %s", failing)
          .isEmpty();
    }
  }

  private void restoresEqual(SnapshotView snapshot) throws Exception {
    assertThat(backupFixture.restore(snapshot, tree.path("source"), tree.path("target")).result())
        .isEqualTo(RunResult.SUCCESS);
    TreeComparator.assertEqual(tree.path("source"), tree.path("target"));
  }
}
