package org.hikae.device.vaultclient;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.TextCodec;
import org.hikae.vault.wire.StatusDone;
import org.hikae.vault.wire.StatusDone.Announcement;
import org.hikae.vault.wire.VaultEvent;

/** What a fake vault announces, and the devices of a set, to which it listens (HK1-V-34). */
final class FakeVaultAnnouncement {

  private static final long OWNER_DELAY = Duration.ofDays(3).toMillis();
  private static final long NEWCOMER_DELAY = Duration.ofDays(30).toMillis();

  private final Set<String> devices = new HashSet<>();
  private Announcement what = Announcement.NONE;
  private Hash256 credId = Hash256.ZERO;
  private long dueMillis;
  private long awaitedRow;
  private long row;
  private boolean waits;

  /** A device has proven that it has K of the set. */
  void learn(byte[] setId, byte[] deviceId) {
    devices.add(TextCodec.hex(setId) + TextCodec.hex(deviceId));
  }

  boolean knows(byte[] setId, byte[] deviceId) {
    return devices.contains(TextCodec.hex(setId) + TextCodec.hex(deviceId));
  }

  boolean isThere() {
    return what != Announcement.NONE;
  }

  boolean is(Announcement one) {
    return what == one;
  }

  Hash256 credId() {
    return credId;
  }

  /** Announces for a fixed date. */
  void at(Announcement change, Hash256 about, long millis) {
    what = change;
    credId = about;
    dueMillis = millis;
    awaitedRow = 0;
  }

  /**
   * Announces by an owner.
   *
   * @param known whether a device of the set has asked
   * @return the earliest date, seconds since 1970
   */
  long byOwner(Announcement change, Hash256 about, boolean known, long now) {
    at(change, about, now + NEWCOMER_DELAY);
    waits = known;
    return (known ? now + OWNER_DELAY : dueMillis) / 1000;
  }

  /** The row that says so. */
  void saidBy(long number) {
    row = number;
    awaitedRow = waits ? number : 0;
  }

  static VaultEvent event(Announcement change) {
    return change == Announcement.REPLACE
        ? VaultEvent.REPLACE_ANNOUNCED
        : VaultEvent.DELETE_ANNOUNCED;
  }

  /** A device asks what came after a row; whether its time begins with that. */
  boolean heard(byte[] setId, byte[] deviceId, long afterSeq, long now) {
    boolean begins = awaitedRow > 0 && afterSeq >= awaitedRow && knows(setId, deviceId);
    if (begins) {
      dueMillis = now + OWNER_DELAY;
      awaitedRow = 0;
    }
    return begins;
  }

  /** The row of what an owner announced last. */
  long row() {
    return row;
  }

  boolean isDue(long now) {
    return isThere() && dueMillis <= now;
  }

  void end() {
    at(Announcement.NONE, Hash256.ZERO, 0);
  }

  StatusDone.Announced shown(long now) {
    long due = awaitedRow == 0 ? dueMillis : Math.min(dueMillis, now + OWNER_DELAY);
    return isThere() ? new StatusDone.Announced(what, due / 1000) : StatusDone.Announced.NOTHING;
  }
}
