package org.hikae.vault.exploration.system;

import java.time.Duration;
import java.util.Objects;
import org.hikae.vault.database.InMemoryVaultStore.FailureEffect;
import org.hikae.vault.database.InMemoryVaultStore.FailureMoment;
import org.jspecify.annotations.Nullable;

/**
 * One thing that can happen.
 *
 * @param act what
 * @param how what becomes of the message, where there is one
 * @param meanwhile what happens while the vault evaluates; only with {@link Delivery#MEANWHILE} and
 *     {@link Delivery#MEANWHILE_ROOT_AWAY}
 */
public record SystemAction(ActionKind act, Delivery how, @Nullable SystemAction meanwhile) {

  public static SystemAction of(ActionKind actionKind) {
    return new SystemAction(actionKind, Delivery.ANSWERED, null);
  }

  SystemAction meanwhileOrThrow() {
    return Objects.requireNonNull(meanwhile);
  }

  @Override
  public String toString() {
    return act
        + (how == Delivery.ANSWERED ? "" : " " + how)
        + (meanwhile == null ? "" : "(" + meanwhile + ")");
  }

  /** Which kind of message a party has sent last; the network can deliver it again. */
  public enum MessageSlot {
    REG_INIT,
    REG_FINISH,
    EXPOSE,
    LOGIN_START,
    LOGIN_FINISH,
    ORDER,
    STATUS
  }

  /** What can happen. */
  public enum ActionKind {
    // A party makes a message and sends it.
    REG_INIT(Party.OWNER, MessageSlot.REG_INIT, false),
    REG_FINISH(Party.OWNER, MessageSlot.REG_FINISH, false),
    EXPOSE(Party.OWNER, MessageSlot.EXPOSE, false),
    LOGIN(Party.OWNER, MessageSlot.LOGIN_START, false),
    TYPO(Party.OWNER, MessageSlot.LOGIN_START, false),
    FETCH(Party.OWNER, MessageSlot.LOGIN_FINISH, false),
    RETIRE(Party.OWNER, MessageSlot.LOGIN_FINISH, false),
    REPLACE(Party.OWNER, MessageSlot.LOGIN_FINISH, false),
    CALL_OFF(Party.OWNER, MessageSlot.LOGIN_FINISH, false),
    WRONG_PROOF(Party.OWNER, MessageSlot.LOGIN_FINISH, false),
    FREEZE(Party.OWNER, MessageSlot.ORDER, false),
    UNFREEZE(Party.OWNER, MessageSlot.ORDER, false),
    DELETE(Party.OWNER, MessageSlot.ORDER, false),
    VETO(Party.OWNER, MessageSlot.ORDER, false),
    GUESS(Party.THIEF, MessageSlot.LOGIN_START, false),
    GUESS_UNDER_AN_OLD_ID(Party.THIEF, MessageSlot.LOGIN_START, false),
    WRONG_GUESS_PROOF(Party.THIEF, MessageSlot.LOGIN_FINISH, false),
    THIEF_REG_INIT(Party.THIEF, MessageSlot.REG_INIT, false),
    THIEF_REG_FINISH(Party.THIEF, MessageSlot.REG_FINISH, false),
    THIEF_EXPOSE(Party.THIEF, MessageSlot.EXPOSE, false),
    THIEF_LOGIN(Party.THIEF, MessageSlot.LOGIN_START, false),
    THIEF_REPLACE(Party.THIEF, MessageSlot.LOGIN_FINISH, false),
    STATUS(Party.OWNER),
    STOLEN_FREEZE(Party.STOLEN),
    CLAIM(Party.PORTAL),
    // The network delivers once more, or at last, what a party has sent.
    REG_INIT_AGAIN(Party.OWNER, MessageSlot.REG_INIT, true),
    REG_FINISH_AGAIN(Party.OWNER, MessageSlot.REG_FINISH, true),
    EXPOSE_AGAIN(Party.OWNER, MessageSlot.EXPOSE, true),
    LOGIN_START_AGAIN(Party.OWNER, MessageSlot.LOGIN_START, true),
    LOGIN_FINISH_AGAIN(Party.OWNER, MessageSlot.LOGIN_FINISH, true),
    ORDER_AGAIN(Party.OWNER, MessageSlot.ORDER, true),
    GUESS_AGAIN(Party.THIEF, MessageSlot.LOGIN_START, true),
    THIEF_EXPOSE_AGAIN(Party.THIEF, MessageSlot.EXPOSE, true),
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
    CUSTODIANS_DELETE,
    CUSTODIANS_DELETE_AGAIN;

    final @Nullable Party party;
    final @Nullable public MessageSlot slot;
    final boolean again;
    final @Nullable Duration time;

    ActionKind(Party party, MessageSlot slot, boolean again) {
      this(party, slot, again, null);
    }

    /** A message that the network does not keep. */
    ActionKind(Party party) {
      this(party, null, false, null);
    }

    ActionKind(Duration time) {
      this(null, null, false, time);
    }

    ActionKind() {
      this(null, null, false, null);
    }

    ActionKind(
        @Nullable Party party, @Nullable MessageSlot slot, boolean again, @Nullable Duration time) {
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
  public enum Delivery {
    /** It is answered, and the answer arrives. */
    ANSWERED,
    /** It is answered, and the answer is dropped. */
    DROPPED,
    /** The network keeps it for later. */
    HELD,
    /** It goes to the vault process that is not in charge. */
    STRAYED,
    /** The vault dies before the first commit. */
    KILL_BEFORE_COMMIT(FailureMoment.BEFORE_COMMIT, 1, FailureEffect.KILL),
    /** The vault dies between the first commit and the anchor. */
    KILL_AFTER_COMMIT(FailureMoment.AFTER_COMMIT, 1, FailureEffect.KILL),
    /** The vault dies right after the anchor. */
    KILL_AFTER_ANCHOR,
    /** The vault dies between evaluation and second commit. */
    KILL_BEFORE_SECOND_COMMIT(FailureMoment.BEFORE_COMMIT, 2, FailureEffect.KILL),
    /** The vault dies after the second commit, before the answer. */
    KILL_AFTER_SECOND_COMMIT(FailureMoment.AFTER_COMMIT, 2, FailureEffect.KILL),
    /** The store fails after the first commit, and the lease is lost. */
    OUTAGE_AFTER_COMMIT(FailureMoment.AFTER_COMMIT, 1, FailureEffect.OUTAGE),
    /** The store fails before the second commit, and the lease is lost. */
    OUTAGE_BEFORE_SECOND_COMMIT(FailureMoment.BEFORE_COMMIT, 2, FailureEffect.OUTAGE),
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

    final @Nullable FailureMoment moment;
    final int number;
    final @Nullable FailureEffect effect;

    Delivery() {
      this(null, 0, null);
    }

    Delivery(@Nullable FailureMoment moment, int number, @Nullable FailureEffect effect) {
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
