package org.hikae.backup.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.hikae.backup.ciphertext.store.CiphertextStoreException;
import org.hikae.backup.ciphertext.store.VolumeFault;
import org.hikae.testing.SettableClock;
import org.junit.jupiter.api.Test;

class StorageProbeTest {

  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-30T12:00:00Z"));
  private Supplier<Optional<VolumeFault>> folder = Optional::empty;
  private final StorageProbe probe = new StorageProbe(() -> folder.get(), clock);

  private String figures() throws IOException {
    PrometheusRegistry registry = new PrometheusRegistry();
    probe.register(registry);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create().write(out, registry.scrape(), EscapingScheme.DEFAULT);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void the_last_try_counts() throws Exception {
    assertThat(probe.fault()).isEmpty();
    for (VolumeFault each : VolumeFault.values()) {
      folder = () -> Optional.of(each);
      probe.look();
      assertThat(probe.fault()).contains(each);
    }
    assertThat(figures())
        .contains("hikae_storage_fault{fault=\"untrusted\"} 1.0")
        .contains("hikae_storage_fault{fault=\"full\"} 0.0");
    folder = Optional::empty;
    probe.look();
    assertThat(probe.fault()).isEmpty();
    assertThat(figures())
        .contains("hikae_storage_fault{fault=\"untrusted\"} 0.0")
        .doesNotContain("} 1.0");
  }

  @Test
  void a_database_that_is_down_says_nothing_about_the_folder() {
    folder = () -> Optional.of(VolumeFault.FULL);
    probe.look();
    folder =
        () -> {
          throw new CiphertextStoreException("down", new SQLException("Connection refused"));
        };
    assertThatThrownBy(probe::look).isInstanceOf(CiphertextStoreException.class);
    clock.advance(StorageProbe.LONGEST.multipliedBy(2));
    assertThat(probe.fault()).contains(VolumeFault.FULL);
  }

  @Test
  void a_try_that_ends_by_a_defect_has_found_the_store_failing() {
    folder =
        () -> {
          throw new NoClassDefFoundError("jdk/net/Sockets");
        };
    assertThatThrownBy(probe::look).isInstanceOf(NoClassDefFoundError.class);
    assertThat(probe.fault()).contains(VolumeFault.FAILING);
  }

  @Test
  void a_disk_that_hangs_fails_until_it_answers() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    folder =
        () -> {
          begun.countDown();
          try {
            assertThat(answer.await(2, TimeUnit.MINUTES)).isTrue();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return Optional.empty();
        };
    try (ExecutorService other = Executors.newSingleThreadExecutor()) {
      Future<?> look = other.submit(probe::look);
      assertThat(begun.await(2, TimeUnit.MINUTES)).isTrue();
      clock.advance(StorageProbe.LONGEST);
      assertThat(probe.fault()).isEmpty();
      clock.advance(Duration.ofSeconds(1));
      assertThat(probe.fault()).contains(VolumeFault.FAILING);
      assertThat(figures()).contains("hikae_storage_fault{fault=\"failing\"} 1.0");
      answer.countDown();
      look.get();
      assertThat(probe.fault()).isEmpty();
    }
  }
}
