package org.hikae.device.vaultclient;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hikae.hk1.TextCodec;
import org.hikae.vault.wire.SeriesHead;

/**
 * What the vault itself has said in this run about the newest snapshots of sets (spec HK1-V-19).
 * Every answer that names them counts, that of a login as well as Status, so that whoever lets the
 * one through and drops the other hides nothing. Safe for several threads.
 */
public final class WitnessedHeads {

  private final Map<String, Map<String, SeriesHead>> bySet = new HashMap<>();

  /** Notes what an authenticated answer about {@code setId} says; heads never go back. */
  synchronized void note(byte[] setId, List<SeriesHead> heads) {
    Map<String, SeriesHead> known =
        bySet.computeIfAbsent(TextCodec.hex(setId), set -> new HashMap<>());
    for (SeriesHead head : heads) {
      known.merge(
          TextCodec.hex(head.deviceId()), head, (old, now) -> now.seq() > old.seq() ? now : old);
    }
  }

  /**
   * The witnessed heads of a set by device; nothing when no answer of the vault has come. A series
   * that is not in it was never witnessed.
   */
  public synchronized Optional<Map<String, SeriesHead>> of(byte[] setId) {
    return Optional.ofNullable(bySet.get(TextCodec.hex(setId))).map(Map::copyOf);
  }
}
