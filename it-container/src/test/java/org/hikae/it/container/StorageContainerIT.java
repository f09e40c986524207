package org.hikae.it.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.UserTransaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.hikae.backup.ciphertext.store.CiphertextStore;
import org.hikae.backup.ciphertext.store.CiphertextStore.StoredDigest;
import org.hikae.backup.ciphertext.store.DatabaseCiphertextStore;
import org.hikae.backup.ciphertext.store.FileCiphertextStore;
import org.hikae.backup.ciphertext.store.ObjectKey;
import org.hikae.backup.ciphertext.store.VolumeFault;
import org.hikae.backup.maintenance.job.NightlyMaintenanceSteps;
import org.hikae.backup.maintenance.job.StoreMoveJob;
import org.hikae.backup.service.JtaTransactionParticipants;
import org.hikae.backup.service.StorageHealth;
import org.hikae.identity.value.EmployeeId;
import org.hikae.identity.wire.RealmNames;
import org.hikae.it.container.fixture.DualControlFixture;
import org.hikae.it.container.fixture.MaintenanceFixture;
import org.hikae.it.container.fixture.PlainListener;
import org.hikae.it.container.fixture.ShippedEar;
import org.hikae.it.container.fixture.StoredBytesFixture;
import org.hikae.it.container.fixture.TestCaller;
import org.hikae.lifecycle.boundary.LegalHoldCommands;
import org.hikae.lifecycle.view.SetLegalHold;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.service.StorageFailureClassifier;
import org.hikae.problem.wire.ProblemCode;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.as.arquillian.api.ServerSetup;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Files take part in the server's own transactions; where the portal keeps ciphertext in files, its
 * nightly work tidies them. Time budget: 3 seconds on each database beside the server's start.
 */
@ExtendWith(ArquillianExtension.class)
@ServerSetup(PlainListener.class)
class StorageContainerIT {

  private static final TestCaller ANN =
      TestCaller.portal("files-ann", RealmNames.EMPLOYEE, RealmNames.BACKUP_ADMIN);
  private static final SetLegalHold CASE = new SetLegalHold("Case 40/2026");
  private static final Duration GRACE = Duration.ofDays(7);
  private static final String FILE = "a file of the test";

  @Inject private MaintenanceFixture maintenanceFixture;
  @Inject private StoredBytesFixture storedBytes;
  @Inject private DualControlFixture dualControlFixture;
  @Inject private LegalHoldCommands holds;
  @Inject private NightlyMaintenanceSteps maintenanceSteps;
  @Inject private StoreMoveJob storeMoveJob;
  @Inject private CiphertextStore store;
  @Inject private StorageHealth health;

  @Resource(lookup = "java:jboss/UserTransaction")
  private UserTransaction transaction;

  @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
  private TransactionSynchronizationRegistry registry;

  @Deployment
  static EnterpriseArchive ear() {
    return ShippedEar.withTests();
  }

  /** A folder of the test's own, whatever store the portal has. */
  private FileCiphertextStore opened(Path folder) throws Exception {
    List<String> marks = maintenanceFixture.texts("select mark from ciphertext_folder");
    if (!marks.isEmpty()) {
      Files.writeString(folder.resolve("hikae-store"), marks.getFirst());
    }
    FileCiphertextStore files =
        new FileCiphertextStore(
            maintenanceFixture.application(),
            folder,
            new JtaTransactionParticipants(registry),
            Clock.systemUTC(),
            new SecureRandom());
    assertThat(files.probe()).isEmpty();
    return files;
  }

  /** In the server's own temporary folder, which goes with the server. */
  private static Path folderOfTheServer() throws IOException {
    return Files.createTempDirectory(
        Path.of(System.getProperty("jboss.server.temp.dir")), "hikae-files");
  }

  private static List<Path> filesIn(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void a_file_gets_its_name_with_the_transaction_and_goes_with_it() throws Exception {
    Path folder = folderOfTheServer();
    FileCiphertextStore files = opened(folder);
    MaintenanceFixture.BackupSeries series = maintenanceFixture.series("files-own");
    series.commit("something else");
    ObjectKey key = StoredBytesFixture.key(series.repositoryId(), FILE);

    transaction.begin();
    assertThat(files.put(key, MaintenanceFixture.bytes(FILE))).isTrue();
    assertThat(filesIn(folder.resolve("incoming"))).hasSize(1);
    transaction.rollback();
    assertThat(filesIn(folder.resolve("incoming"))).isEmpty();
    assertThat(files.exists(key)).isFalse();

    assertThat(
            storedBytes.inTransaction(
                () -> {
                  boolean fresh = files.put(key, MaintenanceFixture.bytes(FILE));
                  assertThat(folder.resolve("objects")).isEmptyDirectory();
                  return fresh;
                }))
        .isTrue();
    assertThat(filesIn(folder.resolve("incoming"))).isEmpty();
    assertThat(filesIn(folder.resolve("objects")))
        .singleElement()
        .satisfies(file -> assertThat(file).hasContent(FILE));
    assertThat(files.exists(key)).isTrue();

    assertThat(storedBytes.inTransaction(() -> files.erase(key))).isTrue();
    assertThat(filesIn(folder.resolve("objects"))).isEmpty();
  }

  @Test
  void a_file_that_cannot_get_its_name_rolls_the_transaction_back_and_says_why() throws Exception {
    Path folder = folderOfTheServer();
    FileCiphertextStore files = opened(folder);
    MaintenanceFixture.BackupSeries series = maintenanceFixture.series("files-lost");
    series.commit("something else");
    ObjectKey key = StoredBytesFixture.key(series.repositoryId(), FILE);
    Throwable failure =
        catchThrowable(
            () ->
                storedBytes.inTransaction(
                    () -> {
                      boolean fresh = files.put(key, MaintenanceFixture.bytes(FILE));
                      for (Path waiting : filesIn(folder.resolve("incoming"))) {
                        Files.delete(waiting);
                      }
                      return fresh;
                    }));
    assertThat(StorageFailureClassifier.behind(failure))
        .as("%s", failure)
        .map(Refusal::code)
        .contains(ProblemCode.STORAGE_UNAVAILABLE);
    assertThat(
            maintenanceFixture.number(
                "select count(*) from ciphertext_file where repository_id = "
                    + series.repositoryId()
                    + " and size_bytes = "
                    + FILE.length()))
        .isZero();
    assertThat(files.exists(key)).isFalse();
  }

  @Test
  @EnabledIfEnvironmentVariable(named = "HIKAE_STORE", matches = "files")
  void what_was_deleted_goes_after_the_grace_and_what_lies_in_the_database_is_brought_over()
      throws Exception {
    MaintenanceFixture.BackupSeries series = maintenanceFixture.series("files-tidy");
    series.commit("tidy kept");
    long repositoryId = series.repositoryId();
    ObjectKey deleted = storedBytes.deleted(repositoryId, "tidy deleted");
    ObjectKey former = StoredBytesFixture.key(repositoryId, FILE);
    DatabaseCiphertextStore database =
        new DatabaseCiphertextStore(maintenanceFixture.application());
    assertThat(
            storedBytes.inTransaction(() -> database.put(former, MaintenanceFixture.bytes(FILE))))
        .isTrue();

    Instant now = Instant.now();
    tidy(repositoryId, now);
    bringOver(database, former);
    assertThat(storedBytes.file(deleted)).exists();
    assertThat(database.exists(former)).isFalse();
    assertThat(storedBytes.file(former)).hasContent(FILE);
    assertThat(store.digest(former)).contains(new StoredDigest(FILE.length(), former.name()));

    Instant later = now.plus(GRACE).plusSeconds(60);
    ANN.run(() -> holds.set(new EmployeeId(series.employeeId()), CASE));
    tidy(repositoryId, later);
    assertThat(storedBytes.file(deleted)).as("under a legal hold").exists();
    dualControlFixture.lift(series.employeeId());
    tidy(repositoryId, later);
    assertThat(storedBytes.file(deleted)).doesNotExist();
    assertThat(storedBytes.file(former)).exists();
    maintenanceFixture.download(series.owner, "tidy kept");
    assertThat(storedBytes.inTransaction(() -> store.erase(former))).isTrue();
  }

  private void tidy(long repositoryId, Instant now) {
    while (maintenanceSteps.removeLeftovers(repositoryId, now)) {
      // Goes on until nothing is left.
    }
  }

  /** The portal's own timer may be at it, too. */
  private void bringOver(DatabaseCiphertextStore former, ObjectKey key) throws Exception {
    Instant deadline = Instant.now().plusSeconds(120);
    while (former.holds(key)) {
      assertThat(Instant.now()).isBefore(deadline);
      boolean _ = storeMoveJob.work("storage-test");
    }
  }

  @Test
  @EnabledIfEnvironmentVariable(named = "HIKAE_STORE", matches = "files")
  void a_folder_that_is_not_there_is_told_until_it_is_back() throws Exception {
    // A folder for which nothing is recorded is set up anew.
    maintenanceFixture.series("files-gone").commit("what the folder holds");
    assertThat(health.fault()).isEmpty();
    Path mark = storedBytes.folder().resolve("hikae-store");
    Path elsewhere = Files.move(mark, mark.resolveSibling("elsewhere"));
    try {
      health.probe();
      assertThat(health.fault()).contains(VolumeFault.NOT_THERE);
    } finally {
      Files.move(elsewhere, mark);
    }
    health.probe();
    assertThat(health.fault()).isEmpty();
  }
}
