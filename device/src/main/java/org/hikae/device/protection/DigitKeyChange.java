package org.hikae.device.protection;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.hikae.backup.wire.RunResult;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.AgentException;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.keys.DigitKey;
import org.hikae.device.vaultclient.VaultConnector;
import org.hikae.device.vaultclient.VaultLogin;
import org.hikae.enrollment.wire.WrapView;
import org.hikae.vault.wire.StatusDone;

/**
 * Adds, replaces and drops the 64-digit key. A new wrap is filed and proven before an old one is
 * revoked, so that a run that is cut short leaves two keys and never none; no data is touched.
 */
public final class DigitKeyChange {

  private final DigitKeyWraps wraps;
  private final VaultConnector vaultConnector;
  private final RecentSignIn signIn;
  private final UserPrompt userPrompt;
  private final SecureRandom random;

  /** Changes the 64-digit key for {@code person}. */
  public DigitKeyChange(
      DigitKeyWraps wraps,
      VaultConnector vaultConnector,
      RecentSignIn signIn,
      UserPrompt userPrompt,
      SecureRandom random) {
    this.wraps = wraps;
    this.vaultConnector = vaultConnector;
    this.signIn = signIn;
    this.userPrompt = userPrompt;
    this.random = random;
  }

  /**
   * What came of it.
   *
   * @param wrapId the wrap that the portal serves from now on
   * @param revoked how many it served before and does not any more
   */
  public record ChangeResult(String wrapId, int revoked) {}

  /** Makes a 64-digit key where there is none. */
  public ChangeResult add(BackupKey key) throws AgentException {
    if (!wraps.served().isEmpty()) {
      throw new AgentException(RunResult.REFUSED, "keys.digits-exist");
    }
    return new ChangeResult(make(key), 0);
  }

  /** Makes another one; those before open nothing that the portal serves from then on. */
  public ChangeResult replace(BackupKey key) throws AgentException {
    List<WrapView> before = wraps.served();
    if (before.isEmpty()) {
      throw new AgentException(RunResult.REFUSED, "keys.no-digits");
    }
    String wrapId = make(key);
    revoke(before);
    return new ChangeResult(wrapId, before.size());
  }

  /** Ends a replacement that was cut short: keeps the wrap of the typed digits, revokes others. */
  public ChangeResult finish(BackupKey key) throws AgentException {
    signIn.ensure();
    String wrapId = prove(key);
    List<WrapView> others =
        wraps.served().stream().filter(view -> !view.wrapId().equals(wrapId)).toList();
    revoke(others);
    return new ChangeResult(wrapId, others.size());
  }

  /** Has the person type a 64-digit key that opens {@code key}; returns the wrap's identifier. */
  public String prove(BackupKey key) throws AgentException {
    try (DigitKey digits = userPrompt.digitKey()) {
      DigitKeyWraps.OpenedWrap opened = wraps.open(digits, key.setId(), key.generation());
      try (BackupKey same = opened.key()) {
        KeyUnlock.requireSame(key, same, "vault.wrap-foreign");
      }
      return opened.wrapId();
    }
  }

  private String make(BackupKey key) throws AgentException {
    // Once more after the person has copied 64 digits, which takes its time.
    signIn.ensure();
    try (DigitKey digits = DigitKey.generate(random)) {
      userPrompt.keeps(digits, key.setId(), key.generation());
      signIn.ensure();
      userPrompt.hears("optin.storing-digit-key");
      return wraps.file(key, digits);
    }
  }

  private void revoke(List<WrapView> before) throws AgentException {
    try {
      wraps.revoke(before);
    } catch (AgentException e) {
      throw new AgentException(e.result(), e, "keys.earlier-digits-remain");
    }
  }

  /**
   * Has the portal serve no wrap of any 64-digit key any more; returns how many it did. The
   * password has to prove first that it opens the backup, and nothing may be announced that ends
   * it.
   */
  public int drop(BackupKey key) throws AgentException {
    signIn.ensure();
    List<WrapView> before = wraps.served();
    if (!before.isEmpty()) {
      provePassword(key);
      wraps.revoke(before);
    }
    return before.size();
  }

  private void provePassword(BackupKey key) throws AgentException {
    VaultLogin login = new VaultLogin(vaultConnector.open(), random);
    StatusDone record = login.activeRecord(key.setId());
    if (record.announced().what() != StatusDone.Announcement.NONE) {
      throw new AgentException(
          RunResult.LOCKED,
          "password.change-announced",
          Instant.ofEpochSecond(record.announced().dueSeconds()));
    }
    try (SecretBytes password = userPrompt.password()) {
      userPrompt.hears("optin.proving-password");
      try (BackupKey same = login.open(key.setId(), record, password)) {
        KeyUnlock.requireSame(key, same, "vault.wrap-foreign");
      }
    }
  }
}
