package org.hikae.identity.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.identity.job.DirectorySyncJob;
import org.hikae.identity.job.LeaverDetectionSteps;
import org.hikae.identity.value.MassLeaveId;
import org.hikae.identity.view.DirectoryCounts;
import org.hikae.identity.view.MassLeaveView;
import org.hikae.identity.wire.RealmNames;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;

/** Reading the directory on demand. */
@Stateless
@RolesAllowed(RealmNames.BACKUP_ADMIN)
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.COMPANY)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class DirectoryCommands {

  private static final System.Logger LOG = System.getLogger(DirectoryCommands.class.getName());

  private static final int RETRY_SECONDS = 60;

  /** How long to wait for a run that goes on, before the caller is told to come again. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private static final Duration LOOK = Duration.ofMillis(200);

  @Inject private DirectorySyncJob sync;
  @Inject private LeaverDetectionSteps leavers;
  @Inject private MassLeaveCommands massLeaves;
  @Inject private Clock clock;

  private interface Read {
    Optional<DirectoryCounts> once() throws IOException;
  }

  /**
   * Reads everybody now; refused as busy when Keycloak does not answer, or another run goes on for
   * long.
   */
  public DirectoryCounts readAll() {
    return read(sync::full);
  }

  /** Reads what changed, or everybody where that cannot be told; otherwise as the above. */
  public DirectoryCounts readChanges() {
    return read(sync::changes);
  }

  /** Confirms a finding, and marks its people. */
  public MassLeaveView confirm(MassLeaveId findingId) {
    MassLeaveView confirmed = massLeaves.confirm(findingId);
    int marked;
    do {
      marked = leavers.markConfirmed();
    } while (marked > 0);
    return confirmed;
  }

  private DirectoryCounts read(Read read) {
    Instant until = clock.instant().plus(LONGEST_WAIT);
    try {
      Optional<DirectoryCounts> counts = read.once();
      while (counts.isEmpty() && clock.instant().isBefore(until)) {
        Thread.sleep(LOOK);
        counts = read.once();
      }
      return counts.orElseThrow(() -> Refusal.retryAfter(ProblemCode.BUSY, RETRY_SECONDS));
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.WARNING, "Keycloak''s directory cannot be read: {0}", e.toString());
      throw Refusal.retryAfter(ProblemCode.BUSY, RETRY_SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Refusal.retryAfter(ProblemCode.BUSY, RETRY_SECONDS);
    }
  }
}
