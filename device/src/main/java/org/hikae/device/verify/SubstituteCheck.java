package org.hikae.device.verify;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hikae.device.manifest.ChunkRef;
import org.hikae.device.manifest.ManifestRecord;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.snapshot.OpenedSnapshot;
import org.hikae.device.store.BackupStoreException;
import org.hikae.hk1.Hash256;

/**
 * Whether other snapshots of the series have what one snapshot needs of broken packs. Every chunk
 * is really read there and opened.
 */
final class SubstituteCheck {

  private final Set<Hash256> broken;
  private final Set<Hash256> lacking = new HashSet<>();
  private final Map<Hash256, String> by = new HashMap<>();

  SubstituteCheck(Set<Hash256> broken) {
    this.broken = broken;
  }

  /** Looks for those chunks of a record that are in broken packs. */
  void tryAll(OpenedSnapshot open, ManifestRecord.Data data)
      throws DamagedDataException, BackupStoreException {
    for (ChunkRef ref : data.chunks()) {
      Hash256 pack = open.packs().name(ref.pack());
      boolean asked = broken.contains(pack) && !lacking.contains(pack);
      if (asked && open.standIn(ref).isEmpty()) {
        lacking.add(pack);
      }
    }
  }

  /** Takes over which snapshots were of use; what is needed of the manifest itself is among it. */
  void end(OpenedSnapshot open) {
    by.putAll(open.stoodInFor());
  }

  /** A snapshot that has what is needed of a pack, if all of it was found. */
  Optional<String> by(Hash256 pack) {
    return lacking.contains(pack) ? Optional.empty() : Optional.ofNullable(by.get(pack));
  }
}
