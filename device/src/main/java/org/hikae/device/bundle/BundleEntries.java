package org.hikae.device.bundle;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.AgentJson;
import org.hikae.enrollment.wire.WrapView;
import org.hikae.hk1.bundle.BundleStore;

/**
 * What an earlier run has written into a bundle stays in it, whatever the portal says now (spec
 * HK1-B-06): one that shows no wrap, or calls snapshots removed, must not take from the person what
 * they have kept.
 */
public final class BundleEntries {

  /** Longest file that is taken over. */
  private static final int MAX_BYTES = 256 * 1024 * 1024;

  private BundleEntries() {}

  /** Ways to open the set: those that are there, as they are, and those that are new. */
  public static List<WrapView> wraps(BundleStore bundle, List<WrapView> shown) {
    Map<String, WrapView> all = new LinkedHashMap<>();
    read(bundle, BundleStore.WRAPS, new TypeReference<List<WrapView>>() {})
        .forEach(wrap -> all.put(wrap.wrapId(), wrap));
    shown.forEach(wrap -> all.putIfAbsent(wrap.wrapId(), wrap));
    return List.copyOf(all.values());
  }

  /**
   * Snapshots as they are shown, but those that the bundle has and the portal shows no more, or
   * calls removed: those are as they were.
   */
  public static List<SnapshotView> snapshots(BundleStore bundle, List<SnapshotView> shown) {
    Map<String, SnapshotView> all = new LinkedHashMap<>();
    shown.forEach(snapshot -> all.put(snapshot.snapshotId(), snapshot));
    for (SnapshotView before :
        read(bundle, BundleStore.SNAPSHOTS, new TypeReference<List<SnapshotView>>() {})) {
      SnapshotView now = all.get(before.snapshotId());
      if (now == null || (now.removed() && !before.removed())) {
        all.put(before.snapshotId(), before);
      }
    }
    return List.copyOf(all.values());
  }

  private static <T> List<T> read(BundleStore bundle, String name, TypeReference<List<T>> type) {
    Optional<byte[]> before = bundle.read("", name, MAX_BYTES);
    if (before.isEmpty()) {
      return List.of();
    }
    try {
      return AgentJson.mapper().readValue(before.get(), type);
    } catch (IOException e) {
      // Nobody can read it any more; what is written now is better.
      return List.of();
    }
  }
}
