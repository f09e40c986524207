package org.hikae.device.protection;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import org.hikae.backup.wire.RunResult;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.AgentException;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.keys.DigitKey;
import org.hikae.device.portal.DevicePortalClient;
import org.hikae.device.portal.EnrollmentClient;
import org.hikae.device.state.AgentState;
import org.hikae.device.state.StateFile;
import org.hikae.device.state.UnlockedSet;
import org.hikae.device.vaultclient.VaultChannel;
import org.hikae.device.vaultclient.VaultConnector;
import org.hikae.device.vaultclient.VaultLogin;
import org.hikae.device.vaultclient.VaultRegistration;
import org.hikae.device.vaultclient.VaultStatusQuery;
import org.hikae.enrollment.wire.AgreeConsent;
import org.hikae.enrollment.wire.BackupSetState;
import org.hikae.enrollment.wire.ConsentText;
import org.hikae.enrollment.wire.EnrollmentView;
import org.hikae.enrollment.wire.OptIn;
import org.hikae.enrollment.wire.OptInState;
import org.hikae.enrollment.wire.PutWrap;
import org.hikae.enrollment.wire.SetView;
import org.hikae.hk1.Hk1Constants;
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
 * Opting in: consent, protections, proof that each opens, and only then the end (spec HK1-V-05 to
 * HK1-V-07, HK1-K-08). Until the end the set is PENDING; a run that was cut short leaves nothing
 * that the next one does not take up again or replace. On another device of an employee who has
 * opted in, it unlocks instead. A later consent text is shown and agreed to first.
 */
public final class OptInFlow {

  private final EnrollmentClient enrollment;
  private final DevicePortalClient portal;
  private final VaultConnector vaultConnector;
  private final StateFile stateFile;
  private final KeyUnlock keyUnlock;
  private final RecentSignIn signIn;
  private final Interaction interaction;

  /** Who decides, and where randomness comes from. */
  public record Interaction(UserPrompt person, SecureRandom random) {}

  /** Opts in for the person of {@code ways}. */
  public OptInFlow(
      EnrollmentClient enrollment,
      DevicePortalClient portal,
      VaultConnector vaultConnector,
      StateFile stateFile,
      KeyUnlock keyUnlock,
      RecentSignIn signIn,
      Interaction interaction) {
    this.enrollment = enrollment;
    this.portal = portal;
    this.vaultConnector = vaultConnector;
    this.stateFile = stateFile;
    this.keyUnlock = keyUnlock;
    this.signIn = signIn;
    this.interaction = interaction;
  }

  /** What came of it. */
  public enum OptInOutcome {
    /** A new set is active. */
    OPTED_IN,
    /** A new set is active; its password begins to work at an announced time. */
    PASSWORD_LATER,
    /** This device now has K of a set that was there. */
    JOINED,
    /** This device had K already. */
    ALREADY,
    /** This device had K already, and the person has agreed to a later text. */
    AGREED
  }

  /** Opts in, joins, or says that there is nothing to do. */
  public OptInOutcome run() throws AgentException {
    EnrollmentView view = enrollment.view();
    AgentState state = stateFile.require();
    if (!view.subject().equals(state.profile().subject())) {
      throw new AgentException(RunResult.REFUSED, "login.portal-names-another");
    }
    SetView set = view.set();
    if (view.state() == OptInState.OPTED_IN && set != null) {
      boolean agreed = view.reconsent() != null;
      if (agreed) {
        agreeAnew(view.consentText());
      }
      UnlockedSet mine = state.set();
      if (mine != null
          && mine.setId().equals(set.setId())
          && mine.generation() == set.generation()) {
        return agreed ? OptInOutcome.AGREED : OptInOutcome.ALREADY;
      }
      interaction.person().hears("optin.joining");
      keyUnlock.unlock(set).close();
      return OptInOutcome.JOINED;
    }
    if (!view.offered()) {
      throw new AgentException(RunResult.REFUSED, "problem.not-offered-yet", "", "");
    }
    return start(view, state);
  }

  /** A later text: who does not agree keeps everything, but backups pause in the end. */
  private void agreeAnew(ConsentText text) throws AgentException {
    interaction.person().hears("optin.text-changed");
    if (!interaction.person().agreesTo(text)) {
      throw new AgentException(RunResult.CANCELLED, "optin.later-text-declined");
    }
    portal.agree(new AgreeConsent(text.version(), text.language()));
    interaction.person().hears("optin.agreed-anew");
  }

  private OptInOutcome start(EnrollmentView view, AgentState state) throws AgentException {
    UserPrompt userPrompt = interaction.person();
    if (view.state() == OptInState.WITHDRAWN) {
      userPrompt.hears("optin.again");
    }
    if (!userPrompt.agreesTo(view.consentText())) {
      throw new AgentException(RunResult.CANCELLED, "optin.declined");
    }
    KeyProtection protection = userPrompt.chooses(vaultConnector.pinned());
    // Everything that a person can get wrong comes before anything is sent.
    try (BackupKey key = begun(view.set(), state)) {
      Earlier earlier = protection.password() ? earlier(key, protection) : Earlier.NOTHING;
      try (Chosen chosen = choose(protection, earlier, key)) {
        return protect(view, key, chosen, earlier);
      }
    }
  }

  private OptInOutcome protect(EnrollmentView view, BackupKey key, Chosen chosen, Earlier earlier)
      throws AgentException {
    if (chosen.password().isPresent()) {
      signIn.ensure();
    }
    consent(view, key.setId());
    Instant later = null;
    if (chosen.password().isPresent()) {
      later = protectByPassword(key, chosen.password().get(), earlier);
    }
    if (chosen.digits().isPresent()) {
      protectByDigits(key, chosen.digits().get());
    } else if (later != null) {
      throw new AgentException(RunResult.LOCKED, "optin.password-announced", later);
    }
    // K is kept before the set counts: a lost answer to the last call must not leave a set
    // without K here.
    KeyUnlock.store(stateFile, key);
    SetView done = portal.completeOptIn();
    if (!done.setId().equals(TextCodec.hex(key.setId())) || done.state() != BackupSetState.ACTIVE) {
      throw new AgentException(RunResult.REFUSED, "optin.not-active");
    }
    if (later == null) {
      return OptInOutcome.OPTED_IN;
    }
    interaction.person().hears("optin.password-from", later);
    return OptInOutcome.PASSWORD_LATER;
  }

  /** K of an opt-in that this device began and did not end, else a new one. */
  private BackupKey begun(@Nullable SetView set, AgentState state) throws AgentException {
    UnlockedSet mine = state.set();
    if (set != null
        && mine != null
        && set.state() == BackupSetState.PENDING
        && mine.setId().equals(set.setId())) {
      return KeyUnlock.stored(mine);
    }
    byte[] setId = new byte[Hk1Constants.ID_BYTES];
    interaction.random().nextBytes(setId);
    return BackupKey.generate(setId, 1, interaction.random());
  }

  /** What the vault has of the employee already. */
  private enum Earlier {
    /** No record in use. */
    NOTHING,
    /** The password of this very set: the opt-in was cut short after it was registered. */
    OF_THIS_SET,
    /** A password of another set; a new one has to wait. */
    OF_ANOTHER_SET
  }

  /** Looks before anything is sent, so that nobody types a password that cannot be used. */
  private Earlier earlier(BackupKey key, KeyProtection protection) throws AgentException {
    StatusDone status =
        VaultStatusQuery.report(vaultConnector.open(), key.setId(), interaction.random());
    if (status.record().state() != RecordState.ACTIVE) {
      return Earlier.NOTHING;
    }
    if (MessageDigest.isEqual(status.record().setId(), key.setId())) {
      interaction.person().hears("optin.password-registered-before");
      return Earlier.OF_THIS_SET;
    }
    if (status.announced().what() != StatusDone.Announcement.NONE) {
      throw new AgentException(
          RunResult.LOCKED,
          "optin.change-announced",
          Instant.ofEpochSecond(status.announced().dueSeconds()));
    }
    if (!protection.digitKey()) {
      throw new AgentException(RunResult.LOCKED, "optin.password-would-wait");
    }
    interaction.person().hears("optin.password-will-wait");
    return Earlier.OF_ANOTHER_SET;
  }

  /** Secrets that the person chose, destroyed together. */
  private record Chosen(Optional<SecretBytes> password, Optional<DigitKey> digits)
      implements AutoCloseable {
    @Override
    public void close() {
      password.ifPresent(SecretBytes::close);
      digits.ifPresent(DigitKey::close);
    }
  }

  private Chosen choose(KeyProtection protection, Earlier earlier, BackupKey key)
      throws AgentException {
    Optional<SecretBytes> password = Optional.empty();
    if (protection.password()) {
      password =
          Optional.of(
              earlier == Earlier.OF_THIS_SET
                  ? interaction.person().password()
                  : interaction.person().newPassword());
    }
    if (!protection.digitKey()) {
      return new Chosen(password, Optional.empty());
    }
    DigitKey digits = DigitKey.generate(interaction.random());
    interaction.person().keeps(digits, key.setId(), key.generation());
    return new Chosen(password, Optional.of(digits));
  }

  private void consent(EnrollmentView view, byte[] setId) throws AgentException {
    interaction.person().hears("optin.sending-consent");
    SetView pending =
        portal.optIn(
            new OptIn(
                TextCodec.hex(setId), view.consentText().version(), view.consentText().language()));
    if (!pending.setId().equals(TextCodec.hex(setId))) {
      throw new AgentException(RunResult.REFUSED, "optin.not-active");
    }
  }

  /** Registers and proves the password; says from when it works when that is not at once. */
  private @Nullable Instant protectByPassword(BackupKey key, SecretBytes password, Earlier earlier)
      throws AgentException {
    VaultChannel channel = vaultConnector.open();
    VaultLogin login = new VaultLogin(channel, interaction.random());
    if (earlier != Earlier.OF_THIS_SET) {
      interaction.person().hears("optin.registering-password");
      VaultRegistration registration = new VaultRegistration(channel, interaction.random());
      VaultRegistration.Pending pending = registration.prepare(key, password);
      // From here on the password may count, so a run that is cut short must find K again.
      KeyUnlock.store(stateFile, key);
      Receipt exposed = registration.expose(key, pending);
      if (exposed.entry().event() == VaultEvent.REPLACE_ANNOUNCED) {
        file(key, pending.wrap());
        StatusDone status = VaultStatusQuery.report(channel, key.setId(), interaction.random());
        return Instant.ofEpochSecond(status.announced().dueSeconds());
      }
    }
    interaction.person().hears("optin.proving-password");
    VaultLogin.OpenedWrap opened =
        login.openWithWrap(key.setId(), login.activeRecord(key.setId()), password);
    try (BackupKey again = opened.key()) {
      KeyUnlock.requireSame(key, again, "optin.proof-failed");
    }
    file(key, opened.wrap());
    keyUnlock.reminding().proved(key, password);
    return null;
  }

  private void protectByDigits(BackupKey key, DigitKey digits) throws AgentException {
    interaction.person().hears("optin.storing-digit-key");
    new DigitKeyWraps(portal, interaction.random()).file(key, digits);
  }

  /** The portal only knows that there is a password. */
  private void file(BackupKey key, byte[] wrap) throws AgentException {
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
