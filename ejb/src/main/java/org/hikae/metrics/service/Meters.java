package org.hikae.metrics.service;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.core.metrics.Summary;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.hikae.metrics.control.JobKind;
import org.hikae.runtime.control.PortalVersion;
import org.hikae.vault.wire.VaultEvent;

/**
 * What this portal did since it started, for a monitoring system. Labels have few values, all known
 * beforehand: they never name a person, a device, an object or a path that somebody sent.
 */
@ApplicationScoped
public class Meters {

  /** Upper bounds of the buckets of requests, in seconds. */
  private static final double[] LATENCIES = {0.01, 0.025, 0.05, 0.1, 0.3, 0.5, 1, 2.5, 5, 10, 30};

  private static final String SUCCEEDED = "succeeded";
  private static final String FAILED = "failed";

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Histogram requests =
      Histogram.builder()
          .name("hikae_http_request_seconds")
          .help("Time to answer requests, by the template of their path.")
          .labelNames("method", "route", "status")
          .classicOnly()
          .classicUpperBounds(LATENCIES)
          .register(registry);
  private final Counter received =
      Counter.builder()
          .name("hikae_object_received_bytes_total")
          .help("Bytes of objects that devices sent and the portal took.")
          .register(registry);
  private final Counter sent =
      Counter.builder()
          .name("hikae_object_sent_bytes_total")
          .help("Bytes of objects that devices fetched.")
          .register(registry);
  private final Counter exchanges =
      Counter.builder()
          .name("hikae_vault_exchanges_total")
          .help("Questions to the vault, by whether it answered.")
          .labelNames("outcome")
          .register(registry);
  private final Counter vaultEvents =
      Counter.builder()
          .name("hikae_vault_events_total")
          .help("Rows of the vault's ledger that this portal copied, by what happened.")
          .labelNames("event")
          .register(registry);
  private final Summary jobs =
      Summary.builder()
          .name("hikae_job_seconds")
          .help("Time that the portal's own work took.")
          .labelNames("work", "outcome")
          .register(registry);
  private final Gauge succeeded =
      Gauge.builder()
          .name("hikae_job_last_success_timestamp_seconds")
          .help("When work last ended well, on any portal as far as the database says.")
          .labelNames("work")
          .register(registry);

  /** Every figure that does not depend on what happens is there from the start, as zero. */
  public Meters() {
    Info.builder()
        .name("hikae_build_info")
        .help("The portal's version.")
        .labelNames("version")
        .register(registry)
        .addLabelValues(PortalVersion.text());
    exchanges.initLabelValues("answered");
    exchanges.initLabelValues("unreachable");
    for (VaultEvent event : VaultEvent.values()) {
      vaultEvents.initLabelValues(label(event));
    }
    for (JobKind job : JobKind.values()) {
      jobs.initLabelValues(job.label(), SUCCEEDED);
      jobs.initLabelValues(job.label(), FAILED);
    }
    PoolGauge.register(registry);
  }

  /** Where others register figures of their own. */
  public PrometheusRegistry registry() {
    return registry;
  }

  /** All figures, as they are now. */
  public MetricSnapshots read() {
    return registry.scrape();
  }

  /**
   * A request was answered.
   *
   * @param route template of the path, never the path itself
   * @param status class of the status, such as {@code 2xx}
   */
  public void answered(String method, String route, String status, Duration took) {
    requests.labelValues(method, route, status).observe(seconds(took));
  }

  /** A device sent so many bytes of an object. */
  public void received(long bytes) {
    received.inc((double) bytes);
  }

  /** A device fetched so many bytes of an object. */
  public void sent(long bytes) {
    sent.inc((double) bytes);
  }

  /** The vault was asked. */
  public void askedVault(boolean answered) {
    exchanges.labelValues(answered ? "answered" : "unreachable").inc();
  }

  /** Something happened at the vault. */
  public void countVaultEvent(VaultEvent event) {
    vaultEvents.labelValues(label(event)).inc();
  }

  /** Work ended, well or not. */
  public void worked(JobKind job, boolean well, Duration took) {
    jobs.labelValues(job.label(), well ? SUCCEEDED : FAILED).observe(seconds(took));
  }

  /** Work last ended well at this time. */
  public void succeeded(JobKind job, Instant at) {
    succeeded.labelValues(job.label()).set((double) at.getEpochSecond());
  }

  private static double seconds(Duration took) {
    return took.toNanos() / 1e9;
  }

  private static String label(VaultEvent event) {
    return event.name().toLowerCase(Locale.ROOT);
  }
}
