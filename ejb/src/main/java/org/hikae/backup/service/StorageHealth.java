package org.hikae.backup.service;

import io.prometheus.metrics.core.metrics.Gauge;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.Optional;
import org.hikae.backup.ciphertext.store.CiphertextStore;
import org.hikae.backup.ciphertext.store.VolumeFault;
import org.hikae.metrics.service.Meters;
import org.hikae.runtime.service.Settings;
import org.jspecify.annotations.Nullable;

/** How the folder of files was when it was last tried; without a folder there is nothing to try. */
@ApplicationScoped
public class StorageHealth {

  private static final System.Logger LOG = System.getLogger(StorageHealth.class.getName());

  @Inject private CiphertextStore store;
  @Inject private Meters meters;
  @Inject private Settings settings;

  private @Nullable Gauge faults;
  private volatile @Nullable VolumeFault fault;

  /** Adds a figure to the others where there is a folder. */
  @PostConstruct
  void register() {
    if (settings.storeFolder() != null) {
      faults =
          Gauge.builder()
              .name("hikae_storage_fault")
              .help("1 for what is wrong with the folder of files, 0 for what is not.")
              .labelNames("fault")
              .register(meters.registry());
    }
  }

  /** Tries the folder now. Call it outside any transaction. */
  public void probe() {
    Optional<VolumeFault> found = store.probe();
    if (!found.equals(fault())) {
      LOG.log(
          found.isPresent() ? System.Logger.Level.ERROR : System.Logger.Level.INFO,
          "The folder of files: {0}",
          found.map(Enum::name).orElse("UP"));
    }
    fault = found.orElse(null);
    Gauge gauge = faults;
    if (gauge != null) {
      for (VolumeFault each : VolumeFault.values()) {
        gauge
            .labelValues(each.name().toLowerCase(Locale.ROOT))
            .set(found.filter(each::equals).isPresent() ? 1 : 0);
      }
    }
  }

  /** What was wrong when it was last tried. */
  public Optional<VolumeFault> fault() {
    return Optional.ofNullable(fault);
  }
}
