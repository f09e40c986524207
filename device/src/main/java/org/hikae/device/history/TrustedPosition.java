package org.hikae.device.history;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hikae.backup.wire.SnapshotView;

/**
 * A place of a series that is known from elsewhere than the portal: what this device has seen, or
 * what the vault has witnessed.
 *
 * @param sequence position in the series
 * @param stubHash hash of the stub there, hexadecimal
 */
record TrustedPosition(long sequence, String stubHash) {

  static TrustedPosition of(org.hikae.device.state.SeenSeriesHead seen) {
    return new TrustedPosition(seen.sequence(), seen.stubHash());
  }

  static TrustedPosition of(org.hikae.vault.wire.SeriesHead witnessed) {
    return new TrustedPosition(witnessed.seq(), witnessed.snapshotHash().hex());
  }

  /** Whether this snapshot stands here. */
  boolean isThat(SnapshotView view) {
    return view.sequence() == sequence && view.stubHash().equals(stubHash);
  }

  /** Whether a shown snapshot takes this place with another stub. */
  boolean isContradictedBy(SnapshotView view) {
    return view.sequence() == sequence && !view.stubHash().equals(stubHash);
  }

  /**
   * The last snapshot that follows from this place, stub by stub; the one at the place itself when
   * nothing follows; nothing when that one is not shown either. Of two that follow from one it
   * takes the one that comes later in the list.
   */
  Optional<SnapshotView> followed(List<SnapshotView> newestFirst) {
    Optional<SnapshotView> end = Optional.empty();
    long at = sequence;
    String hash = stubHash;
    for (SnapshotView view : newestFirst.reversed()) {
      if (isThat(view)) {
        end = Optional.of(view);
      } else if (view.sequence() == at + 1 && view.previous().equals(hash)) {
        end = Optional.of(view);
        at = view.sequence();
        hash = view.stubHash();
      }
    }
    return end;
  }

  /** Whether a snapshot is among {@link #covered}. */
  boolean covers(SnapshotView view, List<SnapshotView> newestFirst) {
    return covered(newestFirst).contains(view.stubHash());
  }

  /**
   * Hashes of the stubs here and before, stub by stub: who knows this place knows them, too. A
   * number alone says nothing, and what leads there has to be shown.
   */
  Set<String> covered(List<SnapshotView> newestFirst) {
    Set<String> covered = new HashSet<>();
    String hash = stubHash;
    long at = sequence;
    for (SnapshotView each : newestFirst) {
      if (each.sequence() == at && each.stubHash().equals(hash)) {
        covered.add(hash);
        hash = each.previous();
        at--;
      }
    }
    return covered;
  }
}
