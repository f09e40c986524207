package org.hikae.backup.maintenance.job;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Asynchronous;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hikae.backup.ciphertext.store.CiphertextStore;
import org.hikae.backup.ciphertext.store.CiphertextStoreException;
import org.hikae.backup.ciphertext.store.ObjectKey;
import org.hikae.backup.maintenance.control.ScrubBudget;
import org.hikae.backup.maintenance.service.ObjectInspection;
import org.hikae.backup.value.ObjectRef;
import org.hikae.backup.value.RotKind;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.TextCodec;
import org.hikae.runtime.service.Settings;

/**
 * Reads stored objects again and compares them with their names, which needs no key. One run reads
 * on from where the last one stopped, for as long and as fast as the settings allow; at most one
 * portal does so at a time. No transaction is open while objects are read, and never more than a
 * slice of one is in memory. Where there is a second store, its copies are read as well, and each
 * store is healed from the other (ADR 73).
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ScrubJob {

  private static final System.Logger LOG = System.getLogger(ScrubJob.class.getName());

  @Inject private ScrubSteps steps;
  @Inject private CiphertextStore store;
  @Inject private SecondStoreInspection secondStoreInspection;
  @Inject private Settings settings;
  @Inject private SecureRandom random;
  @Inject private Clock clock;

  /**
   * What a run did.
   *
   * @param objects objects read
   * @param rotten those of them whose bytes are wrong, known ones included
   */
  public record Counts(long objects, long rotten) {}

  /** One run, which another thread does; nothing when one is under way. */
  @Asynchronous
  public void start() {
    try {
      Counts counts = run(true);
      LOG.log(System.Logger.Level.INFO, "Scrubbing was asked for: {0}", counts);
    } catch (RuntimeException e) {
      // Nobody waits for the answer.
      LOG.log(System.Logger.Level.WARNING, "Scrubbing failed", e);
    }
  }

  /**
   * One run.
   *
   * @param now whether a new pass begins although none is due
   */
  public Counts run(boolean now) {
    byte[] id = new byte[Hk1Constants.ID_BYTES];
    random.nextBytes(id);
    String holder = TextCodec.hex(id);
    ScrubSteps.Step first = steps.begin(holder, now);
    try {
      return read(holder, first);
    } catch (InterruptedException e) {
      // The server stops; the next run goes on.
      Thread.currentThread().interrupt();
      return new Counts(0, 0);
    } finally {
      steps.release(holder);
    }
  }

  private Counts read(String holder, ScrubSteps.Step first) throws InterruptedException {
    ScrubBudget budget =
        new ScrubBudget(
            Duration.ofSeconds(settings.scrubSeconds()),
            settings.scrubBytesPerSecond(),
            System::nanoTime);
    ObjectInspection inspection = new ObjectInspection(store);
    int readings = secondStoreInspection.readings();
    long objects = 0;
    long rotten = 0;
    ScrubSteps.Step next = first;
    while (!next.objects().isEmpty() && !budget.isUsedUp()) {
      List<ScrubSteps.Finding> read = new ArrayList<>();
      for (ObjectRef object : next.objects()) {
        Thread.sleep(budget.pause());
        Instant at = clock.instant();
        Optional<RotKind> rot = inspected(inspection, object, holder, read);
        read.add(new ScrubSteps.Finding(object, at, rot));
        budget.spend(object.sizeBytes() * readings);
        rotten += rot.isPresent() ? 1 : 0;
        if (budget.isUsedUp()) {
          break;
        }
      }
      objects += read.size();
      next = steps.record(holder, read);
    }
    return new Counts(objects, rotten);
  }

  /** When the storage does not answer, what was read before counts, and the next run goes on. */
  private Optional<RotKind> inspected(
      ObjectInspection inspection,
      ObjectRef object,
      String holder,
      List<ScrubSteps.Finding> before) {
    try {
      Optional<RotKind> rot = inspection.inspect(object);
      if (rot.isEmpty()) {
        boolean _ = secondStoreInspection.inspect(object);
      } else if (secondStoreInspection.heal(new ObjectKey(object.repositoryId(), object.name()))) {
        return Optional.empty();
      }
      return rot;
    } catch (CiphertextStoreException e) {
      ScrubSteps.Step _ = steps.record(holder, before);
      throw e;
    }
  }
}
