package org.hikae.vault.exploration.system;

import java.time.Duration;
import java.util.Objects;
import org.hikae.vault.account.VaultLimits;
import org.hikae.vault.database.InMemoryVaultStore;
import org.hikae.vault.exploration.system.SystemAction.ActionKind;
import org.hikae.vault.exploration.system.SystemAction.Delivery;
import org.hikae.vault.exploration.system.SystemState.StoreCopy;
import org.hikae.vault.port.UnavailableException;
import org.hikae.vault.wire.VaultAnswer;
import org.hikae.vault.wire.VaultRefusal;
import org.jspecify.annotations.Nullable;

/** Makes moves in an explored system. */
public final class ActionExecutor {

  /** How far the vault's clock jumps: past every time that is announced. */
  private static final Duration JUMP = Duration.ofDays(40);

  private final ExploredSystem explored;
  private final DeviceSimulator devices;

  public ActionExecutor(ExploredSystem explored) {
    this.explored = explored;
    this.devices = new DeviceSimulator(explored);
  }

  public DeviceSimulator devices() {
    return devices;
  }

  /** Makes a move that must be possible, as part of a beginning. */
  public void must(ActionKind actionKind) {
    if (!make(SystemAction.of(actionKind))) {
      throw new AssertionError(actionKind + " is not possible here");
    }
  }

  /**
   * Makes a move.
   *
   * @return false when it is not possible here; the system may then be anything
   */
  public boolean make(SystemAction systemAction) {
    ActionKind actionKind = systemAction.act();
    if (actionKind.time != null) {
      explored.pass(actionKind.time);
      return true;
    }
    return actionKind.isMessage() ? message(systemAction) : event(actionKind);
  }

  /** Whether a move could be possible: says no where that is plain without making it. */
  public static boolean maybe(SystemState in, SystemAction systemAction) {
    ActionKind actionKind = systemAction.act();
    if (!actionKind.isMessage()) {
      return switch (actionKind) {
        case RESTORE, RESTORE_UNDER_THE_RUNNING_VAULT, RESTORE_WITH_ANCHOR -> in.backup() != null;
        case ROLL_BACK_ACCOUNT, ROLL_BACK_SECRETS ->
            in.backup() != null && in.attacker().tampering() == null;
        case EDIT_ROWS, DELETE_ROWS, BACK_UP -> in.attacker().tampering() == null;
        case PUT_BACK -> in.attacker().tampering() != null;
        case DELETE_SEAL -> in.content().hasNote(HostileDatabase.SEAL);
        case REOPEN -> in.truth().isSetBack() || in.content().hasNote(HostileDatabase.SEAL);
        case CLOCK_AHEAD -> in.attacker().ahead().isZero();
        case CLOCK_RIGHT -> !in.attacker().ahead().isZero();
        case CUSTODIANS_DELETE_AGAIN -> in.attacker().deletion() != null;
        default -> true;
      };
    }
    SystemState.DeviceKnowledge known =
        Objects.requireNonNull(in.knowledge().get(actionKind.party));
    boolean evaluation = actionKind.slot == SystemAction.MessageSlot.LOGIN_START;
    if (systemAction.how().isOfEvaluation() && !evaluation) {
      return false;
    }
    if (actionKind.again) {
      SentMessage sentMessage = known.sent().get(Objects.requireNonNull(actionKind.slot));
      return sentMessage != null
          && systemAction.how() != Delivery.HELD
          && in.now().toEpochMilli() - sentMessage.sentMillis()
              <= VaultLimits.DEVICE_CLOCK_SKEW.toMillis();
    }
    if (actionKind.slot == null) {
      return systemAction.how() != Delivery.HELD;
    }
    return switch (actionKind.slot) {
      case REG_FINISH -> known.registration() != null && known.registration().credId() != null;
      case EXPOSE -> known.registration() != null && known.registration().pending() != null;
      case LOGIN_FINISH -> known.login() != null && known.login().ke2() != null;
      case REG_INIT, LOGIN_START, ORDER, STATUS -> true;
    };
  }

  private boolean event(ActionKind actionKind) {
    StoreCopy storeCopy = explored.storeCopy;
    switch (actionKind) {
      case SWEEP -> explored.sweep();
      case KILL -> explored.kill(explored.serving);
      case OTHER_NODE -> {
        explored.store(explored.serving).loseLease();
        explored.serving = 1 - explored.serving;
      }
      case BACK_UP -> explored.backUp();
      case RESTORE, RESTORE_WITH_ANCHOR -> {
        if (storeCopy == null) {
          return false;
        }
        explored.kill(0);
        explored.kill(1);
        explored.restore(storeCopy, actionKind == ActionKind.RESTORE_WITH_ANCHOR);
      }
      case RESTORE_UNDER_THE_RUNNING_VAULT -> {
        if (storeCopy == null) {
          return false;
        }
        explored.restore(storeCopy, false);
      }
      case REOPEN -> {
        return explored.reopen();
      }
      case EVENTS -> explored.readEvents();
      case CLOCK_AHEAD -> explored.setAhead(JUMP);
      case CLOCK_RIGHT -> explored.setAhead(Duration.ZERO);
      case CUSTODIANS_DELETE, CUSTODIANS_DELETE_AGAIN -> {
        return explored.delete(actionKind == ActionKind.CUSTODIANS_DELETE_AGAIN);
      }
      default -> {
        return explored.database().act(actionKind);
      }
    }
    return true;
  }

  private boolean message(SystemAction systemAction) {
    ActionKind actionKind = systemAction.act();
    Party party = Objects.requireNonNull(actionKind.party);
    SentMessage sentMessage =
        actionKind.again
            ? explored.knowledge(party).sent().get(Objects.requireNonNull(actionKind.slot))
            : devices.compose(actionKind, party);
    if (sentMessage == null || !explored.isTaken(sentMessage)) {
      return false;
    }
    return switch (systemAction.how()) {
      case ANSWERED -> answered(sentMessage, true);
      case DROPPED -> answered(sentMessage, false);
      case HELD -> !actionKind.again;
      case STRAYED -> strayed(sentMessage);
      case KILL_BEFORE_COMMIT,
          KILL_AFTER_COMMIT,
          KILL_BEFORE_SECOND_COMMIT,
          KILL_AFTER_SECOND_COMMIT,
          OUTAGE_AFTER_COMMIT,
          OUTAGE_BEFORE_SECOND_COMMIT ->
          broken(sentMessage, systemAction.how());
      case KILL_AFTER_ANCHOR -> killedAfterAnchor(sentMessage);
      case ANCHOR_AWAY -> anchorAway(sentMessage);
      case ROOT_AWAY, MEANWHILE, MEANWHILE_ROOT_AWAY -> interrupted(sentMessage, systemAction);
      case CODE_AWAY, SIGNATURE_AWAY -> tokenTimesOut(sentMessage, systemAction.how());
    };
  }

  /** A device sends again, once, what the vault could not serve. */
  private boolean answered(SentMessage sentMessage, boolean arrives) {
    VaultAnswer answer = Objects.requireNonNull(explored.deliver(explored.serving, sentMessage));
    if (ExploredSystem.is(answer.reply(), VaultRefusal.UNAVAILABLE)) {
      answer = Objects.requireNonNull(explored.deliver(explored.serving, sentMessage));
      explored.invariants.require(
          Invariant.NO_REFUSAL_WITHOUT_A_CAUSE,
          explored.isDisturbed() || !ExploredSystem.is(answer.reply(), VaultRefusal.UNAVAILABLE),
          sentMessage + " is refused twice as UNAVAILABLE");
    }
    return !arrives || receive(sentMessage, answer);
  }

  /** The portal goes on with the process that took the lease, if it was free. */
  private boolean strayed(SentMessage sentMessage) {
    int other = 1 - explored.serving;
    VaultAnswer answer = explored.deliver(other, sentMessage);
    if (explored.store(other).holdsLease()) {
      explored.serving = other;
    }
    return receive(sentMessage, answer);
  }

  private boolean receive(SentMessage sentMessage, @Nullable VaultAnswer answer) {
    if (answer != null) {
      devices.receive(sentMessage, answer);
    }
    return true;
  }

  private boolean broken(SentMessage sentMessage, Delivery delivery) {
    InMemoryVaultStore store = explored.store(explored.serving);
    store.breakAt(
        Objects.requireNonNull(delivery.moment),
        delivery.number,
        Objects.requireNonNull(delivery.effect));
    VaultAnswer answer = explored.deliver(explored.serving, sentMessage);
    boolean happened = !store.isBreakAhead();
    store.breakNever();
    return happened && receive(sentMessage, answer);
  }

  private boolean killedAfterAnchor(SentMessage sentMessage) {
    InMemoryVaultStore store = explored.store(explored.serving);
    boolean[] happened = new boolean[1];
    explored.anchor.afterRaise =
        () -> {
          happened[0] = true;
          store.kill();
          // What the dead process would do next meets its own death.
          store.lease();
        };
    try {
      explored.deliver(explored.serving, sentMessage);
    } finally {
      explored.anchor.afterRaise = () -> {};
    }
    return happened[0];
  }

  private boolean anchorAway(SentMessage sentMessage) {
    boolean[] happened = new boolean[1];
    explored.anchor.beforeRaise =
        number -> {
          happened[0] = true;
          throw new UnavailableException("The anchor does not answer.", null);
        };
    try {
      explored.deliver(explored.serving, sentMessage);
    } finally {
      explored.anchor.beforeRaise = number -> {};
    }
    return happened[0];
  }

  /** The root is a token that other machines use, too, and one call of it takes too long. */
  private boolean tokenTimesOut(SentMessage sentMessage, Delivery delivery) {
    FakeRootKey root = explored.root();
    root.codeAway = delivery == Delivery.CODE_AWAY;
    root.signatureAway = delivery == Delivery.SIGNATURE_AWAY;
    VaultAnswer answer = explored.deliver(explored.serving, sentMessage);
    boolean happened = !root.codeAway && !root.signatureAway;
    root.codeAway = false;
    root.signatureAway = false;
    return happened && receive(sentMessage, answer);
  }

  private boolean interrupted(SentMessage sentMessage, SystemAction systemAction) {
    boolean[] happened = new boolean[1];
    explored.opaque(explored.serving).inside =
        () -> {
          happened[0] = systemAction.meanwhile() == null;
          if (!happened[0]) {
            explored.absorb(sentMessage);
            happened[0] = make(systemAction.meanwhileOrThrow());
          }
          if (systemAction.how() != Delivery.MEANWHILE) {
            throw new UnavailableException("The root does not answer.", null);
          }
        };
    int process = explored.serving;
    VaultAnswer answer = explored.deliver(process, sentMessage);
    explored.opaque(process).inside = () -> {};
    return happened[0] && receive(sentMessage, answer);
  }
}
