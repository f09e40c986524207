package org.hikae.vault.exploration.system;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.hikae.vault.account.Id;
import org.hikae.vault.database.InMemoryVaultStore.Snapshot;
import org.hikae.vault.exploration.system.Move.Act;
import org.jspecify.annotations.Nullable;

/**
 * What hostile players did and can use again, and what the owner knows of it. Immutable.
 *
 * @param tampering what the database holds that the vault did not write; null when nothing
 * @param meddled whether anything was ever done that the vault may refuse to serve over
 * @param ahead how far the vault's clock is ahead of the world
 * @param jumped whether it ever was
 * @param claims sets that the portal made up
 * @param deletion signatures of two people under a deletion that was announced
 * @param notice what is announced
 */
public record Mischief(
    @Nullable Tampering tampering,
    boolean meddled,
    Duration ahead,
    boolean jumped,
    List<Id> claims,
    @Nullable Deletion deletion,
    @Nullable Notice notice) {

  static final Mischief NONE =
      new Mischief(null, false, Duration.ZERO, false, List.of(), null, null);

  /**
   * A change of the tables.
   *
   * @param act which
   * @param genuine what was there before
   * @param from what was put in, where that was of another time
   */
  public record Tampering(Act act, Snapshot genuine, Snapshot from) {}

  /** Both keepers' signatures. */
  record Deletion(byte[] byFirst, byte[] bySecond) {}

  Mischief with(Tampering now) {
    return new Mischief(now, true, ahead, jumped, claims, deletion, notice);
  }

  Mischief withoutTampering() {
    return new Mischief(null, meddled, ahead, jumped, claims, deletion, notice);
  }

  Mischief withMeddling() {
    return new Mischief(tampering, true, ahead, jumped, claims, deletion, notice);
  }

  Mischief with(Duration nowAhead) {
    boolean ever = jumped || !nowAhead.isZero();
    return new Mischief(tampering, true, nowAhead, ever, claims, deletion, notice);
  }

  Mischief with(Id claim) {
    List<Id> more = new ArrayList<>(claims);
    more.add(claim);
    return new Mischief(tampering, meddled, ahead, jumped, more, deletion, notice);
  }

  Mischief with(Deletion now) {
    return new Mischief(tampering, meddled, ahead, jumped, claims, now, notice);
  }

  /** Who set database and anchor back to before they served can use them again. */
  Mischief withoutDeletion() {
    return new Mischief(tampering, meddled, ahead, jumped, claims, null, notice);
  }

  Mischief with(Notice now) {
    return new Mischief(tampering, meddled, ahead, jumped, claims, deletion, now);
  }

  Mischief withoutNotice() {
    return new Mischief(tampering, meddled, ahead, jumped, claims, deletion, null);
  }

  /** A device of the employee's knows of what is announced. */
  Mischief heard(long nowMillis) {
    return notice == null ? this : with(notice.heard(nowMillis));
  }
}
