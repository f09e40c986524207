package org.hikae.vault.core;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.vault.core.Move.Act;
import org.hikae.vault.core.Situation.Knowledge;
import org.hikae.vault.wire.StatusDone;
import org.hikae.vault.wire.StatusDone.Announcement;
import org.hikae.vault.wire.VaultAnswer;
import org.hikae.vault.wire.VaultPayload;
import org.hikae.vault.wire.VaultRefusal;
import org.hikae.vault.wire.VaultReply;
import org.hikae.vault.wire.VaultReply.Refused;

/**
 * Goes on as an honest owner would who knows the passwords of their records and has the owner key,
 * until the wrap was fetched or nothing but the 64-digit key is left. Each step is one of the
 * {@link Way}s; who has none is stuck.
 */
final class WaysOn {

  /** A step on the way to one's backup. */
  enum Way {
    /** Log in with the password; the end of nearly every way. */
    LOG_IN,
    /** Send again what the vault could not serve. */
    SEND_AGAIN,
    /** Wait as long as the vault says, then try again. */
    WAIT,
    /** Allow attempts again, by the owner key. */
    UNFREEZE,
    /** Expose what is registered already. */
    FINISH_THE_REGISTRATION,
    /** Register where there is no record. */
    REGISTER,
    /** Register after the record was destroyed by wrong passwords. */
    REGISTER_AFTER_LOCK_OUT,
    /** Register and announce, by the owner key, and wait 72 hours. */
    ANNOUNCE_A_REPLACEMENT,
    /** Wait until what is announced has happened. */
    WAIT_FOR_WHAT_IS_ANNOUNCED,
    /** Have the two keepers reopen the vault. */
    ASK_THE_KEEPERS,
    /** Restore with the 64-digit key: after fifty failures there is no password any more. */
    USE_THE_KEY
  }

  private static final int MOST_STEPS = 16;

  private final ExploredWorld world;
  private final Moves moves;
  private final Set<Way> ways = EnumSet.noneOf(Way.class);

  WaysOn(ExploredWorld world, Moves moves) {
    this.world = world;
    this.moves = moves;
  }

  /** The ways that were needed from where the world is now. */
  Set<Way> find() {
    for (int step = 0; step < MOST_STEPS; step++) {
      if (step()) {
        return ways;
      }
    }
    throw new Promise.Broken(Promise.A_WAY_ON, "after " + ways + " the owner is still stuck");
  }

  /** One step; whether it was the last. */
  private boolean step() {
    VaultAnswer answer =
        Objects.requireNonNull(
            world.deliver(world.serving, moves.devices().statusLetter(Party.OWNER)));
    if (answer.reply() instanceof Refused) {
      return helped(answer.reply());
    }
    moves.devices().receive(moves.devices().statusLetter(Party.OWNER), answer);
    StatusDone status = status(answer.reply());
    Hash256 credId = status.record().credId();
    boolean mine = world.knowledge(Party.OWNER).passwords().containsKey(credId);
    return switch (status.record().state()) {
      case ACTIVE -> mine ? logIn(status) : replace(status);
      case PENDING -> mine ? finishRegistration(status) : register(Way.REGISTER);
      case LOCKED -> lockedOut(status);
      case NONE, RETIRED -> register(Way.REGISTER);
    };
  }

  private static StatusDone status(VaultReply reply) {
    try {
      return StatusDone.parse(((VaultReply.Done) reply).payload());
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }

  /** What helps against a refusal that is not about the record. */
  private boolean helped(VaultReply reply) {
    Refused refused = (Refused) reply;
    switch (refused.refusal()) {
      case SEALED -> {
        ways.add(Way.ASK_THE_KEEPERS);
        world.reopen();
      }
      case UNAVAILABLE -> {
        // A store that was set back under the running vault: whoever operates it starts it anew.
        if (!ways.add(Way.SEND_AGAIN)) {
          world.kill(world.serving);
        }
      }
      case WAIT, LIMIT, RESERVED, BRAKE -> {
        ways.add(Way.WAIT);
        world.clock.advance(Duration.ofSeconds(refused.retryAfterSeconds()));
      }
      case LOCKED -> {
        // A minute, until none of the answered attempts can be proven any more.
        ways.add(Way.WAIT);
        world.clock.advance(Duration.ofSeconds(61));
      }
      default -> throw new Promise.Broken(Promise.A_WAY_ON, "refused as " + refused.refusal());
    }
    return false;
  }

  /** Makes a message and takes in its answer. */
  private VaultReply say(Act act) {
    Letter letter = Objects.requireNonNull(moves.devices().compose(act, Party.OWNER));
    VaultAnswer answer = Objects.requireNonNull(world.deliver(world.serving, letter));
    moves.devices().receive(letter, answer);
    return answer.reply();
  }

  private boolean logIn(StatusDone status) {
    if (status.record().frozen()) {
      ways.add(Way.UNFREEZE);
      say(Act.UNFREEZE);
      return false;
    }
    VaultReply started = say(Act.LOGIN);
    if (ExploredWorld.is(started, VaultRefusal.RENEW)) {
      return replace(status);
    }
    if (started instanceof Refused) {
      return helped(started);
    }
    VaultReply finished = say(Act.FETCH);
    if (!(finished instanceof VaultReply.Done done)) {
      return helped(finished);
    }
    ways.add(Way.LOG_IN);
    return wrap(done).length > 0;
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
      ways.add(Way.WAIT_FOR_WHAT_IS_ANNOUNCED);
      world.clock.advance(
          Duration.ofSeconds(
              1 + status.announced().dueSeconds() - world.clock.instant().getEpochSecond()));
      return false;
    }
    return register(Way.ANNOUNCE_A_REPLACEMENT);
  }

  private boolean finishRegistration(StatusDone status) {
    if (status.announced().what() != Announcement.NONE) {
      return replace(status);
    }
    Knowledge known = world.knowledge(Party.OWNER);
    boolean possible =
        known.registration() != null
            && status.record().credId().equals(known.registration().credId())
            && known.registration().pending() != null;
    if (!possible) {
      return register(Way.REGISTER);
    }
    ways.add(Way.FINISH_THE_REGISTRATION);
    say(Act.EXPOSE);
    return false;
  }

  private boolean lockedOut(StatusDone status) {
    return status.attempts().lifetimeLeft() == 0
        ? useTheKey()
        : register(Way.REGISTER_AFTER_LOCK_OUT);
  }

  private boolean useTheKey() {
    ways.add(Way.USE_THE_KEY);
    return true;
  }

  private boolean register(Way as) {
    VaultReply begun = say(Act.REG_INIT);
    if (ExploredWorld.is(begun, VaultRefusal.LOCKED)) {
      return useTheKey();
    }
    if (begun instanceof Refused) {
      return helped(begun);
    }
    ways.add(as);
    say(Act.REG_FINISH);
    say(Act.EXPOSE);
    return false;
  }
}
