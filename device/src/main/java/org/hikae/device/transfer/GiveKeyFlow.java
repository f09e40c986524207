package org.hikae.device.transfer;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.hikae.backup.wire.RunResult;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.cpace.CpaceParty;
import org.hikae.crypto.cpace.CpaceSession;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.AgentException;
import org.hikae.device.http.Sleeper;
import org.hikae.device.portal.DeviceIdentity;
import org.hikae.device.state.AgentState;
import org.hikae.device.state.SignInProfile;
import org.hikae.device.state.StateFile;
import org.hikae.device.state.UnlockedSet;
import org.hikae.device.transfer.KeyTransferBody.ShareBody;
import org.hikae.enrollment.transfer.wire.KeyTransferMessage;
import org.hikae.enrollment.transfer.wire.KeyTransferStep;
import org.hikae.enrollment.transfer.wire.KeyTransferView;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.TextCodec;
import org.jspecify.annotations.Nullable;

/**
 * The old device: takes the digits that its person reads from the new one, and gives K to whoever
 * has shown that they know them (spec HK1-T-02). It takes three codes of a transfer at most, and
 * counts itself.
 */
public final class GiveKeyFlow {

  /** Most transfers that a person is shown. */
  private static final int MAX_SHOWN = 10;

  private final KeyTransferRelay relay;
  private final StateFile stateFile;
  private final DeviceIdentity identity;
  private final Sleeper sleeper;
  private final SecureRandom random;

  /** Answers by way of {@code relay}, with K from {@code stateFile}. */
  public GiveKeyFlow(
      KeyTransferRelay relay,
      StateFile stateFile,
      DeviceIdentity identity,
      Sleeper sleeper,
      SecureRandom random) {
    this.relay = relay;
    this.stateFile = stateFile;
    this.identity = identity;
    this.sleeper = sleeper;
    this.random = random;
  }

  /** Who sits before the old device. */
  public interface CodeReader {
    /**
     * Which of the devices that ask gets K, after the person has seen name, time and address.
     *
     * @param asking at least one; nothing in it is proved
     */
    KeyTransferView chooses(List<KeyTransferView> asking) throws AgentException;

    /**
     * The digits that the new device shows; the caller closes it.
     *
     * @param name of the new device, as it says itself
     */
    TransferCode code(String name) throws AgentException;

    /** It was another code, or somebody in between says so. */
    void wrong(int left);
  }

  /**
   * To whom K went.
   *
   * @param deviceId the new device, hexadecimal
   * @param name what it calls itself
   * @param arrived whether it has said that it has K
   */
  public record GivenKey(String deviceId, String name, boolean arrived) {}

  /** What all tries of one transfer share. */
  private record AnsweredTransfer(
      KeyTransferView view,
      SignInProfile person,
      UnlockedSet set,
      KeyTransferChannel channel,
      KeyTransferPeer own,
      KeyTransferWait replies) {}

  /** Gives K of {@code set} to the device that the person chooses. */
  public GivenKey give(UnlockedSet set, CodeReader reader) throws AgentException {
    AgentState state = stateFile.require();
    KeyTransferPeer own = new KeyTransferPeer(identity.publicKey(), state.device().name());
    List<KeyTransferView> asking =
        relay.list().stream()
            .filter(view -> view.setId().equals(set.setId()))
            .filter(view -> !view.deviceId().equals(own.deviceIdText()))
            .limit(MAX_SHOWN)
            .toList();
    if (asking.isEmpty()) {
      throw new AgentException(RunResult.REFUSED, "transfer.none");
    }
    KeyTransferView chosen = reader.chooses(asking);
    KeyTransferChannel channel =
        new KeyTransferChannel(
            state.profile().issuer(),
            state.profile().subject(),
            id("setId", set.setId()),
            id("transferId", chosen.transferId()));
    KeyTransferWait wait = new KeyTransferWait(relay, sleeper, chosen.transferId());
    return answered(new AnsweredTransfer(chosen, state.profile(), set, channel, own, wait), reader);
  }

  private GivenKey answered(AnsweredTransfer transfer, CodeReader reader) throws AgentException {
    int said = relay.get(transfer.view().transferId()).messages().size();
    int number = (said + 1) / 2;
    if (said % 2 == 0 || number > KeyTransferMessage.TRIES) {
      throw new AgentException(RunResult.REFUSED, "transfer.busy");
    }
    Optional<KeyTransferMessage> offer =
        transfer.replies().message(2 * number - 1, KeyTransferWait.REPLY);
    KeyTransferPeer newDevice = null;
    while (offer.isPresent() && number <= KeyTransferMessage.TRIES) {
      ShareBody body = offer(transfer, offer.get(), number, newDevice);
      newDevice = body.peer();
      CpaceSession session = answer(transfer, body, number, reader);
      try (session) {
        Optional<KeyTransferMessage> next =
            transfer.replies().message(2 * number + 1, KeyTransferWait.REPLY);
        if (next.isPresent() && next.get().step() == KeyTransferStep.CONFIRMATION) {
          return given(transfer, session, next.get(), number, newDevice);
        }
        offer = next;
      }
      if (offer.isEmpty()) {
        break;
      }
      number++;
      reader.wrong(Math.max(0, KeyTransferMessage.TRIES - number + 1));
    }
    throw new AgentException(
        RunResult.REFUSED,
        number > KeyTransferMessage.TRIES ? "transfer.three-tries" : "transfer.silent");
  }

  /** Refuses one of another device than was chosen, or than it was before. */
  private static ShareBody offer(
      AnsweredTransfer transfer,
      KeyTransferMessage message,
      int number,
      @Nullable KeyTransferPeer before)
      throws AgentException {
    ShareBody body;
    try {
      body = KeyTransferBody.parseOffer(message.body(), number);
    } catch (MalformedException | CryptoException e) {
      throw new AgentException(RunResult.CORRUPT, e, "transfer.altered");
    }
    KeyTransferPeer peer = body.peer();
    boolean same =
        message.step() == KeyTransferStep.OFFER
            && peer.deviceIdText().equals(transfer.view().deviceId())
            && !MessageDigest.isEqual(peer.deviceId(), transfer.own().deviceId())
            && (before == null || MessageDigest.isEqual(peer.encode(), before.encode()));
    if (!same) {
      throw new AgentException(RunResult.CORRUPT, "transfer.mixed-up");
    }
    return body;
  }

  private CpaceSession answer(
      AnsweredTransfer transfer, ShareBody offer, int number, CodeReader reader)
      throws AgentException {
    CpaceParty party;
    try (TransferCode code = reader.code(offer.peer().name());
        SecretBytes secret = code.secret()) {
      party =
          CpaceParty.responder(
              transfer.channel().input(secret, number), transfer.own().encode(), random);
    }
    CpaceSession session;
    try {
      session = party.finish(offer.message());
    } catch (CryptoException e) {
      throw new AgentException(RunResult.CORRUPT, e, "transfer.altered");
    }
    try {
      String body = KeyTransferBody.answer(number, party.message(), session.confirmation());
      say(transfer, 2 * number, KeyTransferStep.ANSWER, body);
      return session;
    } catch (AgentException e) {
      session.close();
      throw e;
    }
  }

  private GivenKey given(
      AnsweredTransfer transfer,
      CpaceSession session,
      KeyTransferMessage confirmation,
      int number,
      KeyTransferPeer newDevice)
      throws AgentException {
    try {
      session.confirm(KeyTransferBody.parseConfirmation(confirmation.body(), number));
    } catch (MalformedException | CryptoException e) {
      throw new AgentException(RunResult.REFUSED, e, "transfer.not-confirmed");
    }
    KeyTransferSealer sealer =
        new KeyTransferSealer(
            session, transfer.channel().sealedFor(number, newDevice, transfer.own()));
    byte[] sealed;
    AgentState state = stateFile.require();
    requireUnchanged(state, transfer);
    try (KeyTransferContent content = KeyTransferContent.of(state, transfer.set())) {
      sealed = sealer.seal(content.encode());
    }
    return new GivenKey(
        newDevice.deviceIdText(),
        newDevice.name(),
        arrived(transfer, sealer, sealed, 2 * number + 2));
  }

  /** What this device holds is what the person was asked about, minutes ago. */
  private static void requireUnchanged(AgentState state, AnsweredTransfer transfer)
      throws AgentException {
    UnlockedSet held = state.set();
    UnlockedSet begun = transfer.set();
    boolean same =
        state.profile().isOf(transfer.person())
            && held != null
            && held.next() == null
            && held.setId().equals(begun.setId())
            && held.generation() == begun.generation();
    if (!same) {
      throw new AgentException(RunResult.REFUSED, "transfer.changed");
    }
  }

  /**
   * Sends K. What goes wrong from here on is no failure of this device, and the portal may have
   * passed on what it did not answer: the person hears that K has gone.
   */
  private boolean arrived(
      AnsweredTransfer transfer, KeyTransferSealer sealer, byte[] sealed, int number) {
    try {
      say(transfer, number, KeyTransferStep.KEY, TextCodec.base64(sealed));
      Optional<KeyTransferMessage> receipt =
          transfer.replies().message(number + 1, KeyTransferWait.REPLY);
      return receipt.isPresent()
          && sealer.isReceipt(sealed, KeyTransferBody.bytes(receipt.get().body()));
    } catch (AgentException | MalformedException e) {
      return false;
    }
  }

  private void say(AnsweredTransfer transfer, int number, KeyTransferStep step, String body)
      throws AgentException {
    relay.say(transfer.view().transferId(), new KeyTransferMessage(number, step, body));
  }

  private static byte[] id(String name, String hex) throws AgentException {
    try {
      return TextCodec.parseId(name, hex);
    } catch (MalformedException e) {
      throw new AgentException(RunResult.NETWORK, e, "network.not-the-portal", "");
    }
  }
}
