package org.hikae.identity.job;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.hikae.audit.service.AuditTrail;
import org.hikae.identity.entity.DirectoryState;
import org.hikae.identity.store.DirectoryStateStore;
import org.hikae.identity.value.DirectoryReadFailure;
import org.hikae.identity.view.DirectoryCounts;
import org.jspecify.annotations.Nullable;

/**
 * Who reads the directory, up to where it was read and how that went; each method is a short
 * transaction that holds the one row of it. Of several portals one reads at a time.
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class DirectoryReadLease {

  /** How long a step may take, longer than Keycloak may take to answer. */
  static final Duration LEASE = Duration.ofMinutes(1);

  @Inject private DirectoryStateStore states;
  @Inject private AuditTrail trail;
  @Inject private Clock clock;

  /**
   * Where reading goes on.
   *
   * @param position what Keycloak did before it is applied; null when everybody must be read
   * @param fullAt when everybody was last read
   * @param successAt when reading last ended well
   */
  record Start(@Nullable Instant position, @Nullable Instant fullAt, @Nullable Instant successAt) {}

  /** Takes the lease; empty when somebody else has it. */
  public Optional<Start> begin(String holder) {
    DirectoryState state = states.lock();
    Instant now = clock.instant();
    if (state.isHeld(now)) {
      return Optional.empty();
    }
    state.lease(holder, now.plus(LEASE));
    return Optional.of(new Start(state.positionAt(), state.fullAt(), state.successAt()));
  }

  /** Keeps the lease; false when it was lost. */
  public boolean keep(String holder) {
    DirectoryState state = states.lock();
    Instant now = clock.instant();
    if (!state.isHeldBy(holder, now)) {
      return false;
    }
    state.lease(holder, now.plus(LEASE));
    return true;
  }

  /** The run ended well; gives the lease back. */
  public void succeed(String holder, DirectoryCounts counts, Instant position) {
    DirectoryState state = states.lock();
    Instant now = clock.instant();
    if (!state.isHeldBy(holder, now)) {
      return;
    }
    state.succeed(counts.kind(), counts.fullBecause(), position, now);
    state.count(counts.seen(), counts.added(), counts.changed(), counts.left());
    state.release();
    // Only runs that changed who is there leave a trace; the trail is not a log of timers.
    if (counts.added() + counts.left() > 0) {
      trail.recordSystem(
          "directory",
          "directory.sync",
          "directory",
          Map.of(
              "kind", counts.kind().name(),
              "seen", Integer.toString(counts.seen()),
              "added", Integer.toString(counts.added()),
              "left", Integer.toString(counts.left())));
    }
  }

  /** The run failed; gives the lease back. */
  public void fail(String holder, DirectoryReadFailure failure) {
    DirectoryState state = states.lock();
    Instant now = clock.instant();
    state.fail(failure, now);
    if (state.isHeldBy(holder, now)) {
      state.release();
    }
  }

  /** Gives the lease back, as if it had never been taken. */
  public void release(String holder) {
    DirectoryState state = states.lock();
    if (state.isHeldBy(holder, clock.instant())) {
      state.release();
    }
  }
}
