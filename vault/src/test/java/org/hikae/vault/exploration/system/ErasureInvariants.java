package org.hikae.vault.exploration.system;

import java.time.Duration;
import java.util.Optional;
import org.hikae.hk1.Hash256;
import org.hikae.vault.account.Id128;
import org.hikae.vault.account.RecordStage;
import org.hikae.vault.account.VaultLimits;
import org.hikae.vault.port.LedgerRow;
import org.hikae.vault.wire.LedgerEntry;
import org.hikae.vault.wire.VaultEvent;
import org.jspecify.annotations.Nullable;

/** Looks at each new row for what becomes of the owner's record, and by what right. */
final class ErasureInvariants {

  private final ExploredSystem explored;

  ErasureInvariants(ExploredSystem explored) {
    this.explored = explored;
  }

  /**
   * A new row, of which {@link GroundTruth} does not know yet.
   *
   * @param sentMessage the message that led to it; null when none did
   * @param opened whether the same message proved the password before
   */
  void row(LedgerEntry row, @Nullable SentMessage sentMessage, boolean opened) {
    switch (row.event()) {
      case REPLACE_ANNOUNCED, DELETE_ANNOUNCED -> announced(VaultLimits.OWNER_DELAY, sentMessage);
      case ADMIN_DELETE_ANNOUNCED -> announced(VaultLimits.ADMIN_DELAY, sentMessage);
      case VETOED -> explored.attackerState = explored.attackerState.withoutNotice();
      case RETIRED, LOCKED -> {
        if (explored.truth.stage(row.subject().credId()) == RecordStage.ACTIVE) {
          ended(row, opened);
        }
      }
      case ACTIVE -> becameActive(row);
      default -> {}
    }
  }

  private void announced(Duration delay, @Nullable SentMessage sentMessage) {
    long now = explored.realMillis();
    if (explored.attackerState.notice() == null) {
      explored.attackerState =
          explored.attackerState.with(
              new ExpectedAnnouncement(now, now + delay.toMillis(), ExpectedAnnouncement.NEVER));
    }
    if (sentMessage != null && sentMessage.from().isHonest()) {
      explored.attackerState = explored.attackerState.heard(now);
    }
  }

  private void ended(LedgerEntry row, boolean opened) {
    Id128 set = Id128.of(row.subject().setId());
    boolean owners =
        set.equals(Party.OWNER.identity().setId()) || set.equals(Party.NEWCOMER.identity().setId());
    if (owners && row.event() == VaultEvent.RETIRED && !opened) {
      ExpectedAnnouncement expectedAnnouncement = explored.attackerState.notice();
      long now = explored.realMillis();
      explored.invariants.require(
          Invariant.NOTHING_BEFORE_ITS_TIME,
          expectedAnnouncement != null && expectedAnnouncement.isDue(now),
          "the owner's record ends before it is due");
      explored.invariants.require(
          Invariant.THE_OWNER_HEARS_FIRST,
          expectedAnnouncement != null && expectedAnnouncement.isHeard(now),
          "the owner's record ends, and no device of theirs has known of it for 72 hours");
    }
    explored.attackerState = explored.attackerState.withoutNotice();
  }

  /** A record becomes ACTIVE as it was registered. */
  private void becameActive(LedgerEntry row) {
    Optional<LedgerEntry> pending = pending(row.subject().credId());
    explored.invariants.require(
        Invariant.ONLY_TRUE_ROWS_COUNT,
        pending.isPresent() && pending.get().detail().equals(row.detail()),
        "a record becomes ACTIVE otherwise than it was registered");
  }

  private Optional<LedgerEntry> pending(Hash256 credId) {
    return explored.database().genuine().rowsAfter(0).stream()
        .map(LedgerRow::entry)
        .filter(row -> row.event() == VaultEvent.PENDING && row.subject().credId().equals(credId))
        .findFirst();
  }
}
