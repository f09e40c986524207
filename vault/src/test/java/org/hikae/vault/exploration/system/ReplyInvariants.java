package org.hikae.vault.exploration.system;

import java.util.Arrays;
import java.util.List;
import org.hikae.hk1.MalformedException;
import org.hikae.vault.account.AttemptCounters;
import org.hikae.vault.account.VaultLimits;
import org.hikae.vault.wire.LedgerHead;
import org.hikae.vault.wire.Receipt;
import org.hikae.vault.wire.StatusDone;
import org.hikae.vault.wire.VaultMessageType;
import org.hikae.vault.wire.VaultPayload;
import org.hikae.vault.wire.VaultRefusal;
import org.hikae.vault.wire.VaultReply;
import org.jspecify.annotations.Nullable;

/** What must be so of each answer of the vault, whoever asked and whatever the database holds. */
final class ReplyInvariants {

  private final ExploredSystem explored;

  ReplyInvariants(ExploredSystem explored) {
    this.explored = explored;
  }

  /**
   * Whether a message is a new guess that may not be answered now: one of the last attempts at the
   * owner's record, by somebody who never opened it.
   */
  boolean isReservedFrom(SentMessage sentMessage) {
    boolean guess =
        sentMessage.from() == Party.THIEF
            && sentMessage.type() == VaultMessageType.LOGIN_START
            && sentMessage.setId().equals(Party.OWNER.identity().setId())
            && explored.truth.find(sentMessage.meaning().guess()).row() == 0;
    if (!guess) {
      return false;
    }
    AttemptCounters attemptCounters = explored.account().counts();
    long age = explored.clock.millis() - attemptCounters.lastChargeMillis();
    return attemptCounters.consecutive() >= VaultLimits.RESERVED_FROM
        && age < VaultLimits.RESERVED_FOR.toMillis();
  }

  /**
   * Looks at an answer.
   *
   * @param reserved what {@link #isReservedFrom} said before
   */
  void check(SentMessage sentMessage, VaultReply reply, boolean reserved) {
    if (reply instanceof VaultReply.Done done) {
      answered(sentMessage);
      if (explored.attackerState.tampering() != null) {
        requireTrue(receipts(sentMessage.type(), done.payload()));
      }
    }
    boolean sealed = ExploredSystem.is(reply, VaultRefusal.SEALED);
    if (sealed) {
      explored.truth.sealed();
    }
    explored.invariants.require(
        Invariant.NO_REFUSAL_WITHOUT_A_CAUSE,
        explored.isDisturbed() || !sealed,
        sentMessage + " is refused as SEALED");
    explored.invariants.require(
        Invariant.THE_LAST_ATTEMPTS_ARE_THE_OWNERS,
        !reserved || explored.truth.find(sentMessage.meaning().guess()).row() == 0,
        sentMessage + " is charged");
  }

  private void answered(SentMessage sentMessage) {
    GroundTruth truth = explored.truth;
    explored.invariants.require(
        Invariant.A_RESTORED_STORE_IS_NOTICED, !truth.isSetBack(), sentMessage + " is answered");
    explored.invariants.require(
        Invariant.A_SEAL_STAYS, !truth.isSealed(), sentMessage + " is answered");
    explored.invariants.require(
        Invariant.A_FORK_IS_NOTICED,
        !truth.isForked() || isHere(sentMessage.seen()),
        sentMessage + " is answered and has seen what is not here");
    if (sentMessage.type() == VaultMessageType.LOGIN_START) {
      truth.answered(sentMessage);
    }
  }

  private boolean isHere(@Nullable LedgerHead head) {
    return head == null
        || explored
            .database()
            .genuine()
            .row(head.seq())
            .filter(row -> row.mac().equals(head.mac()))
            .isPresent();
  }

  private static List<Receipt> receipts(VaultMessageType type, byte[] payload) {
    try {
      return switch (type) {
        case REG_FINISH, EXPOSE, ORDER, WITNESS -> List.of(Receipt.parse(payload));
        case LOGIN_FINISH -> List.of(VaultPayload.LoginFinishDone.parse(payload).receipt());
        case STATUS -> StatusDone.parse(payload).receipts();
        case REG_INIT, LOGIN_START -> List.of();
      };
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }

  /** What is signed must be what the vault once wrote. */
  void requireTrue(List<Receipt> receipts) {
    for (Receipt receipt : receipts) {
      explored.invariants.require(
          Invariant.ONLY_TRUE_ROWS_ARE_SHOWN,
          explored
              .database()
              .genuine()
              .row(receipt.entry().seq())
              .filter(row -> Arrays.equals(row.entry().encode(), receipt.entry().encode()))
              .isPresent(),
          "row " + receipt.entry().seq() + " is signed as it was never written");
    }
  }
}
