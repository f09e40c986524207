package org.hikae.vault.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.hikae.crypto.channel.ClientChannel;
import org.hikae.crypto.opaque.client.ClientLogin;
import org.hikae.vault.testing.TestDevice.Started;
import org.hikae.vault.wire.VaultMessageType;
import org.hikae.vault.wire.VaultPayload;
import org.hikae.vault.wire.VaultPayload.Operation;
import org.hikae.vault.wire.VaultRefusal;
import org.hikae.vault.wire.VaultReply;
import org.hikae.vault.wire.VaultReply.Refused;
import org.jspecify.annotations.Nullable;

/**
 * A login whose messages are made before they are sent, so that the time from sending to answer is
 * the vault's alone.
 */
public final class PreparedLogin {

  private final TestDevice device;
  private final byte[] credId;
  private final boolean right;
  private final byte[] loginId;
  private final ClientLogin login;
  private final byte[] ke1;
  private final ClientChannel.SealedRequest start;
  private ClientChannel.@Nullable SealedRequest finish;

  /**
   * LoginStart.
   *
   * @param right whether {@code password} is the record's
   */
  public PreparedLogin(TestDevice device, byte[] credId, String password, boolean right) {
    this.device = device;
    this.credId = credId.clone();
    this.right = right;
    this.loginId = device.fresh(16);
    this.login = device.startLogin(password);
    this.ke1 = login.ke1().encode();
    this.start =
        sealed(
            VaultMessageType.LOGIN_START,
            new VaultPayload.LoginStart(loginId, this.credId, ke1).encode());
  }

  private ClientChannel.SealedRequest sealed(VaultMessageType type, byte[] payload) {
    return device.seal(type, device.request(type, payload));
  }

  /** Whether the password is the record's. */
  public boolean isRight() {
    return right;
  }

  /** LoginStart as it travels. */
  public byte[] start() {
    return device.outer(VaultMessageType.LOGIN_START, start);
  }

  /**
   * Takes KE2 and makes LoginFinish: an honest one, or for a wrong password one that is refused.
   */
  public void started(byte[] answer) {
    Started started = new Started(loginId, credId, login, ke1, device.open(start, answer));
    assertThat(started.ke2()).isNotEmpty();
    VaultPayload.LoginFinish proof =
        right ? device.proof(started, Operation.FETCH) : device.wrongProof(loginId);
    finish = sealed(VaultMessageType.LOGIN_FINISH, proof.encode());
  }

  /** LoginFinish as it travels. */
  public byte[] finish() {
    return device.outer(VaultMessageType.LOGIN_FINISH, Objects.requireNonNull(finish));
  }

  /** Checks the vault's decision. */
  public void finished(byte[] answer) {
    VaultReply reply = device.open(Objects.requireNonNull(finish), answer);
    if (right) {
      assertThat(reply).isInstanceOf(VaultReply.Done.class);
    } else {
      assertThat(reply).isEqualTo(new Refused(VaultRefusal.LOGIN_FAILED, left(reply), 0));
    }
  }

  private static int left(VaultReply reply) {
    return reply instanceof Refused no ? no.attemptsLeft() : -1;
  }
}
