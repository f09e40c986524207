package org.hikae.device.optin;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.hikae.backup.wire.RunResult;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.AgentException;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.keys.DigitKey;
import org.hikae.device.remote.DevicePortal;
import org.hikae.device.state.StateFile;
import org.hikae.device.state.UnlockedSet;
import org.hikae.device.vaultclient.VaultChannel;
import org.hikae.device.vaultclient.VaultDoor;
import org.hikae.device.vaultclient.VaultLogin;
import org.hikae.enrollment.wire.SetView;
import org.hikae.enrollment.wire.WrapView;
import org.hikae.hk1.Hk1;
import org.hikae.hk1.Ids;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.WrapMethod;
import org.hikae.vault.wire.StatusDone;

/**
 * Opens K of an existing set on a device that does not have it, with the password or the 64-digit
 * key, and stores it. One try per call: a wrong password is the person's to repeat, because each
 * one costs an attempt.
 */
public final class Unlocking {

  private final DevicePortal portal;
  private final VaultDoor door;
  private final StateFile stateFile;
  private final Person person;
  private final RecentSignIn signIn;
  private final java.security.SecureRandom random;
  private final Reminding reminding;

  /** Unlocks for {@code person}. */
  public Unlocking(
      DevicePortal portal,
      VaultDoor door,
      StateFile stateFile,
      Person person,
      RecentSignIn signIn,
      java.security.SecureRandom random,
      Reminding reminding) {
    this.portal = portal;
    this.door = door;
    this.stateFile = stateFile;
    this.person = person;
    this.signIn = signIn;
    this.random = random;
    this.reminding = reminding;
  }

  /** Remembers the little that practising a password takes. */
  Reminding reminding() {
    return reminding;
  }

  /** Opens and stores K of {@code set}; the caller closes it. */
  public BackupKey unlock(SetView set) throws AgentException {
    byte[] setId = setId(set);
    WrapMethod method = person.unlocksWith(available(portal.wraps(), set.generation()));
    BackupKey key =
        switch (method) {
          case PASSWORD_VAULT -> byPassword(setId);
          case DIGIT_KEY -> byDigits();
        };
    if (!MessageDigest.isEqual(key.setId(), setId) || key.generation() != set.generation()) {
      key.close();
      throw new AgentException(RunResult.CORRUPT, "vault.wrap-foreign");
    }
    store(stateFile, key);
    return key;
  }

  /** Stores K in the secrets file. */
  static void store(StateFile stateFile, BackupKey key) throws AgentException {
    try (SecretBytes secret = key.secret()) {
      byte[] bytes = secret.expose();
      UnlockedSet unlocked =
          new UnlockedSet(Ids.hex(key.setId()), key.generation(), Ids.base64(bytes));
      Arrays.fill(bytes, (byte) 0);
      stateFile.update(newest -> newest.withSet(unlocked));
    }
  }

  /** Refuses a protection that opens something else than it was made for. */
  static void requireSame(BackupKey made, BackupKey opened, String otherwise)
      throws AgentException {
    try (SecretBytes first = made.secret();
        SecretBytes second = opened.secret()) {
      boolean same = first.equals(second) && MessageDigest.isEqual(made.setId(), opened.setId());
      if (!same) {
        throw new AgentException(RunResult.CORRUPT, otherwise);
      }
    }
  }

  /** Reads K back from the secrets file. */
  public static BackupKey stored(UnlockedSet set) throws AgentException {
    try (SecretBytes secret = SecretBytes.take(Ids.parseBase64("key", set.key(), Hk1.HASH_BYTES))) {
      return BackupKey.of(Ids.parseId("setId", set.setId()), set.generation(), secret);
    } catch (MalformedException | IllegalArgumentException e) {
      throw new AgentException(RunResult.LOCAL, "state.damaged");
    }
  }

  private BackupKey byPassword(byte[] setId) throws AgentException {
    signIn.ensure();
    VaultChannel channel = door.open();
    VaultLogin login = new VaultLogin(channel, random);
    StatusDone record = login.activeRecord(setId);
    try (SecretBytes password = person.password()) {
      person.hears("unlock.asking-vault");
      BackupKey key = login.open(setId, record, password);
      try {
        reminding.proved(key, password);
      } catch (AgentException e) {
        key.close();
        throw e;
      }
      return key;
    }
  }

  private BackupKey byDigits() throws AgentException {
    try (DigitKey digits = person.digitKey()) {
      return new DigitWraps(portal, random).open(digits).key();
    }
  }

  private static Set<WrapMethod> available(List<WrapView> wraps, long generation)
      throws AgentException {
    Set<WrapMethod> methods = EnumSet.noneOf(WrapMethod.class);
    for (WrapMethod method : WrapMethod.values()) {
      boolean there =
          wraps.stream()
              .anyMatch(w -> w.method().equals(method.name()) && w.generation() == generation);
      if (there) {
        methods.add(method);
      }
    }
    if (methods.isEmpty()) {
      throw new AgentException(RunResult.LOCKED, "unlock.no-wrap");
    }
    return methods;
  }

  private static byte[] setId(SetView set) throws AgentException {
    try {
      return Ids.parseId("setId", set.setId());
    } catch (MalformedException e) {
      throw new AgentException(RunResult.NETWORK, e, "network.not-the-portal", "");
    }
  }
}
