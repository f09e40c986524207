package org.hikae.device.transfer;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
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
import org.hikae.device.transfer.KeyTransferBody.ShareBody;
import org.hikae.enrollment.transfer.wire.KeyTransferMessage;
import org.hikae.enrollment.transfer.wire.KeyTransferStep;
import org.hikae.enrollment.transfer.wire.OpenKeyTransfer;
import org.hikae.enrollment.wire.SetView;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.TextCodec;

/**
 * The new device: shows six digits, waits until they were typed on the old one, and keeps K (spec
 * HK1-T-02). A wrong answer counts as a wrong code, whoever gave it, and this device counts itself.
 */
public final class ReceiveKeyFlow {

  private final KeyTransferRelay relay;
  private final StateFile stateFile;
  private final DeviceIdentity identity;
  private final Sleeper sleeper;
  private final SecureRandom random;

  /** Asks by way of {@code relay}, and keeps K in {@code stateFile}. */
  public ReceiveKeyFlow(
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

  /** Who sits before the new device. */
  public interface CodeViewer {
    /** Shows the code; it is asked for on the old device from now on. */
    void shows(TransferCode code);

    /** Somebody has answered without knowing the code. */
    void wrong(int left);
  }

  /** A run whose other side knows the code. */
  private record ConfirmedRun(int number, CpaceSession session, KeyTransferPeer oldDevice) {
    @Override
    public String toString() {
      return "ConfirmedRun(REDACTED)";
    }
  }

  /** What all tries of one code share. */
  private record CodeRun(
      String transferId,
      SignInProfile person,
      SetView set,
      KeyTransferChannel channel,
      KeyTransferPeer own,
      TransferCode code,
      KeyTransferWait replies) {
    @Override
    public String toString() {
      return "CodeRun(REDACTED)";
    }
  }

  /**
   * Gets K of {@code set} and keeps it.
   *
   * @return the name of the device that gave it
   */
  public String receive(SetView set, CodeViewer viewer) throws AgentException {
    AgentState state = stateFile.require();
    byte[] transferId = new byte[Hk1Constants.ID_BYTES];
    random.nextBytes(transferId);
    String id = TextCodec.hex(transferId);
    KeyTransferChannel channel =
        new KeyTransferChannel(
            state.profile().issuer(), state.profile().subject(), setId(set), transferId);
    KeyTransferPeer own = new KeyTransferPeer(identity.publicKey(), state.device().name());
    try (TransferCode code = TransferCode.draw(random)) {
      CodeRun run =
          new CodeRun(
              id,
              state.profile(),
              set,
              channel,
              own,
              code,
              new KeyTransferWait(relay, sleeper, id));
      for (int number = 1; number <= KeyTransferMessage.TRIES; number++) {
        Optional<ConfirmedRun> confirmed = tried(run, number, viewer);
        if (confirmed.isPresent()) {
          try (CpaceSession _ = confirmed.get().session()) {
            return taken(run, confirmed.get());
          }
        }
        viewer.wrong(KeyTransferMessage.TRIES - number);
      }
    }
    throw new AgentException(RunResult.REFUSED, "transfer.three-tries");
  }

  private Optional<ConfirmedRun> tried(CodeRun run, int number, CodeViewer viewer)
      throws AgentException {
    CpaceParty party;
    try (SecretBytes secret = run.code().secret()) {
      party = CpaceParty.initiator(run.channel().input(secret, number), run.own().encode(), random);
    }
    String offer = KeyTransferBody.offer(number, party.message());
    if (number == 1) {
      relay.open(run.transferId(), new OpenKeyTransfer(run.set().setId(), offer));
      viewer.shows(run.code());
    } else {
      say(run, 2 * number - 1, KeyTransferStep.OFFER, offer);
    }
    KeyTransferMessage answer =
        run.replies()
            .message(2 * number, KeyTransferWait.LIFE)
            .orElseThrow(() -> new AgentException(RunResult.REFUSED, "transfer.nobody-came"));
    try {
      return Optional.of(confirmed(party, answer, number, run.own()));
    } catch (MalformedException | CryptoException e) {
      return Optional.empty();
    }
  }

  private static ConfirmedRun confirmed(
      CpaceParty party, KeyTransferMessage answer, int number, KeyTransferPeer own)
      throws MalformedException, CryptoException {
    ShareBody body = KeyTransferBody.parseAnswer(answer.body(), number);
    if (answer.step() != KeyTransferStep.ANSWER
        || MessageDigest.isEqual(body.peer().deviceId(), own.deviceId())) {
      throw new CryptoException("This is no answer of another device.");
    }
    CpaceSession session = party.finish(body.message());
    // A wrong one closes the session.
    session.confirm(body.confirmation());
    return new ConfirmedRun(number, session, body.peer());
  }

  private String taken(CodeRun run, ConfirmedRun confirmed) throws AgentException {
    int number = confirmed.number();
    KeyTransferSealer sealer =
        new KeyTransferSealer(
            confirmed.session(), run.channel().sealedFor(number, run.own(), confirmed.oldDevice()));
    say(
        run,
        2 * number + 1,
        KeyTransferStep.CONFIRMATION,
        KeyTransferBody.confirmation(number, confirmed.session().confirmation()));
    KeyTransferMessage message =
        run.replies()
            .message(2 * number + 2, KeyTransferWait.REPLY)
            .orElseThrow(() -> new AgentException(RunResult.REFUSED, "transfer.silent"));
    byte[] sealed;
    try {
      sealed = KeyTransferBody.bytes(message.body());
      byte[] plain = sealer.open(sealed);
      try (KeyTransferContent content = KeyTransferContent.parse(plain)) {
        requireOfSet(content, run.set());
        new KeyTransferWriter(stateFile, run.person(), run.own().deviceIdText()).keep(content);
      } finally {
        Arrays.fill(plain, (byte) 0);
      }
    } catch (MalformedException | CryptoException e) {
      throw new AgentException(RunResult.CORRUPT, e, "transfer.altered");
    }
    acknowledge(run, number, sealer.receipt(sealed));
    return confirmed.oldDevice().name();
  }

  /** K is here, whether or not the old device hears of it. */
  private void acknowledge(CodeRun run, int number, byte[] receipt) {
    try {
      say(run, 2 * number + 3, KeyTransferStep.RECEIPT, TextCodec.base64(receipt));
    } catch (AgentException e) {
      // The old device tells its person that it did not hear.
    }
  }

  /** As what a protection opens (spec HK1-K-20). */
  private static void requireOfSet(KeyTransferContent content, SetView set) throws AgentException {
    if (!TextCodec.hex(content.key().setId()).equals(set.setId())) {
      throw new AgentException(RunResult.CORRUPT, "vault.wrap-foreign");
    }
    if (content.key().generation() != set.generation()) {
      throw new AgentException(RunResult.CORRUPT, "rotate.other");
    }
  }

  private void say(CodeRun run, int number, KeyTransferStep step, String body)
      throws AgentException {
    relay.say(run.transferId(), new KeyTransferMessage(number, step, body));
  }

  private static byte[] setId(SetView set) throws AgentException {
    try {
      return TextCodec.parseId("setId", set.setId());
    } catch (MalformedException e) {
      throw new AgentException(RunResult.NETWORK, e, "network.not-the-portal", "");
    }
  }
}
