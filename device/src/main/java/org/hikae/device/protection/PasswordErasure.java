package org.hikae.device.protection;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.hikae.backup.wire.RunResult;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.AgentException;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.portal.DevicePortalClient;
import org.hikae.device.vaultclient.OwnerOrders;
import org.hikae.device.vaultclient.VaultChannel;
import org.hikae.device.vaultclient.VaultLogin;
import org.hikae.enrollment.wire.WrapView;
import org.hikae.hk1.WrapMethod;
import org.hikae.vault.wire.OwnerOrder;
import org.hikae.vault.wire.Receipt;
import org.hikae.vault.wire.StatusDone;
import org.jspecify.annotations.Nullable;

/**
 * Has the vault erase the password's record: at once inside a login, or announced for 72 hours by
 * the owner key. Once the record is gone the portal need not list the password any more.
 */
public final class PasswordErasure {

  private final DevicePortalClient portal;
  private final UserPrompt userPrompt;
  private final SecureRandom random;
  private final PasswordPractice passwordPractice;

  /** Erases the password of {@code person}. */
  public PasswordErasure(
      DevicePortalClient portal,
      UserPrompt userPrompt,
      SecureRandom random,
      PasswordPractice passwordPractice) {
    this.portal = portal;
    this.userPrompt = userPrompt;
    this.random = random;
    this.passwordPractice = passwordPractice;
  }

  /**
   * What came of it.
   *
   * @param receipt the vault's word
   * @param due when the record is erased; null when it is
   */
  public record ErasureResult(Receipt receipt, @Nullable Instant due) {}

  /** Erases it inside a login. */
  public ErasureResult atOnce(VaultChannel channel, BackupKey key, StatusDone record)
      throws AgentException {
    try (SecretBytes password = userPrompt.password()) {
      userPrompt.hears("unlock.asking-vault");
      Receipt receipt = new VaultLogin(channel, random).retire(key.setId(), record, password);
      passwordPractice.forget();
      return new ErasureResult(receipt, null);
    }
  }

  /** Announces that it is erased; the password works until then. */
  public ErasureResult announced(VaultChannel channel, BackupKey key, StatusDone record)
      throws AgentException {
    if (record.announced().what() != StatusDone.Announcement.NONE) {
      throw new AgentException(
          RunResult.LOCKED,
          "password.change-announced",
          Instant.ofEpochSecond(record.announced().dueSeconds()));
    }
    Receipt receipt = new OwnerOrders(channel, key, random).order(OwnerOrder.Order.DELETE, record);
    passwordPractice.forget();
    return new ErasureResult(receipt, Instant.ofEpochSecond(receipt.entry().dueSeconds()));
  }

  /**
   * Has the portal list no password any more; for when the vault has none.
   *
   * @param last whether nothing else needs to protect K
   * @return how many it listed
   */
  public int unlist(boolean last) throws AgentException {
    List<WrapView> listed =
        portal.wraps().stream().filter(view -> view.method() == WrapMethod.PASSWORD_VAULT).toList();
    for (WrapView view : listed) {
      portal.revokeWrap(view.wrapId(), last);
    }
    return listed.size();
  }
}
