package org.hikae.backup.service;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.hikae.backup.ciphertext.store.CiphertextStoreException;
import org.hikae.backup.ciphertext.store.VolumeFault;
import org.jspecify.annotations.Nullable;

/**
 * Tries the folder of files or the bucket, and remembers what was wrong. A disk that hangs answers
 * nothing at all: it fails from the moment on at which a try takes too long.
 */
final class StorageProbe {

  private static final System.Logger LOG = System.getLogger(StorageProbe.class.getName());

  /** A try writes a byte. */
  static final Duration LONGEST = Duration.ofMinutes(1);

  private final Supplier<Optional<VolumeFault>> folder;
  private final String called;
  private final Clock clock;

  private volatile @Nullable VolumeFault found;
  private volatile @Nullable Instant trying;

  StorageProbe(Supplier<Optional<VolumeFault>> folder, Clock clock) {
    this(folder, "The store of objects", clock);
  }

  /**
   * Tries another place.
   *
   * @param called what the log calls it
   */
  StorageProbe(Supplier<Optional<VolumeFault>> folder, String called, Clock clock) {
    this.folder = folder;
    this.called = called;
    this.clock = clock;
  }

  /** Adds a figure for each fault. */
  void register(PrometheusRegistry registry) {
    register(
        registry,
        "hikae_storage_fault",
        "1 for what is wrong with the folder of files or the bucket, 0 for what is not.");
  }

  /** The same under another name. */
  void register(PrometheusRegistry registry, String name, String help) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames("fault")
        .callback(
            gauge -> {
              Optional<VolumeFault> now = fault();
              for (VolumeFault each : VolumeFault.values()) {
                gauge.call(
                    now.filter(each::equals).isPresent() ? 1 : 0,
                    each.name().toLowerCase(Locale.ROOT));
              }
            })
        .register(registry);
  }

  /** Tries it now; one at a time. One that ends by a defect has found it failing. */
  void look() {
    trying = clock.instant();
    Optional<VolumeFault> now = Optional.of(VolumeFault.FAILING);
    try {
      now = folder.get();
    } catch (CiphertextStoreException e) {
      // The database's trouble says nothing about the store.
      now = Optional.ofNullable(found);
      throw e;
    } finally {
      keep(now);
      trying = null;
    }
  }

  private void keep(Optional<VolumeFault> now) {
    if (!now.equals(Optional.ofNullable(found))) {
      LOG.log(
          now.isPresent() ? System.Logger.Level.ERROR : System.Logger.Level.INFO,
          "{0}: {1}",
          called,
          now.map(Enum::name).orElse("UP"));
    }
    found = now.orElse(null);
  }

  /** What was wrong at the last try, or is at the one that does not end. */
  Optional<VolumeFault> fault() {
    Instant since = trying;
    return since != null && clock.instant().isAfter(since.plus(LONGEST))
        ? Optional.of(VolumeFault.FAILING)
        : Optional.ofNullable(found);
  }
}
