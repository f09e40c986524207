package org.hikae.vault.exploration.system;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.WrapHeader;
import org.hikae.hk1.WrapMethod;
import org.hikae.vault.account.Id128;
import org.hikae.vault.account.RecordStage;
import org.hikae.vault.account.VaultRecord;
import org.hikae.vault.exploration.system.SentMessage.Meaning;
import org.hikae.vault.exploration.system.SystemAction.ActionKind;
import org.hikae.vault.exploration.system.SystemState.DeviceKnowledge;
import org.hikae.vault.exploration.system.SystemState.OngoingLogin;
import org.hikae.vault.exploration.system.SystemState.OngoingRegistration;
import org.hikae.vault.testing.VaultFixture;
import org.hikae.vault.wire.LedgerHead;
import org.hikae.vault.wire.OwnerOrder;
import org.hikae.vault.wire.OwnerOrder.Order;
import org.hikae.vault.wire.Receipt;
import org.hikae.vault.wire.StatusDone;
import org.hikae.vault.wire.StatusDone.Announcement;
import org.hikae.vault.wire.VaultAnswer;
import org.hikae.vault.wire.VaultMessageType;
import org.hikae.vault.wire.VaultPayload;
import org.hikae.vault.wire.VaultPayload.Operation;
import org.hikae.vault.wire.VaultReply;
import org.hikae.vault.wire.Witness;
import org.jspecify.annotations.Nullable;

/** The devices' half: makes the messages that a device can make with what it knows, and learns. */
public final class DeviceSimulator {

  /** What a device takes for the password that does not know it. */
  public static final int WRONG = 1;

  private static final int FIRST_PASSWORD = 1000;
  private static final byte[] NOTHING = new byte[0];

  private final ExploredSystem explored;

  DeviceSimulator(ExploredSystem explored) {
    this.explored = explored;
  }

  // Making messages.

  /** The message of an act, put among those sent; null when the device cannot make it now. */
  @Nullable
  public SentMessage compose(ActionKind actionKind, Party party) {
    SentMessage sentMessage =
        switch (actionKind) {
          case REG_INIT, THIEF_REG_INIT -> regInit(party);
          case REG_FINISH, THIEF_REG_FINISH -> regFinish(party);
          case EXPOSE, THIEF_EXPOSE -> expose(party);
          case LOGIN -> login(party, true);
          case TYPO, GUESS -> login(party, false);
          case THIEF_LOGIN -> loginToOwn(party);
          case GUESS_UNDER_AN_OLD_ID -> underAnOldId(party);
          case FETCH -> proof(party, Operation.FETCH, NOTHING);
          case RETIRE -> proof(party, Operation.RETIRE, NOTHING);
          case CALL_OFF -> proof(party, Operation.VETO, NOTHING);
          case REPLACE, THIEF_REPLACE -> replace(party);
          case WRONG_PROOF, WRONG_GUESS_PROOF -> wrongProof(party);
          case FREEZE, STOLEN_FREEZE -> order(party, Order.FREEZE);
          case UNFREEZE -> order(party, Order.UNFREEZE);
          case DELETE -> order(party, Order.DELETE);
          case VETO -> order(party, Order.VETO);
          case STATUS -> statusLetter(party, kept(party));
          case CLAIM -> claim(party);
          default -> throw new AssertionError(actionKind + " makes no message");
        };
    if (sentMessage != null && actionKind.slot != null) {
      explored.learn(party, explored.knowledge(party).with(actionKind.slot, sentMessage));
    }
    return sentMessage;
  }

  private SentMessage letter(Party from, VaultMessageType type, byte[] payload, Meaning meaning) {
    return letter(from, type, payload, from.identity().setId(), meaning);
  }

  private SentMessage letter(
      Party from, VaultMessageType type, byte[] payload, Id128 setId, Meaning meaning) {
    return new SentMessage(
        from,
        type,
        payload,
        setId,
        from.isHonest() ? explored.knowledge(from).head() : null,
        explored.realMillis(),
        meaning);
  }

  /** The set of a record: who tries a password asks about that. */
  private Id128 setOf(Hash256 credId) {
    return explored
        .account()
        .record(credId)
        .map(VaultRecord::setId)
        .orElse(Party.OWNER.identity().setId());
  }

  private byte[] freshId() {
    byte[] id = new byte[16];
    explored.dice.nextBytes(id);
    return id;
  }

  private SentMessage regInit(Party party) {
    int password = FIRST_PASSWORD + (int) (explored.dice.next % 1_000_000);
    OngoingRegistration now = new OngoingRegistration(freshId(), password, null, null);
    explored.learn(party, explored.knowledge(party).with(now));
    byte[] owner = party.identity().ownerPublic();
    return letter(
        party,
        VaultMessageType.REG_INIT,
        new VaultPayload.RegInit(now.idempotencyKey(), FakeOpaqueEvaluator.request(password), owner)
            .encode(),
        Meaning.NONE);
  }

  private @Nullable SentMessage regFinish(Party party) {
    OngoingRegistration now = explored.knowledge(party).registration();
    if (now == null || now.credId() == null) {
      return null;
    }
    byte[] credId = now.credId().toBytes();
    byte[] upload = FakeOpaqueEvaluator.upload(now.password());
    return letter(
        party,
        VaultMessageType.REG_FINISH,
        new VaultPayload.RegFinish(credId, upload, wrap(party, credId)).encode(),
        Meaning.NONE);
  }

  private static byte[] wrap(Party party, byte[] credId) {
    byte[] set = party.identity().setId().toBytes();
    byte[] head =
        new WrapHeader(WrapMethod.PASSWORD_VAULT, set, 1, new byte[16], new byte[32], credId)
            .encode();
    return ByteBuffer.allocate(head.length + WrapHeader.BODY_BYTES).put(head).array();
  }

  private @Nullable SentMessage expose(Party party) {
    OngoingRegistration now = explored.knowledge(party).registration();
    if (now == null || now.credId() == null || now.pending() == null) {
      return null;
    }
    byte[] credId = now.credId().toBytes();
    byte[] signature =
        party.identity().ownerKey().sign(VaultPayload.Expose.transcript(credId, now.pending()));
    return letter(
        party,
        VaultMessageType.EXPOSE,
        new VaultPayload.Expose(credId, signature).encode(),
        Meaning.NONE);
  }

  /** The employee's newest record: the ACTIVE one, else the one registered last. */
  @Nullable Hash256 target() {
    Map<Hash256, Integer> passwords = passwords();
    Optional<Hash256> active =
        explored
            .account()
            .newest(RecordStage.ACTIVE)
            .map(VaultRecord::credId)
            .filter(passwords::containsKey);
    if (active.isPresent()) {
      return active.get();
    }
    return explored.truth.records().reversed().stream()
        .filter(passwords::containsKey)
        .findFirst()
        .orElse(null);
  }

  /** What the employee has in mind, whichever device it was registered on. */
  public Map<Hash256, Integer> passwords() {
    Map<Hash256, Integer> newer = explored.knowledge(Party.NEWCOMER).passwords();
    if (newer.isEmpty()) {
      return explored.knowledge(Party.OWNER).passwords();
    }
    Map<Hash256, Integer> all = new HashMap<>(explored.knowledge(Party.OWNER).passwords());
    all.putAll(newer);
    return all;
  }

  private @Nullable SentMessage login(Party party, boolean right) {
    Hash256 credId = target();
    if (credId == null) {
      return null;
    }
    Integer known = passwords().get(credId);
    return start(party, freshId(), credId, right && known != null ? known : WRONG);
  }

  /** Logs in to a record that the party has put in place, and whose password it chose. */
  private @Nullable SentMessage loginToOwn(Party party) {
    Map<Hash256, Integer> passwords = explored.knowledge(party).passwords();
    return explored
        .account()
        .newest(RecordStage.ACTIVE)
        .map(VaultRecord::credId)
        .filter(passwords::containsKey)
        .map(
            credId ->
                start(party, freshId(), credId, Objects.requireNonNull(passwords.get(credId))))
        .orElse(null);
  }

  private @Nullable SentMessage underAnOldId(Party party) {
    OngoingLogin old = explored.knowledge(party).login();
    return old == null ? null : start(party, old.loginId(), old.credId(), WRONG);
  }

  private SentMessage start(Party party, byte[] loginId, Hash256 credId, int password) {
    int guess = explored.truth.guess(loginId);
    explored.learn(
        party,
        explored.knowledge(party).with(new OngoingLogin(loginId, credId, guess, password, null)));
    return letter(
        party,
        VaultMessageType.LOGIN_START,
        new VaultPayload.LoginStart(
                loginId, credId.toBytes(), FakeOpaqueEvaluator.ke1(password, guess))
            .encode(),
        setOf(credId),
        new Meaning(guess, false, false));
  }

  private @Nullable SentMessage proof(Party party, Operation operation, byte[] argument) {
    OngoingLogin login = explored.knowledge(party).login();
    if (login == null || login.ke2() == null || login.password() == WRONG) {
      return null;
    }
    return letter(
        party,
        VaultMessageType.LOGIN_FINISH,
        FakeOpaqueEvaluator.proof(
                login.loginId(), login.ke2(), login.password(), operation, argument)
            .encode(),
        setOf(login.credId()),
        new Meaning(login.guess(), true, operation == Operation.REPLACE));
  }

  private @Nullable SentMessage replace(Party party) {
    OngoingRegistration now = explored.knowledge(party).registration();
    if (now == null || now.credId() == null || now.pending() == null) {
      return null;
    }
    return proof(party, Operation.REPLACE, now.credId().toBytes());
  }

  private @Nullable SentMessage wrongProof(Party party) {
    OngoingLogin login = explored.knowledge(party).login();
    if (login == null || login.ke2() == null) {
      return null;
    }
    return letter(
        party,
        VaultMessageType.LOGIN_FINISH,
        FakeOpaqueEvaluator.proof(login.loginId(), login.ke2(), WRONG, Operation.FETCH, NOTHING)
            .encode(),
        setOf(login.credId()),
        new Meaning(login.guess(), false, false));
  }

  private @Nullable SentMessage order(Party party, Order order) {
    StatusDone status = status(party);
    if (status == null) {
      return null;
    }
    byte[] signature =
        party
            .identity()
            .ownerKey()
            .sign(
                OwnerOrder.transcript(
                    order,
                    VaultFixture.TENANT,
                    ExploredSystem.EMPLOYEE,
                    party.identity().setId().toBytes(),
                    NOTHING,
                    status.orderNonce()));
    return letter(
        party,
        VaultMessageType.ORDER,
        new OwnerOrder(order, NOTHING, status.orderNonce(), signature).encode(),
        Meaning.NONE);
  }

  /** The snapshot that makes a set known of which nobody ever heard. */
  private SentMessage claim(Party party) {
    byte[] setId = freshId();
    explored.attackerState = explored.attackerState.with(Id128.of(setId));
    byte[] device = party.identity().deviceId().toBytes();
    byte[] signature =
        party
            .identity()
            .ownerKey()
            .sign(
                Witness.transcript(
                    VaultFixture.TENANT, ExploredSystem.EMPLOYEE, setId, device, 1, Hash256.ZERO));
    return letter(
        party,
        VaultMessageType.WITNESS,
        new Witness(party.identity().ownerPublic(), 1, Hash256.ZERO, signature).encode(),
        Id128.of(setId),
        Meaning.NONE);
  }

  /** Status of the process in charge; null when it is refused. */
  @Nullable StatusDone status(Party party) {
    SentMessage sentMessage = statusLetter(party);
    VaultAnswer answer =
        explored.isTaken(sentMessage) ? explored.deliver(explored.serving, sentMessage) : null;
    if (answer == null || !(answer.reply() instanceof VaultReply.Done done)) {
      return null;
    }
    receive(sentMessage, answer);
    try {
      return StatusDone.parse(done.payload());
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }

  /** Without events: their number would make this slow. */
  public SentMessage statusLetter(Party party) {
    return statusLetter(party, Long.MAX_VALUE);
  }

  private SentMessage statusLetter(Party party, long afterSeq) {
    byte[] payload = new VaultPayload.Status(new byte[16], afterSeq).encode();
    return letter(party, VaultMessageType.STATUS, payload, Meaning.NONE);
  }

  /** A device asks for what came after all that it has kept. */
  private long kept(Party party) {
    ExpectedAnnouncement expectedAnnouncement = explored.attackerState.notice();
    LedgerHead head = explored.knowledge(party).head();
    boolean heard =
        expectedAnnouncement != null
            && expectedAnnouncement.heardMillis() != ExpectedAnnouncement.NEVER;
    return heard && head != null
        ? head.seq()
        : Math.max(0, explored.content().lastSeq() - ExploredSystem.NEWEST);
  }

  // Reading answers.

  private void receive(Party party, VaultAnswer answer) {
    LedgerHead known = explored.knowledge(party).head();
    LedgerHead head = answer.head();
    if (head != null && (known == null || head.seq() >= known.seq())) {
      explored.learn(party, explored.knowledge(party).with(head));
    }
  }

  /** An answer arrives. */
  public void receive(SentMessage sentMessage, VaultAnswer answer) {
    receive(sentMessage.from(), answer);
    if (answer.reply() instanceof VaultReply.Done done) {
      try {
        done(sentMessage, done.payload());
      } catch (MalformedException e) {
        throw new AssertionError(e);
      }
    }
  }

  private void done(SentMessage sentMessage, byte[] payload) throws MalformedException {
    Party party = sentMessage.from();
    switch (sentMessage.type()) {
      case REG_INIT -> begun(sentMessage, VaultPayload.RegInitDone.parse(payload));
      case REG_FINISH -> pending(party, Receipt.parse(payload));
      case EXPOSE, ORDER, WITNESS -> explored.truth.acknowledge(Receipt.parse(payload));
      case LOGIN_START -> started(sentMessage, VaultPayload.LoginStartDone.parse(payload));
      case LOGIN_FINISH ->
          explored.truth.acknowledge(VaultPayload.LoginFinishDone.parse(payload).receipt());
      case STATUS -> told(party, StatusDone.parse(payload));
    }
  }

  private void told(Party party, StatusDone status) {
    if (party.isHonest() && status.announced().what() != Announcement.NONE) {
      explored.attackerState = explored.attackerState.heard(explored.realMillis());
    }
  }

  private void begun(SentMessage sentMessage, VaultPayload.RegInitDone done)
      throws MalformedException {
    Party party = sentMessage.from();
    DeviceKnowledge known = explored.knowledge(party);
    OngoingRegistration now = known.registration();
    byte[] key = VaultPayload.RegInit.parse(sentMessage.payload()).idempotencyKey();
    if (now == null || !Arrays.equals(now.idempotencyKey(), key)) {
      return;
    }
    Hash256 credId = Hash256.of(done.credId());
    Map<Hash256, Integer> passwords = new HashMap<>(known.passwords());
    passwords.put(credId, now.password());
    OngoingRegistration begun =
        new OngoingRegistration(now.idempotencyKey(), now.password(), credId, now.pending());
    explored.learn(party, known.with(begun).with(passwords));
  }

  private void pending(Party party, Receipt receipt) {
    explored.truth.acknowledge(receipt);
    DeviceKnowledge known = explored.knowledge(party);
    OngoingRegistration now = known.registration();
    if (now != null && receipt.entry().subject().credId().equals(now.credId())) {
      explored.learn(
          party,
          known.with(
              new OngoingRegistration(
                  now.idempotencyKey(), now.password(), now.credId(), receipt)));
    }
  }

  private void started(SentMessage sentMessage, VaultPayload.LoginStartDone done) {
    Party party = sentMessage.from();
    DeviceKnowledge known = explored.knowledge(party);
    OngoingLogin login = known.login();
    if (login != null && login.guess() == sentMessage.meaning().guess()) {
      explored.learn(
          party,
          known.with(
              new OngoingLogin(
                  login.loginId(), login.credId(), login.guess(), login.password(), done.ke2())));
    }
  }
}
