package org.hikae.metrics.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.hikae.backup.move.store.StoreMoveProgress;
import org.hikae.backup.service.StoreMoveMeter;
import org.hikae.insight.system.service.FleetGauges;
import org.hikae.metrics.control.JobKind;
import org.hikae.vault.wire.VaultEvent;
import org.junit.jupiter.api.Test;

class MetersTest {

  private final Meters meters = new Meters();

  private String text() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create().write(out, meters.read(), EscapingScheme.DEFAULT);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void what_may_never_happen_is_told_as_zero() throws Exception {
    assertThat(text())
        .contains("hikae_vault_events_total{event=\"restored\"} 0.0")
        .contains("hikae_vault_exchanges_total{outcome=\"unreachable\"} 0.0")
        .contains("hikae_job_seconds_count{outcome=\"failed\",work=\"night\"} 0")
        .contains("hikae_object_sent_bytes_total 0.0")
        .doesNotContain("hikae_job_last_success_timestamp_seconds{")
        .doesNotContain("hikae_database_connections{");
  }

  @Test
  void what_happens_is_counted() throws Exception {
    meters.answered("GET", "/api/v1/x/{id}", "2xx", Duration.ofMillis(40));
    meters.received(7);
    meters.sent(8);
    meters.askedVault(true);
    meters.askedVault(false);
    meters.askedVault(false);
    meters.countVaultEvent(VaultEvent.LOCKED);
    meters.worked(JobKind.SCRUB, true, Duration.ofSeconds(2));
    meters.worked(JobKind.SCRUB, false, Duration.ofSeconds(1));
    meters.succeeded(JobKind.AUDIT_SEAL, Instant.ofEpochSecond(1000));
    assertThat(text())
        .contains(bucket("0.025") + " 0")
        .contains(bucket("0.05") + " 1")
        .contains(bucket("+Inf") + " 1")
        .contains("hikae_object_received_bytes_total 7.0")
        .contains("hikae_object_sent_bytes_total 8.0")
        .contains("hikae_vault_exchanges_total{outcome=\"answered\"} 1.0")
        .contains("hikae_vault_exchanges_total{outcome=\"unreachable\"} 2.0")
        .contains("hikae_vault_events_total{event=\"locked\"} 1.0")
        .contains("hikae_job_seconds_sum{outcome=\"succeeded\",work=\"scrub\"} 2.0")
        .contains("hikae_job_seconds_count{outcome=\"failed\",work=\"scrub\"} 1")
        .contains("hikae_job_last_success_timestamp_seconds{work=\"audit_seal\"} 1000.0");
  }

  private static String bucket(String bound) {
    return "hikae_http_request_seconds_bucket{method=\"GET\",route=\"/api/v1/x/{id}\","
        + "status=\"2xx\",le=\""
        + bound
        + "\"}";
  }

  @Test
  void figures_of_the_database_stand_beside_them() throws Exception {
    FleetGauges gauges = new FleetGauges(meters);
    gauges.devices("stale", 3);
    gauges.employees("active", 4);
    gauges.recovery("proven", 2);
    gauges.stored(5, 6, 1);
    gauges.waiting(7, 8, 9);
    gauges.readAt(Instant.ofEpochSecond(10));
    assertThat(text())
        .contains("hikae_devices{health=\"stale\"} 3.0")
        .contains("hikae_employees{state=\"active\"} 4.0")
        .contains("hikae_recovery_people{state=\"proven\"} 2.0")
        .contains("hikae_stored_objects 5.0")
        .contains("hikae_stored_bytes 6.0")
        .contains("hikae_rotten_objects 1.0")
        .contains("hikae_outbox_notices 7.0")
        .contains("hikae_outbox_oldest_age_seconds 8.0")
        .contains("hikae_audit_unchained_age_seconds 9.0")
        .contains("hikae_figures_timestamp_seconds 10.0");
  }

  @Test
  void how_far_objects_have_come_stands_beside_them() throws Exception {
    new StoreMoveMeter(meters)
        .show(new StoreMoveProgress("S3", true, false, 0, null, 3, 4, 5, 6, Instant.EPOCH, null));
    assertThat(text())
        .contains("hikae_store_move_waiting_objects 3.0")
        .contains("hikae_store_move_moved_bytes 5.0")
        .contains("hikae_store_move_left_objects 6.0")
        .contains("hikae_store_move_failing 1.0");
  }
}
