package org.hikae.device.protection;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.hikae.backup.wire.RunResult;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.AgentException;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.portal.DevicePortalClient;
import org.hikae.device.vaultclient.VaultChannel;
import org.hikae.device.vaultclient.VaultConnector;
import org.hikae.device.vaultclient.VaultLogin;
import org.hikae.device.vaultclient.VaultRegistration;
import org.hikae.device.vaultclient.VaultStatusQuery;
import org.hikae.enrollment.wire.PutWrap;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.TextCodec;
import org.hikae.hk1.WrapHeader;
import org.hikae.hk1.WrapMethod;
import org.hikae.vault.wire.Receipt;
import org.hikae.vault.wire.RecordState;
import org.hikae.vault.wire.StatusDone;
import org.hikae.vault.wire.VaultEvent;
import org.jspecify.annotations.Nullable;

/**
 * Gives the backup another password. With the old one it happens at once, inside a login; without
 * it whoever has K may do it, but the vault announces it for 72 hours so that the owner can object,
 * which begin when a device with K has heard of it. Until the new one counts the old one does, and
 * no data is touched.
 */
public final class PasswordChange {

  private final DevicePortalClient portal;
  private final VaultConnector vaultConnector;
  private final RecentSignIn signIn;
  private final UserPrompt userPrompt;
  private final SecureRandom random;
  private final PasswordPractice passwordPractice;

  /** Changes the password for {@code person}. */
  public PasswordChange(
      DevicePortalClient portal,
      VaultConnector vaultConnector,
      RecentSignIn signIn,
      UserPrompt userPrompt,
      SecureRandom random,
      PasswordPractice passwordPractice) {
    this.portal = portal;
    this.vaultConnector = vaultConnector;
    this.signIn = signIn;
    this.userPrompt = userPrompt;
    this.random = random;
    this.passwordPractice = passwordPractice;
  }

  /**
   * What came of it.
   *
   * @param receipt the vault's word
   * @param worksFrom when the new password begins to work; null when it does now
   */
  public record ChangeResult(Receipt receipt, @Nullable Instant worksFrom) {}

  /** Changes it with the old one, at once. */
  public ChangeResult change(BackupKey key) throws AgentException {
    signIn.ensure();
    VaultChannel channel = vaultConnector.open();
    VaultLogin login = new VaultLogin(channel, random);
    Hash256 credId = login.activeRecord(key.setId()).record().credId();
    try (SecretBytes old = userPrompt.password();
        SecretBytes fresh = userPrompt.newPassword()) {
      if (old.equals(fresh)) {
        throw new AgentException(RunResult.REFUSED, "password.same");
      }
      userPrompt.hears("unlock.asking-vault");
      Receipt receipt;
      try (VaultLogin.ProvenLogin provenLogin = login.start(key.setId(), credId, old)) {
        userPrompt.hears("optin.registering-password");
        VaultRegistration registration = new VaultRegistration(channel, random);
        receipt = registration.replace(key, registration.prepare(key, fresh), provenLogin);
      }
      passwordPractice.forget();
      prove(key, login, fresh);
      return new ChangeResult(receipt, null);
    }
  }

  /** Adds one where there is none in use; at once, as {@link #replaceForgotten} does. */
  public ChangeResult add(BackupKey key) throws AgentException {
    StatusDone status = VaultStatusQuery.report(vaultConnector.open(), key.setId(), random);
    boolean inUse =
        status.record().state() == RecordState.ACTIVE
            && MessageDigest.isEqual(status.record().setId(), key.setId());
    if (inUse) {
      throw new AgentException(RunResult.REFUSED, "keys.password-exists");
    }
    return replaceForgotten(key);
  }

  /** Sets a new one without the old one: at once when there is none in use, else announced. */
  public ChangeResult replaceForgotten(BackupKey key) throws AgentException {
    signIn.ensure();
    VaultChannel channel = vaultConnector.open();
    StatusDone status = VaultStatusQuery.report(channel, key.setId(), random);
    if (status.announced().what() != StatusDone.Announcement.NONE) {
      throw new AgentException(
          RunResult.LOCKED,
          "password.change-announced",
          Instant.ofEpochSecond(status.announced().dueSeconds()));
    }
    boolean lockedOut = status.record().state() != RecordState.ACTIVE && endedInLockOut(channel);
    if (lockedOut) {
      userPrompt.hears("password.locked-before");
    }
    try (SecretBytes fresh = userPrompt.newPassword()) {
      if (lockedOut && passwordPractice.mayBe(key, fresh)) {
        throw new AgentException(RunResult.REFUSED, "password.the-locked-one");
      }
      userPrompt.hears("optin.registering-password");
      VaultRegistration registration = new VaultRegistration(channel, random);
      VaultRegistration.Pending pending = registration.prepare(key, fresh);
      Receipt receipt = registration.expose(key, pending);
      // The old one is not practised until it ends: its owner does not know it.
      passwordPractice.forget();
      if (receipt.entry().event() == VaultEvent.ACTIVE) {
        prove(key, new VaultLogin(channel, random), fresh);
        return new ChangeResult(receipt, null);
      }
      file(key, pending.wrap());
      StatusDone after = VaultStatusQuery.report(channel, key.setId(), random);
      return new ChangeResult(receipt, Instant.ofEpochSecond(after.announced().dueSeconds()));
    }
  }

  static boolean endedInLockOut(VaultChannel channel) throws AgentException {
    List<VaultEvent> ends =
        channel.receipts().read().receipts().stream()
            .map(receipt -> receipt.entry().event())
            .filter(event -> event == VaultEvent.LOCKED || event == VaultEvent.ACTIVE)
            .toList();
    return !ends.isEmpty() && ends.getLast() == VaultEvent.LOCKED;
  }

  private void prove(BackupKey key, VaultLogin login, SecretBytes password) throws AgentException {
    userPrompt.hears("optin.proving-password");
    VaultLogin.OpenedWrap opened =
        login.openWithWrap(key.setId(), login.activeRecord(key.setId()), password);
    try (BackupKey again = opened.key()) {
      KeyUnlock.requireSame(key, again, "password.proof-failed");
    }
    file(key, opened.wrap());
    passwordPractice.proved(key, password);
  }

  /** The portal only knows that there is a password; once it does, it need not hear of another. */
  private void file(BackupKey key, byte[] wrap) throws AgentException {
    boolean known =
        portal.wraps().stream()
            .anyMatch(
                view ->
                    view.method() == WrapMethod.PASSWORD_VAULT
                        && view.generation() == key.generation());
    if (known) {
      return;
    }
    try {
      portal.putWrap(
          TextCodec.hex(WrapHeader.parse(wrap).wrapId()),
          new PutWrap(
              TextCodec.hex(key.setId()), key.generation(), WrapMethod.PASSWORD_VAULT, null));
    } catch (MalformedException e) {
      throw new IllegalStateException("the agent reads its own wraps", e);
    }
  }
}
