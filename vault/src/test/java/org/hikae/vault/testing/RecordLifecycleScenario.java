package org.hikae.vault.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.hikae.crypto.opaque.client.ClientLogin;
import org.hikae.crypto.opaque.client.ClientRegistration;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.vault.testing.TestDevice.Started;
import org.hikae.vault.wire.Receipt;
import org.hikae.vault.wire.RecordState;
import org.hikae.vault.wire.StatusDone;
import org.hikae.vault.wire.VaultEvent;
import org.hikae.vault.wire.VaultMessageType;
import org.hikae.vault.wire.VaultPayload;
import org.hikae.vault.wire.VaultPayload.Operation;
import org.hikae.vault.wire.VaultRefusal;
import org.hikae.vault.wire.VaultReply;
import org.hikae.vault.wire.VaultReply.Refused;
import org.jspecify.annotations.Nullable;

/**
 * Registration, one wrong and one right password, by an honest device whose vault may die at any
 * moment. It counts for itself what there must be: after each step, and after each death, the
 * vault's Status is wholly what it was before the step or wholly what it is after it; after an
 * answer only the latter.
 */
public final class RecordLifecycleScenario {

  private static final String PASSWORD = "twelve characters";
  private static final String WRONG = "another password!";

  /** One death or two are planned for; more would be a vault that does not come up. */
  private static final int TRIES = 5;

  /** The messages in their order. */
  public enum Step {
    REG_INIT,
    REG_FINISH,
    EXPOSE,
    WRONG_LOGIN_START,
    WRONG_LOGIN_FINISH,
    LOGIN_START,
    LOGIN_FINISH
  }

  /** What a death in the middle of a step left. */
  public enum StepOutcome {
    /** The step was not done. */
    NOTHING,
    /** The step was done, its answer was lost. */
    DONE,
    /** The step was done and answered. */
    ANSWERED
  }

  /** Where messages go. */
  public interface MessageTransport {
    /**
     * Carries the messages of one step.
     *
     * @throws NoAnswerException when the vault died before its answer
     */
    VaultReply carry(Step step, Supplier<VaultReply> message);

    /** Whether the vault died and was not started again. */
    boolean isDead();

    /** Starts the vault again. */
    void revive();

    /** Is told what was found after a death. */
    void found(Step step, StepOutcome stepOutcome);
  }

  /** The vault died before its answer. */
  public static final class NoAnswerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NoAnswerException(Throwable cause) {
      super(cause);
    }
  }

  /** All that Status says about the record and its tries. */
  private record RecordStatus(
      RecordState state, int left, int lifetimeLeft, List<VaultEvent> events) {

    RecordStatus then(RecordState next, int charge, VaultEvent... more) {
      List<VaultEvent> all = new ArrayList<>(events);
      all.addAll(List.of(more));
      return new RecordStatus(next, left - charge, lifetimeLeft - charge, all);
    }

    RecordStatus opened() {
      RecordStatus opened = then(RecordState.ACTIVE, 0, VaultEvent.OPENED);
      return new RecordStatus(opened.state, 10, lifetimeLeft + 1, opened.events);
    }
  }

  private final TestDevice device;
  private final MessageTransport messageTransport;
  private final List<Hash256> acknowledged = new ArrayList<>();
  private RecordStatus now = new RecordStatus(RecordState.NONE, 10, 50, List.of());
  private byte @Nullable [] credId;
  private byte @Nullable [] wrap;

  public RecordLifecycleScenario(TestDevice device, MessageTransport messageTransport) {
    this.device = device;
    this.messageTransport = messageTransport;
  }

  /** Lives it. */
  public void live() {
    ClientRegistration registration = device.startRegistration(PASSWORD);
    byte[] init = device.regInit(registration).encode();
    RecordStatus begun = now.then(RecordState.NONE, 0, VaultEvent.CLAIMED, VaultEvent.BEGUN);
    VaultPayload.RegInitDone evaluated =
        device.begun(answered(Step.REG_INIT, begun, VaultMessageType.REG_INIT, init));

    VaultPayload.RegFinish finish = device.regFinish(registration, evaluated);
    credId = evaluated.credId();
    wrap = finish.passwordWrap();
    Receipt pending =
        acknowledged(
            answered(
                Step.REG_FINISH,
                now.then(RecordState.PENDING, 0, VaultEvent.PENDING),
                VaultMessageType.REG_FINISH,
                finish.encode()));

    byte[] expose = device.expose(credId, pending).encode();
    RecordStatus active = now.then(RecordState.ACTIVE, 0, VaultEvent.ACTIVE);
    acknowledged(answered(Step.EXPOSE, active, VaultMessageType.EXPOSE, expose));

    enterWrong(credId);
    while (!enterRight(credId, wrap)) {
      // The proof was taken and its answer lost: the protocol's way on is another login.
      assertThat(now.left()).isEqualTo(10);
    }
    assertThat(now.lifetimeLeft()).isEqualTo(49);
  }

  private void enterWrong(byte[] record) {
    Started wrong = started(Step.WRONG_LOGIN_START, record, WRONG);
    RecordStatus failed = now.then(RecordState.ACTIVE, 0, VaultEvent.FAILED);
    VaultReply reply =
        step(
            Step.WRONG_LOGIN_FINISH,
            failed,
            () ->
                device.send(
                    VaultMessageType.LOGIN_FINISH, device.wrongProof(wrong.loginId()).encode()));
    assertThat(refusal(reply)).isIn(VaultRefusal.LOGIN_FAILED, VaultRefusal.WRONG_STATE);
  }

  private boolean enterRight(byte[] record, byte[] expected) {
    Started right = started(Step.LOGIN_START, record, PASSWORD);
    byte[] proof = device.proof(right, Operation.FETCH).encode();
    VaultReply reply =
        step(
            Step.LOGIN_FINISH,
            now.opened(),
            () -> device.send(VaultMessageType.LOGIN_FINISH, proof));
    if (reply instanceof Refused no) {
      assertThat(no.refusal()).isEqualTo(VaultRefusal.WRONG_STATE);
      return false;
    }
    try {
      VaultPayload.LoginFinishDone done =
          VaultPayload.LoginFinishDone.parse(TestDevice.payload(reply));
      assertThat(done.passwordWrap()).isEqualTo(expected);
      acknowledged.add(contentOf(done.receipt()));
      return true;
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }

  private Started started(Step step, byte[] record, String password) {
    byte[] loginId = device.fresh(16);
    ClientLogin login = device.startLogin(password);
    VaultReply reply =
        step(
            step,
            now.then(RecordState.ACTIVE, 1, VaultEvent.CHARGED),
            () -> device.restart(loginId, record, login).reply());
    return new Started(loginId, record, login, login.ke1().encode(), reply);
  }

  private Receipt acknowledged(VaultReply reply) {
    Receipt receipt = device.receipt(reply);
    acknowledged.add(contentOf(receipt));
    return receipt;
  }

  private VaultReply answered(
      Step step, RecordStatus after, VaultMessageType type, byte[] payload) {
    return step(step, after, () -> device.send(type, payload));
  }

  /** The same bytes inside, again, until there is an answer. */
  private VaultReply step(Step step, RecordStatus after, Supplier<VaultReply> message) {
    RecordStatus before = now;
    for (int tries = 0; tries < TRIES; tries++) {
      try {
        VaultReply reply = messageTransport.carry(step, message);
        now = after;
        boolean died = messageTransport.isDead();
        requireStatus(after);
        if (died) {
          messageTransport.found(step, StepOutcome.ANSWERED);
        }
        return reply;
      } catch (NoAnswerException e) {
        messageTransport.revive();
        now = pictured(status());
        assertThat(now).as("after a death in %s", step).isIn(before, after);
        messageTransport.found(step, now.equals(after) ? StepOutcome.DONE : StepOutcome.NOTHING);
        // What was done stays done: from now on nothing else is right.
        before = now;
      }
    }
    throw new AssertionError("No answer to " + step + " in " + TRIES + " tries.");
  }

  private void requireStatus(RecordStatus expected) {
    StatusDone status = status();
    assertThat(pictured(status)).isEqualTo(expected);
    assertThat(status.record().credId().toBytes())
        .isEqualTo(expected.state() == RecordState.NONE ? new byte[32] : credId);
  }

  /** Status, in which everything acknowledged must be found. */
  private StatusDone status() {
    for (int tries = 0; tries < TRIES; tries++) {
      if (messageTransport.isDead()) {
        messageTransport.revive();
      }
      try {
        StatusDone status = device.status();
        assertThat(status.receipts().stream().map(RecordLifecycleScenario::contentOf).toList())
            .containsAll(acknowledged);
        return status;
      } catch (NoAnswerException e) {
        messageTransport.revive();
      }
    }
    throw new AssertionError("No Status in " + TRIES + " tries.");
  }

  private static Hash256 contentOf(Receipt receipt) {
    return Hash256.sha256(receipt.transcript().toBytes());
  }

  private static RecordStatus pictured(StatusDone status) {
    return new RecordStatus(
        status.record().state(),
        status.attempts().left(),
        status.attempts().lifetimeLeft(),
        status.receipts().stream().map(receipt -> receipt.entry().event()).toList());
  }

  private static VaultRefusal refusal(VaultReply reply) {
    assertThat(reply).isInstanceOf(Refused.class);
    return ((Refused) reply).refusal();
  }

  /** Long after: everything acknowledged is there, and the right password opens. */
  public void requireWhole() {
    requireStatus(now);
    assertThat(device.login(credId(), PASSWORD)).isEqualTo(wrap);
  }

  private byte[] credId() {
    return Objects.requireNonNull(credId);
  }
}
