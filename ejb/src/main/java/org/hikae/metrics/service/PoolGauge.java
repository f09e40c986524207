package org.hikae.metrics.service;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.lang.management.ManagementFactory;
import java.util.Map;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Connections of the application's login to the database, as the server counts them. */
final class PoolGauge {

  private static final String POOL =
      "jboss.as:subsystem=datasources,data-source=HikaeDS,statistics=pool";

  /** Label of each figure, and what the server calls it. */
  private static final Map<String, String> STATES =
      Map.of("in_use", "InUseCount", "open", "ActiveCount", "available", "AvailableCount");

  private PoolGauge() {}

  static void register(PrometheusRegistry registry) {
    GaugeWithCallback.builder()
        .name("hikae_database_connections")
        .help("Connections to the database: in use, open, and still to be had.")
        .labelNames("state")
        .callback(PoolGauge::read)
        .register(registry);
  }

  private static void read(GaugeWithCallback.Callback callback) {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    STATES.forEach(
        (state, attribute) -> {
          try {
            Object value = server.getAttribute(new ObjectName(POOL), attribute);
            callback.call(((Number) value).doubleValue(), state);
          } catch (JMException e) {
            // Not within a server: then there is no such figure.
          }
        });
  }
}
