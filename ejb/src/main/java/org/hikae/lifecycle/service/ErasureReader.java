package org.hikae.lifecycle.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.hikae.backup.service.HoldPeriodClock;
import org.hikae.lifecycle.entity.Erasure;
import org.hikae.lifecycle.store.ErasureStore;
import org.hikae.lifecycle.value.ErasureState;
import org.hikae.lifecycle.view.ErasureView;

/** An employee's opt-outs, for all who may ask; works in their transactions. */
@ApplicationScoped
public class ErasureReader {

  private static final int MAX_LISTED = 50;

  @Inject private ErasureStore erasures;
  @Inject private HoldPeriodClock holdPeriodClock;
  @Inject private Clock clock;

  /** The newest {@link #MAX_LISTED}, newest first. */
  public List<ErasureView> of(long employeeId) {
    Instant wall = clock.instant();
    return erasures.of(employeeId, MAX_LISTED).stream()
        .map(one -> view(one, holdPeriodClock.wall(one.dueKept(), wall)))
        .toList();
  }

  private static ErasureView view(Erasure erasure, Instant due) {
    return new ErasureView(
        erasure.id(),
        erasure.setId(),
        erasure.state(),
        erasure.askedAt(),
        erasure.state() == ErasureState.WAITING ? due : null,
        erasure.endedAt(),
        erasure.wraps(),
        erasure.snapshots(),
        erasure.objects(),
        erasure.bytes());
  }
}
