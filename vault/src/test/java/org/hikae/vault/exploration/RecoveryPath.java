package org.hikae.vault.exploration;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.vault.exploration.system.ActionExecutor;
import org.hikae.vault.exploration.system.ExploredSystem;
import org.hikae.vault.exploration.system.Invariant;
import org.hikae.vault.exploration.system.Party;
import org.hikae.vault.exploration.system.SentMessage;
import org.hikae.vault.exploration.system.SystemAction.ActionKind;
import org.hikae.vault.exploration.system.SystemState.DeviceKnowledge;
import org.hikae.vault.wire.StatusDone;
import org.hikae.vault.wire.StatusDone.Announcement;
import org.hikae.vault.wire.VaultAnswer;
import org.hikae.vault.wire.VaultPayload;
import org.hikae.vault.wire.VaultRefusal;
import org.hikae.vault.wire.VaultReply;
import org.hikae.vault.wire.VaultReply.Refused;
import org.jspecify.annotations.Nullable;

/**
 * Goes on as an honest employee would who knows the passwords of their records, until the wrap was
 * fetched or nothing but the 64-digit key is left. Each step is one of the {@link RecoveryStep}s;
 * who has none is stuck.
 */
final class RecoveryPath {

  private static final int MOST_STEPS = 20;
  private static final Duration A_FREEZE = Duration.ofDays(7).plusSeconds(1);
  private static final Duration SILENCE = Duration.ofDays(3);

  private final ExploredSystem explored;
  private final ActionExecutor actionExecutor;
  private final HonestEmployee honestEmployee;
  private final Set<RecoveryStep> neededSteps = EnumSet.noneOf(RecoveryStep.class);
  private @Nullable VaultRefusal last;

  RecoveryPath(
      ExploredSystem explored, ActionExecutor actionExecutor, HonestEmployee honestEmployee) {
    this.explored = explored;
    this.actionExecutor = actionExecutor;
    this.honestEmployee = honestEmployee;
  }

  /** The steps that were needed from where the explored system is now. */
  Set<RecoveryStep> find() {
    if (honestEmployee.wasSilenced) {
      explored.pass(SILENCE);
      explored.sweep();
    }
    for (int step = 0; step < MOST_STEPS; step++) {
      if (step()) {
        return neededSteps;
      }
    }
    explored.invariants.require(
        stuckBy(),
        false,
        honestEmployee + " is stuck after " + neededSteps + ", refused as " + last);
    return neededSteps;
  }

  private Invariant stuckBy() {
    return switch (last) {
      case FROZEN -> Invariant.A_FREEZE_ENDS;
      case SEALED -> Invariant.A_CEREMONY_REPAIRS;
      case LIMIT -> Invariant.A_SET_HAS_ROOM;
      case RENEW -> Invariant.THE_PASSWORD_SUFFICES;
      case UNAVAILABLE ->
          explored.attackerState.jumped() ? Invariant.A_CLOCK_JUMP_PASSES : Invariant.A_WAY_ON;
      case null, default -> Invariant.A_WAY_ON;
    };
  }

  /** One step; whether it was the last. */
  private boolean step() {
    if (!explored.attackerState.ahead().isZero()) {
      neededSteps.add(RecoveryStep.SET_THE_CLOCK_RIGHT);
      explored.setAhead(Duration.ZERO);
    }
    SentMessage sentMessage = actionExecutor.devices().statusLetter(honestEmployee.party);
    VaultAnswer answer = Objects.requireNonNull(explored.deliver(explored.serving, sentMessage));
    if (answer.reply() instanceof Refused refused) {
      return helped(refused);
    }
    actionExecutor.devices().receive(sentMessage, answer);
    StatusDone status = status(answer.reply());
    Hash256 credId = status.record().credId();
    return switch (status.record().state()) {
      case ACTIVE ->
          actionExecutor.devices().passwords().containsKey(credId)
              ? logIn(status)
              : replace(status);
      case PENDING -> isOwn(credId) ? finishRegistration(status) : register(RecoveryStep.REGISTER);
      case LOCKED -> lockedOut(status);
      case NONE, RETIRED -> register(RecoveryStep.REGISTER);
    };
  }

  private boolean isOwn(Hash256 credId) {
    return explored.knowledge(honestEmployee.party).passwords().containsKey(credId);
  }

  private static StatusDone status(VaultReply reply) {
    try {
      return StatusDone.parse(((VaultReply.Done) reply).payload());
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }

  /** What helps against a refusal that is not about the record. */
  private boolean helped(Refused refused) {
    last = refused.refusal();
    switch (refused.refusal()) {
      case SEALED -> reopen();
      case UNAVAILABLE -> serveAgain();
      case WAIT, LIMIT, RESERVED, BRAKE -> {
        neededSteps.add(RecoveryStep.WAIT);
        explored.pass(Duration.ofSeconds(refused.retryAfterSeconds()));
      }
      case LOCKED -> {
        // A minute, until none of the answered attempts can be proven any more.
        neededSteps.add(RecoveryStep.WAIT);
        explored.pass(Duration.ofSeconds(61));
      }
      default ->
          throw new Invariant.ViolatedException(
              Invariant.A_WAY_ON, honestEmployee + " is refused as " + refused.refusal());
    }
    return false;
  }

  private void reopen() {
    if (explored.database().putBack()) {
      neededSteps.add(RecoveryStep.PUT_ROWS_BACK);
    }
    neededSteps.add(RecoveryStep.ASK_THE_CUSTODIANS);
    explored.reopen();
  }

  /** What is tried, one after the other, while the vault does not serve. */
  private void serveAgain() {
    if (neededSteps.add(RecoveryStep.SEND_AGAIN)) {
      return;
    }
    if (explored.database().putBack()) {
      neededSteps.add(RecoveryStep.PUT_ROWS_BACK);
    } else if (neededSteps.add(RecoveryStep.START_ANEW)) {
      // A store that was set back under the running vault is noticed at its start.
      explored.kill(explored.serving);
    } else if (explored.attackerState.jumped()) {
      reopen();
    } else {
      explored.kill(explored.serving);
    }
  }

  /** Makes a message and takes in its answer. */
  private VaultReply say(ActionKind actionKind) {
    SentMessage sentMessage =
        Objects.requireNonNull(actionExecutor.devices().compose(actionKind, honestEmployee.party));
    VaultAnswer answer = Objects.requireNonNull(explored.deliver(explored.serving, sentMessage));
    actionExecutor.devices().receive(sentMessage, answer);
    return answer.reply();
  }

  private boolean logIn(StatusDone status) {
    if (status.record().frozen()) {
      thaw();
      return false;
    }
    VaultReply started = say(ActionKind.LOGIN);
    if (ExploredSystem.is(started, VaultRefusal.RENEW)) {
      last = VaultRefusal.RENEW;
      return honestEmployee.hasKey() && replace(status);
    }
    if (started instanceof Refused refused) {
      return helped(refused);
    }
    VaultReply finished = say(ActionKind.FETCH);
    if (finished instanceof Refused refused) {
      return helped(refused);
    }
    neededSteps.add(RecoveryStep.LOG_IN);
    return wrap((VaultReply.Done) finished).length > 0;
  }

  /**
   * Who has the owner key ends a freeze; anybody else waits, and whoever has a stolen device
   * freezes again.
   */
  private void thaw() {
    if (honestEmployee.hasKey()) {
      neededSteps.add(RecoveryStep.UNFREEZE);
      say(ActionKind.UNFREEZE);
      return;
    }
    last = VaultRefusal.FROZEN;
    neededSteps.add(RecoveryStep.WAIT_FOR_THE_END_OF_A_FREEZE);
    explored.pass(A_FREEZE);
    SentMessage again = actionExecutor.devices().compose(ActionKind.STOLEN_FREEZE, Party.STOLEN);
    if (again != null) {
      explored.deliver(explored.serving, again);
    }
  }

  private static byte[] wrap(VaultReply.Done done) {
    try {
      return VaultPayload.LoginFinishDone.parse(done.payload()).passwordWrap();
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }

  /** Somebody else's record is in place, or one that answers no more. */
  private boolean replace(StatusDone status) {
    if (status.announced().what() != Announcement.NONE) {
      neededSteps.add(RecoveryStep.WAIT_FOR_WHAT_IS_ANNOUNCED);
      explored.pass(
          Duration.ofSeconds(
              1 + status.announced().dueSeconds() - explored.clock.instant().getEpochSecond()));
      return false;
    }
    return register(RecoveryStep.ANNOUNCE_A_REPLACEMENT);
  }

  private boolean finishRegistration(StatusDone status) {
    if (status.announced().what() != Announcement.NONE) {
      return replace(status);
    }
    DeviceKnowledge known = explored.knowledge(honestEmployee.party);
    boolean possible =
        known.registration() != null
            && status.record().credId().equals(known.registration().credId())
            && known.registration().pending() != null;
    if (!possible) {
      return register(RecoveryStep.REGISTER);
    }
    neededSteps.add(RecoveryStep.FINISH_THE_REGISTRATION);
    say(ActionKind.EXPOSE);
    return false;
  }

  private boolean lockedOut(StatusDone status) {
    return status.attempts().lifetimeLeft() == 0
        ? useTheKey()
        : register(RecoveryStep.REGISTER_AFTER_LOCK_OUT);
  }

  private boolean useTheKey() {
    neededSteps.add(RecoveryStep.USE_THE_KEY);
    return true;
  }

  private boolean register(RecoveryStep as) {
    VaultReply begun = say(ActionKind.REG_INIT);
    if (ExploredSystem.is(begun, VaultRefusal.LOCKED)) {
      return useTheKey();
    }
    if (begun instanceof Refused refused) {
      return helped(refused);
    }
    neededSteps.add(as);
    say(ActionKind.REG_FINISH);
    say(ActionKind.EXPOSE);
    return false;
  }
}
