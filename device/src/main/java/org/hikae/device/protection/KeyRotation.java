package org.hikae.device.protection;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.hikae.backup.wire.RunResult;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.AgentException;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.keys.ChainWrap;
import org.hikae.device.keys.DigitKey;
import org.hikae.device.portal.DevicePortalClient;
import org.hikae.device.state.PendingKey;
import org.hikae.device.state.StateFile;
import org.hikae.device.state.UnlockedSet;
import org.hikae.device.vaultclient.OwnerOrders;
import org.hikae.device.vaultclient.VaultChannel;
import org.hikae.device.vaultclient.VaultConnector;
import org.hikae.device.vaultclient.VaultLogin;
import org.hikae.device.vaultclient.VaultRegistration;
import org.hikae.device.vaultclient.VaultStatusQuery;
import org.hikae.enrollment.wire.PutWrap;
import org.hikae.enrollment.wire.Rotate;
import org.hikae.enrollment.wire.WrapView;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.TextCodec;
import org.hikae.hk1.WrapHeader;
import org.hikae.hk1.WrapMethod;
import org.hikae.vault.wire.LedgerEntry;
import org.hikae.vault.wire.Receipt;
import org.hikae.vault.wire.RecordState;
import org.hikae.vault.wire.StatusDone;
import org.hikae.vault.wire.VaultEvent;
import org.jspecify.annotations.Nullable;

/**
 * Replaces K by another one (spec HK1-K-13 to HK1-K-15), for when K itself may be known to others.
 *
 * <p>The order is fixed so that at every moment the old or the new protections open everything: the
 * new K is kept here, the old K is sealed under it at the portal, new digits are proven, the owner
 * key is handed over, the password is replaced, and only then the portal makes the new K the key of
 * the set and revokes the old protections. Every step finds out whether it was done, so a run that
 * was cut short is ended by the next one.
 */
public final class KeyRotation {

  private final DevicePortalClient portal;
  private final VaultConnector vaultConnector;
  private final StateFile stateFile;
  private final RecentSignIn signIn;
  private final UserPrompt userPrompt;
  private final SecureRandom random;
  private final PasswordPractice passwordPractice;

  /** Rotates for the person of {@code ways}. */
  public KeyRotation(
      DevicePortalClient portal,
      VaultConnector vaultConnector,
      StateFile stateFile,
      RecentSignIn signIn,
      OptInFlow.Interaction interaction,
      PasswordPractice passwordPractice) {
    this.portal = portal;
    this.vaultConnector = vaultConnector;
    this.stateFile = stateFile;
    this.signIn = signIn;
    this.userPrompt = interaction.person();
    this.random = interaction.random();
    this.passwordPractice = passwordPractice;
  }

  /**
   * What came of it.
   *
   * @param generation of the new K
   * @param endsFrom when a later run can end the rotation; null when it has ended
   */
  public record RotationResult(long generation, @Nullable Instant endsFrom) {}

  /**
   * Rotates, or ends a rotation that was cut short.
   *
   * @param key K in use
   * @param forgotten whether the old password is not known: the vault then announces the new one
   */
  public RotationResult run(BackupKey key, boolean forgotten) throws AgentException {
    signIn.ensure();
    List<WrapView> wraps = portal.wraps();
    boolean digits = has(wraps, WrapMethod.DIGIT_KEY);
    boolean listed = has(wraps, WrapMethod.PASSWORD_VAULT);
    VaultChannel channel = listed || vaultConnector.pinned() ? vaultConnector.open() : null;
    StatusDone status = channel == null ? null : requireQuiet(channel, key);
    boolean password = status != null && (inUse(status, key) || !digits);
    try (BackupKey next = begun(key)) {
      noteRecordBefore(status, key);
      String chain = chain(key, next, wraps);
      List<String> kept = new ArrayList<>();
      if (digits || !password) {
        kept.add(digits(next));
      }
      if (channel != null && status != null) {
        if (password) {
          NewPassword made = new NewPassword(channel, key, next, status).make(forgotten);
          if (made.worksFrom != null) {
            return new RotationResult(next.generation(), made.worksFrom);
          }
          kept.add(file(next, made.wrap));
        } else {
          handOver(channel, key, next);
          passwordPractice.forget();
        }
      }
      userPrompt.hears("rotate.ending");
      signIn.ensure();
      // From here on the portal may have done it, whatever it answers now or later.
      remember(PendingKey::inUse);
      portal.rotate(new Rotate(TextCodec.hex(key.setId()), next.generation(), chain, kept));
      KeyUnlock.store(stateFile, next);
      return new RotationResult(next.generation(), null);
    }
  }

  /**
   * K of a rotation that this device prepared and that the portal has ended without this device
   * hearing of it; nothing when another device rotated. The caller closes it.
   */
  public static Optional<BackupKey> ended(
      DevicePortalClient portal, StateFile stateFile, UnlockedSet mine, long generation)
      throws AgentException {
    PendingKey next = mine.next();
    if (next == null || next.generation() != generation) {
      return Optional.empty();
    }
    BackupKey prepared = KeyUnlock.stored(mine, next);
    try (BackupKey old = KeyUnlock.stored(mine);
        BackupKey below = new GenerationChain(portal).down(prepared, mine.generation())) {
      KeyUnlock.requireSame(old, below, "rotate.chain-wrong");
    } catch (AgentException e) {
      prepared.close();
      if (e.result() == RunResult.CORRUPT) {
        return Optional.empty();
      }
      throw e;
    }
    KeyUnlock.store(stateFile, prepared);
    return Optional.of(prepared);
  }

  private static boolean has(List<WrapView> wraps, WrapMethod method) {
    return wraps.stream().anyMatch(view -> view.method() == method);
  }

  private static boolean inUse(StatusDone status, BackupKey key) {
    return status.record().state() == RecordState.ACTIVE
        && MessageDigest.isEqual(status.record().setId(), key.setId());
  }

  /** The record that the password of the set opens; no text when there is none. */
  private static String record(@Nullable StatusDone status, BackupKey key) {
    return status != null && inUse(status, key) ? status.record().credId().hex() : "";
  }

  /** Before anything of the new K leaves this device; what an earlier run noted stays. */
  private void noteRecordBefore(@Nullable StatusDone status, BackupKey key) throws AgentException {
    PendingKey next = next();
    if (next.before() == null && next.credId() == null && !next.opensByDigits()) {
      remember(now -> now.instead(record(status, key)));
    }
  }

  /**
   * Whether K that a rotation of this device replaces may seal once more (spec HK1-K-16). Nobody
   * else can have the new K before something that opens it has left this device. After that the
   * portal's word does not do, because it may keep back that another device has ended the rotation:
   * the vault has to say in this very run that the password in use is the one from before, and,
   * when there are digits of the new K, that a change is announced, which no rotation is ended
   * under.
   */
  public static boolean mayStillSeal(
      VaultConnector vaultConnector, UnlockedSet mine, BackupKey key, SecureRandom random)
      throws AgentException {
    PendingKey next = mine.next();
    if (next == null) {
      return true;
    }
    if (next.onlySeals()) {
      return false;
    }
    boolean digits = next.opensByDigits();
    if (!digits && next.credId() == null) {
      return true;
    }
    if (next.before() == null || !vaultConnector.pinned()) {
      return false;
    }
    StatusDone status = VaultStatusQuery.report(vaultConnector.open(), key.setId(), random);
    boolean announced = status.announced().what() == StatusDone.Announcement.REPLACE;
    return record(status, key).equals(next.before()) && (announced || !digits);
  }

  private StatusDone requireQuiet(VaultChannel channel, BackupKey key) throws AgentException {
    StatusDone status = VaultStatusQuery.report(channel, key.setId(), random);
    if (status.announced().what() != StatusDone.Announcement.NONE) {
      throw new AgentException(
          RunResult.LOCKED,
          "rotate.change-announced",
          Instant.ofEpochSecond(status.announced().dueSeconds()));
    }
    return status;
  }

  private UnlockedSet mine() throws AgentException {
    UnlockedSet mine = stateFile.require().set();
    if (mine == null) {
      throw new AgentException(RunResult.LOCAL, "state.damaged");
    }
    return mine;
  }

  private PendingKey next() throws AgentException {
    PendingKey next = mine().next();
    if (next == null) {
      throw new AgentException(RunResult.LOCAL, "state.damaged");
    }
    return next;
  }

  private void remember(UnaryOperator<PendingKey> change) throws AgentException {
    UnlockedSet changed = mine().withNext(change.apply(next()));
    stateFile.update(newest -> newest.withSet(changed));
  }

  /** The new K: that of a run that was cut short, else one that is on the disk from here on. */
  private BackupKey begun(BackupKey key) throws AgentException {
    UnlockedSet mine = mine();
    PendingKey before = mine.next();
    if (before != null && before.generation() == key.generation() + 1) {
      userPrompt.hears("rotate.going-on");
      return KeyUnlock.stored(mine, before);
    }
    BackupKey next = BackupKey.generate(key.setId(), key.generation() + 1, random);
    UnlockedSet with = mine.withNext(PendingKey.begun(next.generation(), KeyUnlock.text(next)));
    stateFile.update(newest -> newest.withSet(with));
    return next;
  }

  /** Files the old K under the new one and proves what the portal then serves. */
  private String chain(BackupKey key, BackupKey next, List<WrapView> wraps) throws AgentException {
    for (WrapView view : wraps) {
      if (GenerationChain.isChainOf(view, key.generation()) && leads(view, key, next)) {
        return view.wrapId();
      }
    }
    byte[] wrap = ChainWrap.seal(key, next, random);
    String wrapId = idOf(wrap);
    portal.putWrap(
        wrapId,
        new PutWrap(
            TextCodec.hex(key.setId()),
            key.generation(),
            WrapMethod.CHAIN,
            TextCodec.base64(wrap)));
    try (BackupKey below = new GenerationChain(portal).down(next, key.generation())) {
      KeyUnlock.requireSame(key, below, "rotate.chain-wrong");
    }
    return wrapId;
  }

  private static boolean leads(WrapView view, BackupKey key, BackupKey next) throws AgentException {
    try (BackupKey below = ChainWrap.open(next, WrapKind.bytes(view))) {
      KeyUnlock.requireSame(key, below, "rotate.chain-wrong");
      return true;
    } catch (MalformedException | CryptoException e) {
      return false;
    }
  }

  private String digits(BackupKey next) throws AgentException {
    DigitKeyWraps served = new DigitKeyWraps(portal, random);
    String before = next().digits();
    if (before != null && served.served().stream().anyMatch(view -> view.wrapId().equals(before))) {
      return before;
    }
    remember(PendingKey::showing);
    try (DigitKey digits = DigitKey.generate(random)) {
      userPrompt.keeps(digits, next.setId(), next.generation());
      signIn.ensure();
      userPrompt.hears("optin.storing-digit-key");
      String wrapId = served.file(next, digits);
      remember(now -> now.withDigits(wrapId));
      return wrapId;
    }
  }

  private String file(BackupKey next, byte[] wrap) throws AgentException {
    String wrapId = idOf(wrap);
    portal.putWrap(
        wrapId,
        new PutWrap(
            TextCodec.hex(next.setId()), next.generation(), WrapMethod.PASSWORD_VAULT, null));
    return wrapId;
  }

  private static String idOf(byte[] wrap) {
    try {
      return TextCodec.hex(WrapHeader.parse(wrap).wrapId());
    } catch (MalformedException e) {
      throw new IllegalStateException("the agent reads its own wraps", e);
    }
  }

  /** Has the vault obey the owner key of the new K from now on, if it obeys any of this set. */
  private void handOver(VaultChannel channel, BackupKey key, BackupKey next) throws AgentException {
    StatusDone status = VaultStatusQuery.report(channel, key.setId(), random);
    Hash256 heir = LedgerEntry.Detail.owner(next.ownerKey(random).publicKey().encode());
    Optional<Hash256> owner =
        channel.receipts().read().receipts().stream()
            .map(receipt -> receipt.entry())
            .filter(entry -> MessageDigest.isEqual(entry.subject().setId(), key.setId()))
            .filter(
                entry ->
                    entry.event() == VaultEvent.CLAIMED || entry.event() == VaultEvent.HANDED_OVER)
            .map(LedgerEntry::detail)
            .reduce((first, last) -> last);
    if (owner.isPresent() && !owner.get().equals(heir)) {
      new OwnerOrders(channel, key, random).handOver(next, status);
    }
    remember(PendingKey::handed);
  }

  /** The password of the new K: registered, proven, or announced. */
  private final class NewPassword {

    private final VaultChannel channel;
    private final BackupKey key;
    private final BackupKey next;
    private final StatusDone status;
    private final VaultLogin login;
    private byte[] wrap = new byte[0];
    private @Nullable Instant worksFrom;

    NewPassword(VaultChannel channel, BackupKey key, BackupKey next, StatusDone status) {
      this.channel = channel;
      this.key = key;
      this.next = next;
      this.status = status;
      this.login = new VaultLogin(channel, random);
    }

    NewPassword make(boolean forgotten) throws AgentException {
      boolean inUse = inUse(status, key);
      if (inUse && status.record().credId().hex().equals(next().credId())) {
        userPrompt.hears("rotate.password-registered-before");
        handOver(channel, key, next);
        try (SecretBytes fresh = userPrompt.newPassword()) {
          prove(fresh);
        }
      } else if (inUse && !forgotten) {
        withTheOldOne();
      } else {
        withoutTheOldOne(inUse);
      }
      return this;
    }

    private void withTheOldOne() throws AgentException {
      try (SecretBytes old = userPrompt.password();
          SecretBytes fresh = userPrompt.newPassword()) {
        if (old.equals(fresh)) {
          throw new AgentException(RunResult.REFUSED, "password.same");
        }
        signIn.ensure();
        userPrompt.hears("unlock.asking-vault");
        // After the hand over only machines act: what a person can get wrong comes before it.
        try (BackupKey same = login.open(key.setId(), status, old)) {
          KeyUnlock.requireSame(key, same, "vault.wrap-foreign");
        }
        handOver(channel, key, next);
        VaultRegistration registration = new VaultRegistration(channel, random);
        try (VaultLogin.ProvenLogin provenLogin =
            login.start(key.setId(), status.record().credId(), old)) {
          userPrompt.hears("optin.registering-password");
          registration.replace(next, prepare(registration, fresh), provenLogin);
        }
        passwordPractice.forget();
        prove(fresh);
      }
    }

    private void withoutTheOldOne(boolean inUse) throws AgentException {
      boolean lockedOut = !inUse && PasswordChange.endedInLockOut(channel);
      if (lockedOut) {
        userPrompt.hears("password.locked-before");
      }
      try (SecretBytes fresh = userPrompt.newPassword()) {
        if (lockedOut && passwordPractice.mayBe(key, fresh)) {
          throw new AgentException(RunResult.REFUSED, "password.the-locked-one");
        }
        signIn.ensure();
        handOver(channel, key, next);
        userPrompt.hears("optin.registering-password");
        VaultRegistration registration = new VaultRegistration(channel, random);
        Receipt receipt = registration.expose(next, prepare(registration, fresh));
        passwordPractice.forget();
        if (receipt.entry().event() == VaultEvent.ACTIVE) {
          prove(fresh);
        } else {
          StatusDone after = VaultStatusQuery.report(channel, key.setId(), random);
          worksFrom = Instant.ofEpochSecond(after.announced().dueSeconds());
        }
      }
    }

    private VaultRegistration.Pending prepare(VaultRegistration registration, SecretBytes fresh)
        throws AgentException {
      VaultRegistration.Pending pending = registration.prepare(next, fresh);
      // Before it can count, so that a later run knows it for its own.
      remember(now -> now.withRecord(pending.credId().hex()));
      return pending;
    }

    private void prove(SecretBytes fresh) throws AgentException {
      userPrompt.hears("optin.proving-password");
      VaultLogin.OpenedWrap opened =
          login.openWithWrap(key.setId(), login.activeRecord(key.setId()), fresh);
      try (BackupKey again = opened.key()) {
        KeyUnlock.requireSame(next, again, "password.proof-failed");
      }
      wrap = opened.wrap();
      passwordPractice.proved(next, fresh);
    }
  }
}
