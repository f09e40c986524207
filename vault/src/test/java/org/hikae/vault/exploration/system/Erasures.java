package org.hikae.vault.exploration.system;

import java.time.Duration;
import java.util.Optional;
import org.hikae.hk1.Hash256;
import org.hikae.vault.account.Id;
import org.hikae.vault.account.Stage;
import org.hikae.vault.account.VaultLimits;
import org.hikae.vault.port.LedgerRow;
import org.hikae.vault.wire.LedgerEntry;
import org.hikae.vault.wire.VaultEvent;
import org.jspecify.annotations.Nullable;

/** Looks at each new row for what becomes of the owner's record, and by what right. */
final class Erasures {

  private final ExploredWorld world;

  Erasures(ExploredWorld world) {
    this.world = world;
  }

  /**
   * A new row, of which {@link Truth} does not know yet.
   *
   * @param letter the message that led to it; null when none did
   * @param opened whether the same message proved the password before
   */
  void row(LedgerEntry row, @Nullable Letter letter, boolean opened) {
    switch (row.event()) {
      case REPLACE_ANNOUNCED, DELETE_ANNOUNCED -> announced(VaultLimits.OWNER_DELAY, letter);
      case ADMIN_DELETE_ANNOUNCED -> announced(VaultLimits.ADMIN_DELAY, letter);
      case VETOED -> world.mischief = world.mischief.withoutNotice();
      case RETIRED, LOCKED -> {
        if (world.truth.stage(row.subject().credId()) == Stage.ACTIVE) {
          ended(row, opened);
        }
      }
      case ACTIVE -> becameActive(row);
      default -> {}
    }
  }

  private void announced(Duration delay, @Nullable Letter letter) {
    long now = world.realMillis();
    if (world.mischief.notice() == null) {
      world.mischief = world.mischief.with(new Notice(now, now + delay.toMillis(), Notice.NEVER));
    }
    if (letter != null && letter.from().isHonest()) {
      world.mischief = world.mischief.heard(now);
    }
  }

  private void ended(LedgerEntry row, boolean opened) {
    Id set = Id.of(row.subject().setId());
    boolean owners =
        set.equals(Party.OWNER.identity().setId()) || set.equals(Party.NEWCOMER.identity().setId());
    if (owners && row.event() == VaultEvent.RETIRED && !opened) {
      Notice notice = world.mischief.notice();
      long now = world.realMillis();
      world.promises.require(
          Promise.NOTHING_BEFORE_ITS_TIME,
          notice != null && notice.isDue(now),
          "the owner's record ends before it is due");
      world.promises.require(
          Promise.THE_OWNER_HEARS_FIRST,
          notice != null && notice.isHeard(now),
          "the owner's record ends, and no device of theirs has known of it for 72 hours");
    }
    world.mischief = world.mischief.withoutNotice();
  }

  /** A record becomes ACTIVE as it was registered. */
  private void becameActive(LedgerEntry row) {
    Optional<LedgerEntry> pending = pending(row.subject().credId());
    world.promises.require(
        Promise.ONLY_TRUE_ROWS_COUNT,
        pending.isPresent() && pending.get().detail().equals(row.detail()),
        "a record becomes ACTIVE otherwise than it was registered");
  }

  private Optional<LedgerEntry> pending(Hash256 credId) {
    return world.database().genuine().rowsAfter(0).stream()
        .map(LedgerRow::entry)
        .filter(row -> row.event() == VaultEvent.PENDING && row.subject().credId().equals(credId))
        .findFirst();
  }
}
