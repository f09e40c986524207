package org.hikae.insight.recovery.service;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.hikae.insight.recovery.view.RecoveryRow;
import org.hikae.runtime.control.CachedValue;

/** Who can recover, for all who ask within a while. */
@ApplicationScoped
public class RecoveryCache {

  private final CachedValue<RecoveryRow> everybody = new CachedValue<>(Duration.ofMinutes(1));
  private final CachedValue<List<RecoveryRow>> departments =
      new CachedValue<>(Duration.ofMinutes(5));

  /** Everybody, counted now unless it was a minute ago. */
  public RecoveryRow everybody(Instant now, Supplier<RecoveryRow> count) {
    return everybody.get(now, count);
  }

  /** By departments, counted now unless it was five minutes ago. */
  public List<RecoveryRow> departments(Instant now, Supplier<List<RecoveryRow>> count) {
    return departments.get(now, count);
  }
}
