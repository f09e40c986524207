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

/** Makes moves in a world. */
public final class ActionExecutor {

  /** How far the vault's clock jumps: past every time that is announced. */
  private static final Duration JUMP = Duration.ofDays(40);

  private final ExploredSystem world;
  private final DeviceSimulator devices;

  public ActionExecutor(ExploredSystem world) {
    this.world = world;
    this.devices = new DeviceSimulator(world);
  }

  public DeviceSimulator devices() {
    return devices;
  }

  /** Makes a move that must be possible, as part of a beginning. */
  public void must(ActionKind act) {
    if (!make(SystemAction.of(act))) {
      throw new AssertionError(act + " is not possible here");
    }
  }

  /**
   * Makes a move.
   *
   * @return false when it is not possible here; the world may then be anything
   */
  public boolean make(SystemAction move) {
    ActionKind act = move.act();
    if (act.time != null) {
      world.pass(act.time);
      return true;
    }
    return act.isMessage() ? message(move) : event(act);
  }

  /** Whether a move could be possible: says no where that is plain without making it. */
  public static boolean maybe(SystemState in, SystemAction move) {
    ActionKind act = move.act();
    if (!act.isMessage()) {
      return switch (act) {
        case RESTORE, RESTORE_UNDER_THE_RUNNING_VAULT, RESTORE_WITH_ANCHOR -> in.backup() != null;
        case ROLL_BACK_ACCOUNT, ROLL_BACK_SECRETS ->
            in.backup() != null && in.mischief().tampering() == null;
        case EDIT_ROWS, DELETE_ROWS, BACK_UP -> in.mischief().tampering() == null;
        case PUT_BACK -> in.mischief().tampering() != null;
        case DELETE_SEAL -> in.content().hasNote(HostileDatabase.SEAL);
        case REOPEN -> in.truth().isSetBack() || in.content().hasNote(HostileDatabase.SEAL);
        case CLOCK_AHEAD -> in.mischief().ahead().isZero();
        case CLOCK_RIGHT -> !in.mischief().ahead().isZero();
        case KEEPERS_DELETE_AGAIN -> in.mischief().deletion() != null;
        default -> true;
      };
    }
    SystemState.DeviceKnowledge known = Objects.requireNonNull(in.knowledge().get(act.party));
    boolean evaluation = act.slot == SystemAction.MessageSlot.LOGIN_START;
    if (move.how().isOfEvaluation() && !evaluation) {
      return false;
    }
    if (act.again) {
      SentMessage letter = known.sent().get(Objects.requireNonNull(act.slot));
      return letter != null
          && move.how() != Delivery.HELD
          && in.now().toEpochMilli() - letter.sentMillis()
              <= VaultLimits.DEVICE_CLOCK_SKEW.toMillis();
    }
    if (act.slot == null) {
      return move.how() != Delivery.HELD;
    }
    return switch (act.slot) {
      case REG_FINISH -> known.registration() != null && known.registration().credId() != null;
      case EXPOSE -> known.registration() != null && known.registration().pending() != null;
      case LOGIN_FINISH -> known.login() != null && known.login().ke2() != null;
      case REG_INIT, LOGIN_START, ORDER, STATUS -> true;
    };
  }

  private boolean event(ActionKind act) {
    StoreCopy backup = world.backup;
    switch (act) {
      case SWEEP -> world.sweep();
      case KILL -> world.kill(world.serving);
      case OTHER_NODE -> {
        world.store(world.serving).loseLease();
        world.serving = 1 - world.serving;
      }
      case BACK_UP -> world.backUp();
      case RESTORE, RESTORE_WITH_ANCHOR -> {
        if (backup == null) {
          return false;
        }
        world.kill(0);
        world.kill(1);
        world.restore(backup, act == ActionKind.RESTORE_WITH_ANCHOR);
      }
      case RESTORE_UNDER_THE_RUNNING_VAULT -> {
        if (backup == null) {
          return false;
        }
        world.restore(backup, false);
      }
      case REOPEN -> {
        return world.reopen();
      }
      case EVENTS -> world.readEvents();
      case CLOCK_AHEAD -> world.setAhead(JUMP);
      case CLOCK_RIGHT -> world.setAhead(Duration.ZERO);
      case KEEPERS_DELETE, KEEPERS_DELETE_AGAIN -> {
        return world.delete(act == ActionKind.KEEPERS_DELETE_AGAIN);
      }
      default -> {
        return world.database().act(act);
      }
    }
    return true;
  }

  private boolean message(SystemAction move) {
    ActionKind act = move.act();
    Party party = Objects.requireNonNull(act.party);
    SentMessage letter =
        act.again
            ? world.knowledge(party).sent().get(Objects.requireNonNull(act.slot))
            : devices.compose(act, party);
    if (letter == null || !world.isTaken(letter)) {
      return false;
    }
    return switch (move.how()) {
      case ANSWERED -> answered(letter, true);
      case DROPPED -> answered(letter, false);
      case HELD -> !act.again;
      case STRAYED -> strayed(letter);
      case KILL_BEFORE_COMMIT,
          KILL_AFTER_COMMIT,
          KILL_BEFORE_SECOND_COMMIT,
          KILL_AFTER_SECOND_COMMIT,
          OUTAGE_AFTER_COMMIT,
          OUTAGE_BEFORE_SECOND_COMMIT ->
          broken(letter, move.how());
      case KILL_AFTER_ANCHOR -> killedAfterAnchor(letter);
      case ANCHOR_AWAY -> anchorAway(letter);
      case ROOT_AWAY, MEANWHILE, MEANWHILE_ROOT_AWAY -> interrupted(letter, move);
      case CODE_AWAY, SIGNATURE_AWAY -> tokenTimesOut(letter, move.how());
    };
  }

  /** A device sends again, once, what the vault could not serve. */
  private boolean answered(SentMessage letter, boolean arrives) {
    VaultAnswer answer = Objects.requireNonNull(world.deliver(world.serving, letter));
    if (ExploredSystem.is(answer.reply(), VaultRefusal.UNAVAILABLE)) {
      answer = Objects.requireNonNull(world.deliver(world.serving, letter));
      world.promises.require(
          Invariant.NO_REFUSAL_WITHOUT_A_CAUSE,
          world.isDisturbed() || !ExploredSystem.is(answer.reply(), VaultRefusal.UNAVAILABLE),
          letter + " is refused twice as UNAVAILABLE");
    }
    return !arrives || receive(letter, answer);
  }

  /** The portal goes on with the process that took the lease, if it was free. */
  private boolean strayed(SentMessage letter) {
    int other = 1 - world.serving;
    VaultAnswer answer = world.deliver(other, letter);
    if (world.store(other).holdsLease()) {
      world.serving = other;
    }
    return receive(letter, answer);
  }

  private boolean receive(SentMessage letter, @Nullable VaultAnswer answer) {
    if (answer != null) {
      devices.receive(letter, answer);
    }
    return true;
  }

  private boolean broken(SentMessage letter, Delivery how) {
    InMemoryVaultStore store = world.store(world.serving);
    store.breakAt(
        Objects.requireNonNull(how.moment), how.number, Objects.requireNonNull(how.effect));
    VaultAnswer answer = world.deliver(world.serving, letter);
    boolean happened = !store.isBreakAhead();
    store.breakNever();
    return happened && receive(letter, answer);
  }

  private boolean killedAfterAnchor(SentMessage letter) {
    InMemoryVaultStore store = world.store(world.serving);
    boolean[] happened = new boolean[1];
    world.anchor.afterRaise =
        () -> {
          happened[0] = true;
          store.kill();
          // What the dead process would do next meets its own death.
          store.lease();
        };
    try {
      world.deliver(world.serving, letter);
    } finally {
      world.anchor.afterRaise = () -> {};
    }
    return happened[0];
  }

  private boolean anchorAway(SentMessage letter) {
    boolean[] happened = new boolean[1];
    world.anchor.beforeRaise =
        number -> {
          happened[0] = true;
          throw new UnavailableException("The anchor does not answer.", null);
        };
    try {
      world.deliver(world.serving, letter);
    } finally {
      world.anchor.beforeRaise = number -> {};
    }
    return happened[0];
  }

  /** The root is a token that other machines use, too, and one call of it takes too long. */
  private boolean tokenTimesOut(SentMessage letter, Delivery how) {
    FakeRootKey root = world.root();
    root.codeAway = how == Delivery.CODE_AWAY;
    root.signatureAway = how == Delivery.SIGNATURE_AWAY;
    VaultAnswer answer = world.deliver(world.serving, letter);
    boolean happened = !root.codeAway && !root.signatureAway;
    root.codeAway = false;
    root.signatureAway = false;
    return happened && receive(letter, answer);
  }

  private boolean interrupted(SentMessage letter, SystemAction move) {
    boolean[] happened = new boolean[1];
    world.opaque(world.serving).inside =
        () -> {
          happened[0] = move.meanwhile() == null;
          if (!happened[0]) {
            world.absorb(letter);
            happened[0] = make(move.meanwhileOrThrow());
          }
          if (move.how() != Delivery.MEANWHILE) {
            throw new UnavailableException("The root does not answer.", null);
          }
        };
    int process = world.serving;
    VaultAnswer answer = world.deliver(process, letter);
    world.opaque(process).inside = () -> {};
    return happened[0] && receive(letter, answer);
  }
}
