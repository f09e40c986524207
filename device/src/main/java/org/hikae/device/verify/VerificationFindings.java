package org.hikae.device.verify;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.hk1.Hash256;

/** What was found wrong in one series. Safe for many threads. */
final class VerificationFindings {

  /** Most entries whose true content is kept, to tell which manifest is wrong about them. */
  private static final int MAX_TRUTHS = 100_000;

  /** A pack that is missing or damaged. */
  record BrokenPack(Damage.Kind kind, String detail) {}

  private final Map<Hash256, BrokenPack> packs = new LinkedHashMap<>();
  private final Map<Hash256, Map<Integer, Long>> truths = new HashMap<>();
  private final Map<SnapshotView, String> snapshots = new LinkedHashMap<>();
  private int truthCount;

  /** The first that is found wrong with a pack is kept. */
  synchronized void pack(Hash256 pack, Damage.Kind kind, String detail) {
    packs.putIfAbsent(pack, new BrokenPack(kind, detail));
  }

  /** Some manifest says something else of an entry than it is; 0 when there is no such entry. */
  synchronized void wrongReference(Hash256 pack, int number, long fingerprint) {
    if (truthCount < MAX_TRUTHS) {
      truthCount++;
      truths.computeIfAbsent(pack, p -> new HashMap<>()).put(number, fingerprint);
    }
  }

  /** A snapshot that cannot be read. */
  synchronized void snapshot(SnapshotView view, String detail) {
    snapshots.putIfAbsent(view, detail);
  }

  synchronized boolean none() {
    return packs.isEmpty() && truths.isEmpty() && snapshots.isEmpty();
  }

  synchronized Map<Hash256, BrokenPack> packs() {
    return Map.copyOf(packs);
  }

  /** What entries are of which some manifest says something else. */
  synchronized Map<Hash256, Map<Integer, Long>> truths() {
    return Map.copyOf(truths);
  }

  synchronized Map<SnapshotView, String> snapshots() {
    return new LinkedHashMap<>(snapshots);
  }

  /** Everything that attribution looks for. */
  synchronized Set<Hash256> concerned() {
    Set<Hash256> all = new HashSet<>(packs.keySet());
    all.addAll(truths.keySet());
    return all;
  }
}
