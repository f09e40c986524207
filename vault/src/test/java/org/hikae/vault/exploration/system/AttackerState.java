package org.hikae.vault.exploration.system;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.hikae.vault.account.Id128;
import org.hikae.vault.database.InMemoryVaultStore.StoreSnapshot;
import org.hikae.vault.exploration.system.SystemAction.ActionKind;
import org.jspecify.annotations.Nullable;

/**
 * What hostile players did and can use again, and what the owner knows of it. Immutable.
 *
 * @param tampering what the database holds that the vault did not write; null when nothing
 * @param meddled whether anything was ever done that the vault may refuse to serve over
 * @param ahead how far the vault's clock is ahead of the real time
 * @param jumped whether it ever was
 * @param claims sets that the portal made up
 * @param deletion signatures of two people under a deletion that was announced
 * @param notice what is announced
 */
public record AttackerState(
    @Nullable Tampering tampering,
    boolean meddled,
    Duration ahead,
    boolean jumped,
    List<Id128> claims,
    @Nullable Deletion deletion,
    @Nullable ExpectedAnnouncement notice) {

  static final AttackerState NONE =
      new AttackerState(null, false, Duration.ZERO, false, List.of(), null, null);

  /**
   * A change of the tables.
   *
   * @param act which
   * @param genuine what was there before
   * @param from what was put in, where that was of another time
   */
  public record Tampering(ActionKind act, StoreSnapshot genuine, StoreSnapshot from) {}

  /** Both custodians' signatures. */
  record Deletion(byte[] byFirst, byte[] bySecond) {}

  AttackerState with(Tampering now) {
    return new AttackerState(now, true, ahead, jumped, claims, deletion, notice);
  }

  AttackerState withoutTampering() {
    return new AttackerState(null, meddled, ahead, jumped, claims, deletion, notice);
  }

  AttackerState withMeddling() {
    return new AttackerState(tampering, true, ahead, jumped, claims, deletion, notice);
  }

  AttackerState with(Duration nowAhead) {
    boolean ever = jumped || !nowAhead.isZero();
    return new AttackerState(tampering, true, nowAhead, ever, claims, deletion, notice);
  }

  AttackerState with(Id128 claim) {
    List<Id128> more = new ArrayList<>(claims);
    more.add(claim);
    return new AttackerState(tampering, meddled, ahead, jumped, more, deletion, notice);
  }

  AttackerState with(Deletion now) {
    return new AttackerState(tampering, meddled, ahead, jumped, claims, now, notice);
  }

  /** Who set database and anchor back to before they served can use them again. */
  AttackerState withoutDeletion() {
    return new AttackerState(tampering, meddled, ahead, jumped, claims, null, notice);
  }

  AttackerState with(ExpectedAnnouncement now) {
    return new AttackerState(tampering, meddled, ahead, jumped, claims, deletion, now);
  }

  AttackerState withoutNotice() {
    return new AttackerState(tampering, meddled, ahead, jumped, claims, deletion, null);
  }

  /** A device of the employee's knows of what is announced. */
  AttackerState heard(long nowMillis) {
    return notice == null ? this : with(notice.heard(nowMillis));
  }
}
