package org.hikae.device.optin;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.hikae.backup.wire.RunResult;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.AgentException;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.keys.DigitKey;
import org.hikae.device.keys.Wraps;
import org.hikae.device.remote.DevicePortal;
import org.hikae.device.remote.EnrollmentPortal;
import org.hikae.device.state.AgentState;
import org.hikae.device.state.StateFile;
import org.hikae.device.state.UnlockedSet;
import org.hikae.device.vaultclient.VaultChannel;
import org.hikae.device.vaultclient.VaultDoor;
import org.hikae.device.vaultclient.VaultLogin;
import org.hikae.device.vaultclient.VaultRegistration;
import org.hikae.enrollment.wire.EnrollmentView;
import org.hikae.enrollment.wire.OptIn;
import org.hikae.enrollment.wire.PutWrap;
import org.hikae.enrollment.wire.SetView;
import org.hikae.enrollment.wire.WrapView;
import org.hikae.hk1.Hk1;
import org.hikae.hk1.Ids;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.WrapHeader;
import org.hikae.hk1.WrapMethod;

/**
 * Opting in: consent, protections, proof that each opens, and only then the end (spec HK1-V-05 to
 * HK1-V-07, HK1-K-08). Until the end the set is PENDING; a run that was cut short leaves nothing
 * that the next one does not replace. On another device of an employee who has opted in, it unlocks
 * instead.
 */
public final class OptInFlow {

  private final EnrollmentPortal enrollment;
  private final DevicePortal portal;
  private final VaultDoor door;
  private final StateFile stateFile;
  private final Unlocking unlocking;
  private final RecentSignIn signIn;
  private final Ways ways;

  /** Who decides, and where randomness comes from. */
  public record Ways(Person person, SecureRandom random) {}

  /** Opts in for the person of {@code ways}. */
  public OptInFlow(
      EnrollmentPortal enrollment,
      DevicePortal portal,
      VaultDoor door,
      StateFile stateFile,
      Unlocking unlocking,
      RecentSignIn signIn,
      Ways ways) {
    this.enrollment = enrollment;
    this.portal = portal;
    this.door = door;
    this.stateFile = stateFile;
    this.unlocking = unlocking;
    this.signIn = signIn;
    this.ways = ways;
  }

  /** What came of it. */
  public enum Outcome {
    /** A new set is active. */
    OPTED_IN,
    /** This device now has K of a set that was there. */
    JOINED,
    /** This device had K already. */
    ALREADY
  }

  /** Opts in, joins, or says that there is nothing to do. */
  public Outcome run() throws AgentException {
    EnrollmentView view = enrollment.view();
    AgentState state = stateFile.require();
    if (!view.subject().equals(state.profile().subject())) {
      throw new AgentException(RunResult.REFUSED, "login.portal-names-another");
    }
    SetView set = view.set();
    if (view.state().equals("OPTED_IN") && set != null) {
      UnlockedSet mine = state.set();
      if (mine != null && mine.setId().equals(set.setId())) {
        return Outcome.ALREADY;
      }
      ways.person().hears("optin.joining");
      unlocking.unlock(set).close();
      return Outcome.JOINED;
    }
    if (!view.offered()) {
      throw new AgentException(RunResult.REFUSED, "problem.not-offered-yet", "", "");
    }
    start(view, state.profile().subject());
    return Outcome.OPTED_IN;
  }

  private void start(EnrollmentView view, String subject) throws AgentException {
    Person person = ways.person();
    if (!person.agreesTo(view.consentText())) {
      throw new AgentException(RunResult.CANCELLED, "optin.declined");
    }
    Protection protection = person.chooses(door.pinned());
    byte[] setId = new byte[Hk1.ID_BYTES];
    ways.random().nextBytes(setId);
    // Everything that a person can get wrong comes before anything is sent.
    try (BackupKey key = BackupKey.generate(setId, 1, ways.random());
        Chosen chosen = choose(protection)) {
      if (protection.password()) {
        signIn.ensure();
      }
      consent(view, setId);
      if (chosen.password().isPresent()) {
        protectByPassword(key, chosen.password().get(), subject);
      }
      if (chosen.digits().isPresent()) {
        protectByDigits(key, chosen.digits().get());
      }
      // K is kept before the set counts: a lost answer to the last call must not leave a set
      // without K here.
      Unlocking.store(stateFile, key);
      SetView done = portal.completeOptIn();
      if (!done.setId().equals(Ids.hex(setId)) || !done.state().equals("ACTIVE")) {
        throw new AgentException(RunResult.REFUSED, "optin.not-active");
      }
    }
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

  private Chosen choose(Protection protection) throws AgentException {
    Optional<SecretBytes> password =
        protection.password() ? Optional.of(ways.person().newPassword()) : Optional.empty();
    if (!protection.digitKey()) {
      return new Chosen(password, Optional.empty());
    }
    DigitKey digits = DigitKey.generate(ways.random());
    ways.person().keeps(digits);
    return new Chosen(password, Optional.of(digits));
  }

  private void consent(EnrollmentView view, byte[] setId) throws AgentException {
    ways.person().hears("optin.sending-consent");
    SetView pending =
        portal.optIn(
            new OptIn(Ids.hex(setId), view.consentText().version(), view.consentText().language()));
    if (!pending.setId().equals(Ids.hex(setId))) {
      throw new AgentException(RunResult.REFUSED, "optin.not-active");
    }
  }

  private void protectByPassword(BackupKey key, SecretBytes password, String subject)
      throws AgentException {
    ways.person().hears("optin.registering-password");
    VaultChannel channel = door.open();
    byte[] wrap = new VaultRegistration(channel, subject, ways.random()).register(key, password);
    ways.person().hears("optin.proving-password");
    VaultLogin login = new VaultLogin(channel, ways.random());
    try (BackupKey opened = login.open(key.setId(), login.activeRecord(key.setId()), password)) {
      requireSame(key, opened);
    }
    file(key, wrap, WrapMethod.PASSWORD_VAULT, null);
  }

  private void protectByDigits(BackupKey key, DigitKey digits) throws AgentException {
    ways.person().hears("optin.storing-digit-key");
    try (SecretBytes secret = digits.secret()) {
      byte[] wrap = Wraps.seal(key, WrapMethod.DIGIT_KEY, new byte[0], secret, ways.random());
      String wrapId = file(key, wrap, WrapMethod.DIGIT_KEY, Ids.base64(wrap));
      byte[] stored = storedWrap(wrapId, portal.wraps());
      try (BackupKey opened = Wraps.open(stored, secret)) {
        requireSame(key, opened);
      }
    } catch (MalformedException | CryptoException e) {
      throw new AgentException(RunResult.CORRUPT, e, "optin.proof-failed");
    }
  }

  private static byte[] storedWrap(String wrapId, List<WrapView> wraps)
      throws AgentException, MalformedException {
    for (WrapView view : wraps) {
      String blob = view.blob();
      if (view.wrapId().equals(wrapId) && blob != null) {
        return Ids.parseBase64("blob", blob, Hk1.MAX_WRAP_BYTES);
      }
    }
    throw new AgentException(RunResult.CORRUPT, "optin.proof-failed");
  }

  private String file(
      BackupKey key, byte[] wrap, WrapMethod method, @org.jspecify.annotations.Nullable String blob)
      throws AgentException {
    try {
      String wrapId = Ids.hex(WrapHeader.parse(wrap).wrapId());
      portal.putWrap(
          wrapId, new PutWrap(Ids.hex(key.setId()), key.generation(), method.name(), blob));
      return wrapId;
    } catch (MalformedException e) {
      throw new IllegalStateException("the agent reads its own wraps", e);
    }
  }

  private static void requireSame(BackupKey made, BackupKey opened) throws AgentException {
    try (SecretBytes first = made.secret();
        SecretBytes second = opened.secret()) {
      boolean same = first.equals(second) && MessageDigest.isEqual(made.setId(), opened.setId());
      if (!same) {
        throw new AgentException(RunResult.CORRUPT, "optin.proof-failed");
      }
    }
  }
}
