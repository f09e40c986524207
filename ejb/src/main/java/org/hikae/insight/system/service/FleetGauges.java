package org.hikae.insight.system.service;

import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import org.hikae.metrics.service.Meters;

/**
 * What the database says about everybody, for the monitoring system. The same on every portal of a
 * database; there is nothing here before it was read once.
 */
@ApplicationScoped
public class FleetGauges {

  private final PrometheusRegistry registry;
  private final Gauge devices;
  private final Gauge employees;
  private final Gauge recovery;
  private final Gauge storedBytes;
  private final Gauge storedObjects;
  private final Gauge rottenObjects;
  private final Gauge outbox;
  private final Gauge outboxAge;
  private final Gauge unchainedAge;
  private final Gauge readAt;

  /** For the container's proxies. */
  protected FleetGauges() {
    this(new Meters());
  }

  /** Adds the figures to the others. */
  @Inject
  public FleetGauges(Meters meters) {
    registry = meters.registry();
    devices = gauge("hikae_devices", "Devices of people who take part.", "health");
    employees = gauge("hikae_employees", "Employees by whether they take part.", "state");
    recovery =
        gauge(
            "hikae_recovery_people",
            "People with an active set, and those who have shown that they can recover.",
            "state");
    storedBytes = gauge("hikae_stored_bytes", "Bytes of all stored objects.");
    storedObjects = gauge("hikae_stored_objects", "Number of all stored objects.");
    rottenObjects = gauge("hikae_rotten_objects", "Stored objects whose bytes are wrong.");
    outbox = gauge("hikae_outbox_notices", "Notices that wait to be delivered.");
    outboxAge =
        gauge("hikae_outbox_oldest_age_seconds", "Age of the notice that waits longest; else 0.");
    unchainedAge =
        gauge(
            "hikae_audit_unchained_age_seconds",
            "Age of the event of the audit trail that waits longest for its place; else 0.");
    readAt =
        gauge("hikae_figures_timestamp_seconds", "When these figures were read of the database.");
  }

  private Gauge gauge(String name, String help, String... labels) {
    return Gauge.builder().name(name).help(help).labelNames(labels).register(registry);
  }

  /** Devices by the age of their last backup. */
  public void devices(String health, long count) {
    devices.labelValues(health).set((double) count);
  }

  /** Employees by whether they take part. */
  public void employees(String state, long count) {
    employees.labelValues(state).set((double) count);
  }

  /** People with an active set by what they have shown; the states overlap. */
  public void recovery(String state, long count) {
    recovery.labelValues(state).set((double) count);
  }

  /** What is stored. */
  public void stored(long objects, long bytes, long rotten) {
    storedObjects.set((double) objects);
    storedBytes.set((double) bytes);
    rottenObjects.set((double) rotten);
  }

  /**
   * What waits.
   *
   * @param notices number of notices that are not delivered
   * @param noticeAge age of the oldest of them in seconds
   * @param eventAge age in seconds of the oldest event without a place in the chain
   */
  public void waiting(long notices, long noticeAge, long eventAge) {
    outbox.set((double) notices);
    outboxAge.set((double) noticeAge);
    unchainedAge.set((double) eventAge);
  }

  /** All were read at this time. */
  public void readAt(Instant now) {
    readAt.set((double) now.getEpochSecond());
  }
}
