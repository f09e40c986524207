package org.hikae.device.protection;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hikae.backup.wire.RunResult;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.AgentException;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.keys.DigitKey;
import org.hikae.device.portal.DevicePortalClient;
import org.hikae.device.state.PendingKey;
import org.hikae.device.state.StateFile;
import org.hikae.device.state.UnlockedSet;
import org.hikae.device.vaultclient.VaultChannel;
import org.hikae.device.vaultclient.VaultConnector;
import org.hikae.device.vaultclient.VaultLogin;
import org.hikae.enrollment.wire.SetView;
import org.hikae.enrollment.wire.WrapView;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.TextCodec;
import org.hikae.hk1.WrapMethod;
import org.hikae.vault.wire.StatusDone;
import org.jspecify.annotations.Nullable;

/**
 * Opens K of an existing set on a device that does not have it, with the password or the 64-digit
 * key, and stores it. One try per call: a wrong password is the person's to repeat, because each
 * one costs an attempt.
 */
public final class KeyUnlock {

  private final DevicePortalClient portal;
  private final VaultConnector vaultConnector;
  private final StateFile stateFile;
  private final UserPrompt userPrompt;
  private final RecentSignIn signIn;
  private final java.security.SecureRandom random;
  private final PasswordPractice passwordPractice;

  /** Unlocks for {@code person}. */
  public KeyUnlock(
      DevicePortalClient portal,
      VaultConnector vaultConnector,
      StateFile stateFile,
      UserPrompt userPrompt,
      RecentSignIn signIn,
      java.security.SecureRandom random,
      PasswordPractice passwordPractice) {
    this.portal = portal;
    this.vaultConnector = vaultConnector;
    this.stateFile = stateFile;
    this.userPrompt = userPrompt;
    this.signIn = signIn;
    this.random = random;
    this.passwordPractice = passwordPractice;
  }

  /** Remembers the little that practising a password takes. */
  PasswordPractice reminding() {
    return passwordPractice;
  }

  /** Opens and stores K of {@code set}; the caller closes it. */
  public BackupKey unlock(SetView set) throws AgentException {
    BackupKey key = unlockToRead(set);
    if (key.generation() != set.generation()) {
      key.close();
      throw new AgentException(RunResult.CORRUPT, "rotate.other");
    }
    return key;
  }

  /**
   * The same, but K of another generation of the set is answered, too, when that is what opened
   * (spec HK1-K-20): after a vault or a portal was restored a person may have no other. It is not
   * stored, and nothing may be sealed with it.
   */
  public BackupKey unlockToRead(SetView set) throws AgentException {
    byte[] setId = setId(set);
    WrapMethod method = userPrompt.unlocksWith(methods());
    UnlockedKey unlockedKey =
        switch (method) {
          case PASSWORD_VAULT -> byPassword(setId);
          case DIGIT_KEY -> byDigits(setId, set.generation());
          case CHAIN -> throw new IllegalStateException("nobody is asked for a chain");
        };
    BackupKey key = unlockedKey.key();
    if (MessageDigest.isEqual(key.setId(), setId) && key.generation() == set.generation() + 1) {
      return ofRotation(unlockedKey, set.generation());
    }
    if (!MessageDigest.isEqual(key.setId(), setId)) {
      key.close();
      throw new AgentException(RunResult.CORRUPT, "vault.wrap-foreign");
    }
    if (key.generation() == set.generation()) {
      store(stateFile, key);
    } else {
      // What was practised is of a K that is not the set's.
      passwordPractice.forget();
    }
    return key;
  }

  /** K, and what a rotation that prepared it must not do again. */
  private record UnlockedKey(BackupKey key, @Nullable String credId, @Nullable String digits) {
    @Override
    public String toString() {
      return "UnlockedKey(REDACTED)";
    }
  }

  /**
   * A rotation reached its protections and was not ended, or the portal says so: this device can
   * end it, whatever became of the one that began it. Until then it only reads.
   */
  private BackupKey ofRotation(UnlockedKey unlockedKey, long generation) throws AgentException {
    try (BackupKey prepared = unlockedKey.key()) {
      BackupKey key = new GenerationChain(portal).down(prepared, generation);
      PendingKey begun = PendingKey.begun(prepared.generation(), text(prepared));
      // Its password was registered by its owner key, so the vault takes that one's word.
      PendingKey registered =
          unlockedKey.credId() == null ? begun : begun.handed().withRecord(unlockedKey.credId());
      PendingKey next =
          (unlockedKey.digits() == null ? registered : registered.withDigits(unlockedKey.digits()))
              .inUse();
      UnlockedSet unlocked =
          UnlockedSet.of(TextCodec.hex(key.setId()), key.generation(), text(key)).withNext(next);
      stateFile.update(newest -> newest.withSet(unlocked));
      userPrompt.hears("rotate.unfinished");
      return key;
    }
  }

  static String text(BackupKey key) {
    try (SecretBytes secret = key.secret()) {
      byte[] bytes = secret.expose();
      String text = TextCodec.base64(bytes);
      Arrays.fill(bytes, (byte) 0);
      return text;
    }
  }

  /** Stores K in the secrets file. */
  static void store(StateFile stateFile, BackupKey key) throws AgentException {
    UnlockedSet unlocked = UnlockedSet.of(TextCodec.hex(key.setId()), key.generation(), text(key));
    stateFile.update(newest -> newest.withSet(unlocked));
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
    return key(set, set.generation(), set.key());
  }

  /** Reads the K back that a rotation prepares. */
  static BackupKey stored(UnlockedSet set, PendingKey next) throws AgentException {
    return key(set, next.generation(), next.key());
  }

  /** K of this generation that a rotation of the set prepares; the caller closes it. */
  public static Optional<BackupKey> next(@Nullable UnlockedSet set, long generation)
      throws AgentException {
    PendingKey next = set == null ? null : set.next();
    return set == null || next == null || next.generation() != generation
        ? Optional.empty()
        : Optional.of(stored(set, next));
  }

  /** The K whose owner key the vault obeys; the caller closes it. */
  public static BackupKey ownerKey(UnlockedSet set) throws AgentException {
    PendingKey next = set.next();
    return next != null && next.handedOver() ? stored(set, next) : stored(set);
  }

  private static BackupKey key(UnlockedSet set, long generation, String key) throws AgentException {
    try (SecretBytes secret =
        SecretBytes.take(TextCodec.parseBase64("key", key, Hk1Constants.HASH_BYTES))) {
      return BackupKey.of(TextCodec.parseId("setId", set.setId()), generation, secret);
    } catch (MalformedException | IllegalArgumentException e) {
      throw new AgentException(RunResult.LOCAL, "state.damaged");
    }
  }

  private UnlockedKey byPassword(byte[] setId) throws AgentException {
    signIn.ensure();
    VaultChannel channel = vaultConnector.open();
    VaultLogin login = new VaultLogin(channel, random);
    StatusDone record = login.activeRecord(setId);
    tell(record);
    try (SecretBytes password = userPrompt.password()) {
      userPrompt.hears("unlock.asking-vault");
      BackupKey key = login.open(setId, record, password);
      try {
        passwordPractice.proved(key, password);
      } catch (AgentException e) {
        key.close();
        throw e;
      }
      return new UnlockedKey(key, record.record().credId().hex(), null);
    }
  }

  /** Before the person types anything: a wrong password ends the run. */
  private void tell(StatusDone status) {
    userPrompt.hears("unlock.attempts-left", status.attempts().left());
    StatusDone.Announced announced = status.announced();
    if (announced.what() != StatusDone.Announcement.NONE) {
      userPrompt.hears(
          "watch.announced." + announced.what(), Instant.ofEpochSecond(announced.dueSeconds()));
    }
  }

  private UnlockedKey byDigits(byte[] setId, long generation) throws AgentException {
    try (DigitKey digits = userPrompt.digitKey()) {
      DigitKeyWraps.OpenedWrap opened =
          new DigitKeyWraps(portal, random).open(digits, setId, generation);
      UnlockedSet before = stateFile.require().set();
      if (before != null && before.generation() != opened.key().generation()) {
        // What is kept of the password belongs to the earlier K.
        passwordPractice.forget();
      }
      return new UnlockedKey(opened.key(), null, opened.wrapId());
    }
  }

  /**
   * How K may be opened. Where there is a pin the vault knows whether there is a password, so the
   * portal keeps nobody from it by what its list of wraps says, does not say or refuses to say
   * (spec HK1-R-15). Digits are on no other way; after a refusal they ask for the list once more.
   */
  private Set<WrapMethod> methods() throws AgentException {
    boolean pinned = vaultConnector.pinned();
    Set<WrapMethod> methods;
    try {
      methods = available(portal.wraps());
    } catch (AgentException e) {
      boolean refused = e.result() == RunResult.NETWORK || e.result() == RunResult.REFUSED;
      if (!refused || !pinned) {
        throw e;
      }
      methods = EnumSet.of(WrapMethod.DIGIT_KEY);
    }
    if (pinned) {
      methods.add(WrapMethod.PASSWORD_VAULT);
    }
    if (methods.isEmpty()) {
      throw new AgentException(RunResult.LOCKED, "unlock.no-wrap");
    }
    return methods;
  }

  /**
   * What the portal shows a protection of, of whatever generation: one of another time than the
   * set's is an alarm, and may be all that a person has (spec HK1-K-20).
   */
  static Set<WrapMethod> available(List<WrapView> wraps) {
    Set<WrapMethod> methods = EnumSet.noneOf(WrapMethod.class);
    for (WrapView wrap : wraps) {
      WrapMethod method = WrapKind.of(wrap).method();
      if (method != null && method.protects()) {
        methods.add(method);
      }
    }
    return methods;
  }

  private static byte[] setId(SetView set) throws AgentException {
    try {
      return TextCodec.parseId("setId", set.setId());
    } catch (MalformedException e) {
      throw new AgentException(RunResult.NETWORK, e, "network.not-the-portal", "");
    }
  }
}
