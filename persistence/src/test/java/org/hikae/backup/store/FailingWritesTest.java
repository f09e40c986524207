package org.hikae.backup.store;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManager;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.hibernate.Session;
import org.hikae.backup.ciphertext.store.DatabaseCiphertextStore;
import org.hikae.backup.ciphertext.store.ObjectKey;
import org.hikae.backup.entity.BackupRepository;
import org.hikae.backup.entity.Series;
import org.hikae.backup.entity.Snapshot;
import org.hikae.backup.entity.StoredObject;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.ObjectList;
import org.hikae.hk1.SnapshotStub;
import org.hikae.hk1.TextCodec;
import org.hikae.persistence.testing.EmployeeFixture;
import org.hikae.persistence.testing.EmployeeFixture.EnrolledEmployee;
import org.hikae.persistence.testing.FailingWriteDataSource;
import org.hikae.persistence.testing.OnBothDatabases;
import org.hikae.persistence.testing.TestDatabase;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The n-th write of the transactions that store an object and add a snapshot fails, n = 1, 2, 3 …
 * until both run through, on both databases: what is recorded and what is stored are one. These are
 * the real repositories and store without their container; with it, and by the real portal, the
 * same is tried on PostgreSQL by {@code NthWriteIT}. Budget: 15 seconds.
 */
@EveryThirdRun
class FailingWritesTest extends OnBothDatabases {

  private static final int OBJECT_BYTES = 30_000;

  Stream<Arguments> ways() {
    return databases()
        .flatMap(database -> Stream.of(true, false).map(each -> Arguments.of(database, each)));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void an_object_or_a_snapshot_is_there_whole_or_not_at_all(TestDatabase database, boolean before)
      throws Exception {
    EnrolledEmployee enrolledEmployee =
        database.inTransaction(em -> EmployeeFixture.person(em, "Failing"));
    FailingWriteDataSource writes = new FailingWriteDataSource();
    TestDatabase failing = database.by(writes::over);
    int stored = 0;
    int committed = 0;
    boolean through = false;
    try {
      for (int number = 1; !through; number++) {
        String round = "write " + number + (before ? " before" : " after");
        writes.fail(number, before);
        byte[] bytes = bytes(round);
        boolean answered = answered(failing, em -> store(em, enrolledEmployee, bytes));
        int now = requireWhole(database, enrolledEmployee, round);
        assertThat(now - stored).as(round).isBetween(answered ? 1 : 0, answered || !before ? 1 : 0);
        stored = now;
        boolean added = answered(failing, em -> addSnapshot(em, enrolledEmployee));
        int snapshots = requireSeries(database, enrolledEmployee, round);
        assertThat(snapshots - committed)
            .as(round)
            .isBetween(added ? 1 : 0, added || !before ? 1 : 0);
        committed = snapshots;
        through = !writes.failed();
        assertThat(answered && added).as(round).isEqualTo(through);
      }
      // Three statements and a commit for an object, four and a commit for a snapshot.
      assertThat(stored).isGreaterThan(2);
      assertThat(committed).isGreaterThan(2);
    } finally {
      failing.shutDown();
    }
  }

  /** What a transaction does. */
  @FunctionalInterface
  private interface Work {
    void in(EntityManager em);
  }

  private static boolean answered(TestDatabase database, Work work) {
    try {
      database.inTransaction(
          em -> {
            work.in(em);
            return true;
          });
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }

  private static byte[] bytes(String seed) {
    byte[] bytes = new byte[OBJECT_BYTES];
    new java.util.Random(seed.hashCode()).nextBytes(bytes);
    return bytes;
  }

  /** As the portal stores a received object. */
  private static void store(EntityManager em, EnrolledEmployee enrolledEmployee, byte[] bytes) {
    ObjectKey key = new ObjectKey(enrolledEmployee.repositoryId(), Hash256.sha256(bytes));
    em.unwrap(Session.class)
        .doWork(connection -> new DatabaseCiphertextStore(only(connection)).put(key, bytes));
    StoredObjectStore objects = new StoredObjectStore(em);
    objects.count(
        objects.add(
            new StoredObject(
                enrolledEmployee.repositoryId(), key.name(), bytes.length, EmployeeFixture.START)));
  }

  /** As the portal adds a snapshot to a series. */
  private static void addSnapshot(EntityManager em, EnrolledEmployee enrolledEmployee) {
    SnapshotStore snapshots = new SnapshotStore(em);
    BackupRepository repository =
        new StoredObjectStore(em).repositoryOf(enrolledEmployee.setId()).orElseThrow();
    Series series =
        snapshots.lockSeries(enrolledEmployee.repositoryId(), enrolledEmployee.deviceId());
    Snapshot snapshot =
        new Snapshot(
            repository,
            stub(enrolledEmployee, series.lastSequence() + 1, series.lastStub()),
            new Snapshot.Figures(0, 10, 1, 5),
            EmployeeFixture.START);
    snapshots.add(snapshot, new long[0]);
    series.advance(snapshot);
  }

  private static SnapshotStub stub(
      EnrolledEmployee enrolledEmployee, long sequence, String previous) {
    try {
      return new SnapshotStub(
          TextCodec.parseId("set", enrolledEmployee.setId()),
          TextCodec.parseId("device", enrolledEmployee.deviceId()),
          1,
          sequence,
          Hash256.parse(previous),
          Hash256.sha256(("root" + sequence).getBytes(StandardCharsets.UTF_8)),
          ObjectList.hash(List.of()));
    } catch (MalformedException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** A data source of one connection, which stays open, as JTA gives it. */
  private static DataSource only(Connection connection) {
    Connection kept =
        (Connection)
            Proxy.newProxyInstance(
                FailingWritesTest.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                  try {
                    return method.getName().equals("close")
                        ? null
                        : method.invoke(connection, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    return (DataSource)
        Proxy.newProxyInstance(
            FailingWritesTest.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, arguments) -> kept);
  }

  /** Every recorded object has its bytes, no bytes are without a record, and the figures fit. */
  private static int requireWhole(
      TestDatabase database, EnrolledEmployee enrolledEmployee, String round) throws Exception {
    List<byte[]> names =
        database.inTransaction(
            em ->
                em.createQuery(
                        "select o.name from StoredObject o where o.repositoryId = :repository",
                        byte[].class)
                    .setParameter("repository", enrolledEmployee.repositoryId())
                    .getResultList());
    DatabaseCiphertextStore store = new DatabaseCiphertextStore(database.application());
    for (byte[] each : names) {
      ObjectKey key = new ObjectKey(enrolledEmployee.repositoryId(), Hash256.of(each));
      try (InputStream in = store.open(key, 0, OBJECT_BYTES).orElseThrow()) {
        assertThat(Hash256.sha256(in.readAllBytes())).as(round).isEqualTo(key.name());
      }
    }
    assertThat(count(database, "ciphertext", enrolledEmployee)).as(round).isEqualTo(names.size());
    BackupRepository repository =
        database.inTransaction(
            em -> new StoredObjectStore(em).repositoryOf(enrolledEmployee.setId()).orElseThrow());
    assertThat(repository.objectCount()).as(round).isEqualTo(names.size());
    assertThat(repository.storedBytes()).as(round).isEqualTo((long) OBJECT_BYTES * names.size());
    return names.size();
  }

  private static int requireSeries(
      TestDatabase database, EnrolledEmployee enrolledEmployee, String round) {
    int snapshots = count(database, "snapshot", enrolledEmployee);
    long last =
        database.inTransaction(
            em ->
                new SnapshotStore(em)
                    .lockSeries(enrolledEmployee.repositoryId(), enrolledEmployee.deviceId())
                    .lastSequence());
    assertThat(last).as(round).isEqualTo(snapshots);
    assertThat(
            count(
                database, "snapshot join snapshot_objects using (snapshot_row)", enrolledEmployee))
        .as(round)
        .isEqualTo(snapshots);
    return snapshots;
  }

  private static int count(
      TestDatabase database, String tables, EnrolledEmployee enrolledEmployee) {
    return database.inTransaction(
        em ->
            ((Number)
                    em.createNativeQuery(
                            "select count(*) from " + tables + " where repository_id = :repository")
                        .setParameter("repository", enrolledEmployee.repositoryId())
                        .getSingleResult())
                .intValue());
  }
}
