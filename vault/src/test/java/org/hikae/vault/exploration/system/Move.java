package org.hikae.vault.exploration.system;

import java.time.Duration;
import java.util.Objects;
import org.hikae.vault.database.InMemoryVaultStore.Effect;
import org.hikae.vault.database.InMemoryVaultStore.Moment;
import org.jspecify.annotations.Nullable;

/**
 * One thing that can happen.
 *
 * @param act what
 * @param how what becomes of the message, where there is one
 * @param meanwhile what happens while the vault evaluates; only with {@link How#MEANWHILE} and
 *     {@link How#MEANWHILE_ROOT_AWAY}
 */
public record Move(Act act, How how, @Nullable Move meanwhile) {

  public static Move of(Act act) {
    return new Move(act, How.ANSWERED, null);
  }

  Move meanwhileOrThrow() {
    return Objects.requireNonNull(meanwhile);
  }

  @Override
  public String toString() {
    return act
        + (how == How.ANSWERED ? "" : " " + how)
        + (meanwhile == null ? "" : "(" + meanwhile + ")");
  }

  /** Which kind of message a party has sent last; the network can deliver it again. */
  public enum Slot {
    REG_INIT,
    REG_FINISH,
    EXPOSE,
    LOGIN_START,
    LOGIN_FINISH,
    ORDER,
    STATUS
  }

  /** What can happen. */
  public enum Act {
    // A party makes a message and sends it.
    REG_INIT(Party.OWNER, Slot.REG_INIT, false),
    REG_FINISH(Party.OWNER, Slot.REG_FINISH, false),
    EXPOSE(Party.OWNER, Slot.EXPOSE, false),
    LOGIN(Party.OWNER, Slot.LOGIN_START, false),
    TYPO(Party.OWNER, Slot.LOGIN_START, false),
    FETCH(Party.OWNER, Slot.LOGIN_FINISH, false),
    RETIRE(Party.OWNER, Slot.LOGIN_FINISH, false),
    REPLACE(Party.OWNER, Slot.LOGIN_FINISH, false),
    CALL_OFF(Party.OWNER, Slot.LOGIN_FINISH, false),
    WRONG_PROOF(Party.OWNER, Slot.LOGIN_FINISH, false),
    FREEZE(Party.OWNER, Slot.ORDER, false),
    UNFREEZE(Party.OWNER, Slot.ORDER, false),
    DELETE(Party.OWNER, Slot.ORDER, false),
    VETO(Party.OWNER, Slot.ORDER, false),
    GUESS(Party.THIEF, Slot.LOGIN_START, false),
    GUESS_UNDER_AN_OLD_ID(Party.THIEF, Slot.LOGIN_START, false),
    WRONG_GUESS_PROOF(Party.THIEF, Slot.LOGIN_FINISH, false),
    THIEF_REG_INIT(Party.THIEF, Slot.REG_INIT, false),
    THIEF_REG_FINISH(Party.THIEF, Slot.REG_FINISH, false),
    THIEF_EXPOSE(Party.THIEF, Slot.EXPOSE, false),
    THIEF_LOGIN(Party.THIEF, Slot.LOGIN_START, false),
    THIEF_REPLACE(Party.THIEF, Slot.LOGIN_FINISH, false),
    STATUS(Party.OWNER),
    STOLEN_FREEZE(Party.STOLEN),
    CLAIM(Party.PORTAL),
    // The network delivers once more, or at last, what a party has sent.
    REG_INIT_AGAIN(Party.OWNER, Slot.REG_INIT, true),
    REG_FINISH_AGAIN(Party.OWNER, Slot.REG_FINISH, true),
    EXPOSE_AGAIN(Party.OWNER, Slot.EXPOSE, true),
    LOGIN_START_AGAIN(Party.OWNER, Slot.LOGIN_START, true),
    LOGIN_FINISH_AGAIN(Party.OWNER, Slot.LOGIN_FINISH, true),
    ORDER_AGAIN(Party.OWNER, Slot.ORDER, true),
    GUESS_AGAIN(Party.THIEF, Slot.LOGIN_START, true),
    THIEF_EXPOSE_AGAIN(Party.THIEF, Slot.EXPOSE, true),
    // What no message does.
    A_MINUTE(Duration.ofSeconds(61)),
    AN_HOUR(Duration.ofHours(1)),
    A_DAY(Duration.ofDays(1)),
    THREE_DAYS(Duration.ofDays(3)),
    A_WEEK(Duration.ofDays(7)),
    A_MONTH(Duration.ofDays(31)),
    SWEEP,
    KILL,
    OTHER_NODE,
    BACK_UP,
    RESTORE,
    RESTORE_UNDER_THE_RUNNING_VAULT,
    REOPEN,
    // The portal reads the vault's events.
    EVENTS,
    // Whoever can write the database does, one table at a time, and an operator puts that back.
    DROP_LOGIN_ROWS,
    EDIT_ROWS,
    DELETE_ROWS,
    ROLL_BACK_ACCOUNT,
    ROLL_BACK_SECRETS,
    PUT_BACK,
    DELETE_SEAL,
    RESTORE_WITH_ANCHOR,
    // The vault's clock, and two people.
    CLOCK_AHEAD,
    CLOCK_RIGHT,
    KEEPERS_DELETE,
    KEEPERS_DELETE_AGAIN;

    final @Nullable Party party;
    final @Nullable public Slot slot;
    final boolean again;
    final @Nullable Duration time;

    Act(Party party, Slot slot, boolean again) {
      this(party, slot, again, null);
    }

    /** A message that the network does not keep. */
    Act(Party party) {
      this(party, null, false, null);
    }

    Act(Duration time) {
      this(null, null, false, time);
    }

    Act() {
      this(null, null, false, null);
    }

    Act(@Nullable Party party, @Nullable Slot slot, boolean again, @Nullable Duration time) {
      this.party = party;
      this.slot = slot;
      this.again = again;
      this.time = time;
    }

    public boolean isMessage() {
      return party != null;
    }
  }

  /** What becomes of a message. */
  public enum How {
    /** It is answered, and the answer arrives. */
    ANSWERED,
    /** It is answered, and the answer is dropped. */
    DROPPED,
    /** The network keeps it for later. */
    HELD,
    /** It goes to the vault process that is not in charge. */
    STRAYED,
    /** The vault dies before the first commit. */
    KILL_BEFORE_COMMIT(Moment.BEFORE_COMMIT, 1, Effect.KILL),
    /** The vault dies between the first commit and the anchor. */
    KILL_AFTER_COMMIT(Moment.AFTER_COMMIT, 1, Effect.KILL),
    /** The vault dies right after the anchor. */
    KILL_AFTER_ANCHOR,
    /** The vault dies between evaluation and second commit. */
    KILL_BEFORE_SECOND_COMMIT(Moment.BEFORE_COMMIT, 2, Effect.KILL),
    /** The vault dies after the second commit, before the answer. */
    KILL_AFTER_SECOND_COMMIT(Moment.AFTER_COMMIT, 2, Effect.KILL),
    /** The store fails after the first commit, and the lease is lost. */
    OUTAGE_AFTER_COMMIT(Moment.AFTER_COMMIT, 1, Effect.OUTAGE),
    /** The store fails before the second commit, and the lease is lost. */
    OUTAGE_BEFORE_SECOND_COMMIT(Moment.BEFORE_COMMIT, 2, Effect.OUTAGE),
    /** The anchor does not answer. */
    ANCHOR_AWAY,
    /** The root does not evaluate. */
    ROOT_AWAY,
    /** The root's first code for it times out. */
    CODE_AWAY,
    /** The root's first signature for it times out. */
    SIGNATURE_AWAY,
    /** Something else happens while the vault evaluates. */
    MEANWHILE,
    /** The same, and then the root does not evaluate. */
    MEANWHILE_ROOT_AWAY;

    final @Nullable Moment moment;
    final int number;
    final @Nullable Effect effect;

    How() {
      this(null, 0, null);
    }

    How(@Nullable Moment moment, int number, @Nullable Effect effect) {
      this.moment = moment;
      this.number = number;
      this.effect = effect;
    }

    /** Whether it is about an evaluation, and so about LoginStart only. */
    boolean isOfEvaluation() {
      return this == ROOT_AWAY || this == MEANWHILE || this == MEANWHILE_ROOT_AWAY;
    }
  }
}
