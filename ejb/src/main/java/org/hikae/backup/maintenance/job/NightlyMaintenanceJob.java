package org.hikae.backup.maintenance.job;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.EJBException;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.hikae.backup.ciphertext.store.CiphertextStoreException;
import org.hikae.backup.service.SecondStore;
import org.hikae.backup.service.SecondStoreHealth;
import org.hikae.enrollment.service.ResticCredentialExpiryNotices;
import org.hikae.runtime.service.Settings;

/**
 * The nightly work: goes through all repositories, decides what goes and collects what nothing
 * needs. Before that it tells of backups that did not come and of credentials that will end. Only
 * one portal of a database does it at a time; what one leaves when it ends, another goes on with. A
 * repository that fails is left as it is, and the others are done. After each step it rests for as
 * long as the step took, so that backups beside it keep most of their speed.
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class NightlyMaintenanceJob {

  private static final System.Logger LOG = System.getLogger(NightlyMaintenanceJob.class.getName());

  /** Longest rest: one step over a very large repository is not waited for twice. */
  private static final Duration LONGEST_REST = Duration.ofSeconds(1);

  @Inject private NightlyMaintenanceSteps steps;
  @Inject private MissedBackupNotices missed;
  @Inject private ResticCredentialExpiryNotices expiryNotices;
  @Inject private SecondStore secondStore;
  @Inject private SecondStoreHealth secondStoreHealth;
  @Inject private Settings settings;
  @Inject private Clock clock;

  /**
   * Does the work if it is due.
   *
   * @param worker this portal, by a name no other has
   * @return whether it was
   */
  public boolean work(String worker) {
    Instant wall = clock.instant();
    Optional<Instant> due = settings.nightly().due(wall);
    Optional<NightlyMaintenanceSteps.StartedRun> begun =
        due.flatMap(since -> steps.begin(worker, wall, since));
    if (begun.isEmpty()) {
      return false;
    }
    if (begun.get().jumped()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "The clock of this server has jumped, or nothing was done for days; tonight nothing is"
              + " dropped and nothing removed");
      steps.end(worker, wall);
      return true;
    }
    try {
      pages(after -> missed.step(after, wall));
      pages(after -> expiryNotices.step(after, wall));
      repositoriesAfter(begun.get().cursor(), worker, wall);
      steps.removeUnfinished(wall);
    } catch (InterruptedException e) {
      // The server stops; the next look goes on after the last repository that was done.
      Thread.currentThread().interrupt();
    }
    return true;
  }

  /** From the first page to the last; each names what the next begins after. */
  private static void pages(Function<String, Optional<String>> step) {
    Optional<String> after = Optional.of("");
    while (after.isPresent()) {
      after = step.apply(after.get());
    }
  }

  private void repositoriesAfter(long first, String worker, Instant wall)
      throws InterruptedException {
    long cursor = first;
    List<Long> page = steps.repositories(cursor);
    while (!page.isEmpty()) {
      for (long repositoryId : page) {
        boolean failed = !repository(repositoryId, wall);
        if (!steps.done(worker, clock.instant(), repositoryId, failed)) {
          return;
        }
        cursor = repositoryId;
      }
      page = steps.repositories(cursor);
    }
    steps.end(worker, clock.instant());
  }

  private boolean repository(long repositoryId, Instant wall) throws InterruptedException {
    try {
      long began = System.nanoTime();
      steps.decide(repositoryId, wall);
      rest(began);
      untilDone(() -> steps.sweep(repositoryId, wall));
      if (settings.storesBesideDatabase()) {
        untilDone(() -> steps.removeLeftovers(repositoryId, wall));
      }
      ofCopies(repositoryId, wall);
      return true;
    } catch (EJBException | CiphertextStoreException | IllegalStateException e) {
      LOG.log(
          System.Logger.Level.ERROR,
          "Repository " + repositoryId + " was left as it is in the nightly work",
          e);
      return false;
    }
  }

  /** The second store waits for the next night when it cannot be used. */
  private void ofCopies(long repositoryId, Instant wall) throws InterruptedException {
    if (secondStore.store().isEmpty() || secondStoreHealth.fault().isPresent()) {
      return;
    }
    try {
      untilDone(() -> steps.removeLeftoversOfCopies(repositoryId, wall));
    } catch (EJBException | CiphertextStoreException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "Copies of repository {0} were not tidied in the nightly work: {1}",
          repositoryId,
          e.toString());
    }
  }

  /** Steps until one says that there is no more, with rests. */
  private static void untilDone(BooleanSupplier step) throws InterruptedException {
    boolean more = true;
    while (more) {
      long began = System.nanoTime();
      more = step.getAsBoolean();
      rest(began);
    }
  }

  private static void rest(long began) throws InterruptedException {
    Duration worked = Duration.ofNanos(System.nanoTime() - began);
    Thread.sleep(worked.compareTo(LONGEST_REST) < 0 ? worked : LONGEST_REST);
  }
}
