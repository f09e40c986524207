package org.hikae.backup.service;

import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.hikae.backup.move.store.StoreMoveProgress;
import org.hikae.metrics.service.Meters;

/** How far objects have come from one store into another; the same on every portal. */
@ApplicationScoped
public class StoreMoveMeter {

  private final Gauge waiting;
  private final Gauge left;
  private final Gauge movedBytes;
  private final Gauge failing;

  /** For the container's proxies. */
  protected StoreMoveMeter() {
    this(new Meters());
  }

  /** Adds the figures to the others. */
  @Inject
  public StoreMoveMeter(Meters meters) {
    PrometheusRegistry registry = meters.registry();
    waiting =
        gauge(
            registry,
            "hikae_store_move_waiting_objects",
            "Objects that are still to be moved into the store that is written to.");
    left =
        gauge(
            registry,
            "hikae_store_move_left_objects",
            "Objects that were not moved because they are rotten.");
    movedBytes =
        gauge(registry, "hikae_store_move_moved_bytes", "Bytes that were moved since the order.");
    failing =
        gauge(
            registry,
            "hikae_store_move_failing",
            "1 while a store cannot be used from or into which objects move, else 0.");
  }

  private static Gauge gauge(PrometheusRegistry registry, String name, String help) {
    return Gauge.builder().name(name).help(help).register(registry);
  }

  /** It stands so. */
  public void show(StoreMoveProgress progress) {
    waiting.set((double) progress.waiting());
    left.set((double) progress.left());
    movedBytes.set((double) progress.movedBytes());
    failing.set(progress.faultAt() == null ? 0 : 1);
  }
}
