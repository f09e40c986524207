package org.hikae.backup.service;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.hikae.backup.ciphertext.store.VolumeFault;
import org.hikae.backup.second.store.CopyComparison.CopyCoverage;
import org.hikae.backup.second.store.CopyFigures;
import org.hikae.metrics.service.Meters;

/**
 * How the second store was when last tried, and how far copies are behind. Without one nothing is
 * ever wrong or behind.
 */
@ApplicationScoped
public class SecondStoreHealth {

  @Inject private SecondStore secondStore;
  @Inject private Meters meters;
  @Inject private Clock clock;

  private StorageProbe probe;
  private volatile CopyFigures figures = CopyFigures.NONE;
  private volatile CopyCoverage coverage = CopyCoverage.NONE;

  /** Adds figures to the others. */
  @PostConstruct
  void register() {
    PrometheusRegistry registry = meters.registry();
    probe =
        new StorageProbe(
            () -> secondStore.store().flatMap(second -> second.store().probe()),
            "The second store",
            clock);
    probe.register(
        registry,
        "hikae_second_store_fault",
        "1 for what is wrong with the second store, 0 for what is not.");
    gauge(
        registry,
        "hikae_second_store_lag_seconds",
        "For how long the object has waited for its copy that waits longest.",
        () -> figures.lag(clock.instant()).toSeconds());
    gauge(
        registry,
        "hikae_second_store_due_objects",
        "Objects that are to be looked at in the second store.",
        () -> figures.due());
    gauge(
        registry,
        "hikae_second_store_failing_objects",
        "Of those, objects that have failed before.",
        () -> figures.failing());
    gauge(
        registry,
        "hikae_second_store_unseen_objects",
        "Objects that are still to be compared with their copies.",
        () -> figures.unseen());
    gauge(
        registry,
        "hikae_second_store_copied_ratio",
        "What share of the objects has a copy.",
        () -> coverage.share());
  }

  private static void gauge(
      PrometheusRegistry registry, String name, String help, DoubleSupplier value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(gauge -> gauge.call(value.getAsDouble()))
        .register(registry);
  }

  /**
   * Tries the second store now, if there is one. Call it outside any transaction, one at a time.
   */
  public void probe() {
    probe.look();
  }

  /** What is wrong with it. */
  public Optional<VolumeFault> fault() {
    return probe.fault();
  }

  /** It stands so. */
  public void show(CopyFigures now) {
    figures = now;
  }

  /** So many objects have copies. */
  public void show(CopyCoverage now) {
    coverage = now;
  }

  /** How many objects have copies, as this portal counted minutes ago. */
  public CopyCoverage coverage() {
    return coverage;
  }
}
