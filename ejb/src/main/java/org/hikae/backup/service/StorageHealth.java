package org.hikae.backup.service;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;
import org.hikae.backup.ciphertext.store.CiphertextStore;
import org.hikae.backup.ciphertext.store.VolumeFault;
import org.hikae.metrics.service.Meters;

/** How the folder of files or the bucket was when last tried; without them nothing is tried. */
@ApplicationScoped
public class StorageHealth {

  @Inject private CiphertextStore store;
  @Inject private Meters meters;
  @Inject private Clock clock;

  private StorageProbe probe;

  /** Adds a figure to the others. */
  @PostConstruct
  void register() {
    probe = new StorageProbe(store::probe, clock);
    probe.register(meters.registry());
  }

  /** Tries the folder now. Call it outside any transaction, one at a time. */
  public void probe() {
    probe.look();
  }

  /** What is wrong with it. */
  public Optional<VolumeFault> fault() {
    return probe.fault();
  }
}
