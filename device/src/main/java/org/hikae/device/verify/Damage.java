package org.hikae.device.verify;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One thing that is wrong with what is stored.
 *
 * @param kind what
 * @param pack name of the pack, 64 hexadecimal digits; empty when the snapshot itself is wrong
 * @param detail a sentence of technical reason
 * @param needs the snapshots that are concerned, at least one
 */
public record Damage(Kind kind, String pack, String detail, List<AffectedSnapshot> needs) {

  /** Copies the list. */
  public Damage {
    needs = List.copyOf(needs);
  }

  /** What is wrong. */
  public enum Kind {
    /** The store does not have the pack. */
    PACK_MISSING,
    /** The store does not hand the pack out, and nothing is known of it. */
    PACK_WITHHELD,
    /** Bytes of the pack were altered, do not open, or are not what its directory says. */
    PACK_DAMAGED,
    /** The manifest refers to something in the pack that is not there; the pack is sound. */
    REFERENCE,
    /** Root, object list, pack table or manifest cannot be read. */
    SNAPSHOT
  }

  /**
   * A snapshot that is concerned.
   *
   * @param snapshotId which
   * @param files how many of its files; empty when its manifest cannot be read, or is itself in the
   *     pack
   * @param healedBy another snapshot that has all that this one needs of the pack, so that a
   *     restore loses nothing
   */
  public record AffectedSnapshot(String snapshotId, OptionalLong files, Optional<String> healedBy) {

    /** One that is not healed. */
    public AffectedSnapshot(String snapshotId, OptionalLong files) {
      this(snapshotId, files, Optional.empty());
    }
  }

  /** Whether a restore of every snapshot that is concerned loses nothing. */
  public boolean healed() {
    return needs.stream().allMatch(affectedSnapshot -> affectedSnapshot.healedBy().isPresent());
  }
}
