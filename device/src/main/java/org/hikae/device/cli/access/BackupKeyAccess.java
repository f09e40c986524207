package org.hikae.device.cli.access;

import java.util.Objects;
import java.util.Optional;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.SecretInput;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.policy.CompanyPolicy;
import org.hikae.device.protection.DigitKeyChange;
import org.hikae.device.protection.DigitKeyWraps;
import org.hikae.device.protection.GenerationChain;
import org.hikae.device.protection.KeyRotation;
import org.hikae.device.protection.KeyUnlock;
import org.hikae.device.protection.OptInFlow;
import org.hikae.device.protection.PasswordChange;
import org.hikae.device.protection.PasswordErasure;
import org.hikae.device.protection.PasswordPractice;
import org.hikae.device.protection.RecentSignIn;
import org.hikae.device.state.PendingKey;
import org.hikae.device.state.UnlockedSet;
import org.hikae.enrollment.wire.BackupSetState;
import org.hikae.enrollment.wire.DeviceContext;
import org.hikae.enrollment.wire.SetView;
import org.jspecify.annotations.Nullable;

/**
 * Gets K: from the secrets file when this device has it, else by asking the person to unlock it.
 */
public final class BackupKeyAccess {

  private final AgentEnvironment here;
  private final CommandOutput output;
  private final SignedInAgent agent;
  private final PersonPrompt person;
  private final RecoverySheetOffer sheet;

  /** What the portal answered last, for who looks at the same of it again. */
  private @Nullable DeviceContext lastContext;

  public BackupKeyAccess(
      AgentEnvironment here, CommandOutput output, SignedInAgent agent, PromptOptions options) {
    this.here = here;
    this.output = output;
    this.agent = agent;
    SecretInput input = new SecretInput(here.console());
    this.sheet = new RecoverySheetOffer(here, output, input, agent.stateFile(), options.sheet());
    this.person =
        output
            .dialog()
            .<PersonPrompt>map(
                dialog -> new DialogPrompt(output, dialog, here.random(), new Around(), sheet))
            .orElseGet(
                () ->
                    new TerminalPrompt(output, input, options, here.random(), new Around(), sheet));
  }

  /** What whoever asks needs of what is signed in here. */
  private final class Around implements PromptSource {
    @Override
    public CompanyPolicy policy() throws AgentException {
      return CompanyPolicy.ask(agent.portal());
    }

    @Override
    public void signInAgain() throws AgentException {
      new SignInFlow(here, output, agent.stateFile()).again(agent.tokens()::accept);
    }
  }

  /** Where a new 64-digit key is printed. */
  public RecoverySheetOffer sheet() {
    return sheet;
  }

  /** The flow of opting in. */
  public OptInFlow optIn() {
    return new OptInFlow(
        agent.enrollment(),
        agent.portal(),
        agent.vaultConnector(),
        agent.stateFile(),
        unlocking(),
        recentSignIn(),
        new OptInFlow.Interaction(person, here.random()));
  }

  /** K of the employee's active set; the caller closes it. */
  public BackupKey key() throws AgentException {
    return key(agent.portal().context(), false);
  }

  /**
   * The same, or K of another generation of it when no other opens, or when the portal goes back
   * behind the one that this device has: only for reading by name.
   */
  public BackupKey keyToRead() throws AgentException {
    return key(agent.portal().context(), true);
  }

  /** Whether K is of the generation that the portal has named, when K was asked for. */
  public boolean isOfSet(BackupKey key) throws AgentException {
    DeviceContext context = lastContext;
    SetView set = (context == null ? agent.portal().context() : context).set();
    return set != null && set.generation() == key.generation();
  }

  private BackupKey key(DeviceContext context, boolean toRead) throws AgentException {
    lastContext = context;
    SetView set = context.set();
    if (set == null || set.state() != BackupSetState.ACTIVE) {
      throw new AgentException(RunResult.REFUSED, "problem.not-opted-in", "", "");
    }
    UnlockedSet mine = agent.stateFile().require().set();
    if (mine != null && mine.setId().equals(set.setId())) {
      if (mine.generation() == set.generation()) {
        if (mine.next() != null) {
          output.note("rotate.unfinished");
        }
        return KeyUnlock.stored(mine);
      }
      if (mine.generation() > set.generation()) {
        if (toRead) {
          return KeyUnlock.stored(mine);
        }
        throw new AgentException(
            RunResult.CORRUPT, "rotate.set-back", set.generation(), mine.generation());
      }
      Optional<BackupKey> ended = ended(set, mine, toRead);
      if (ended.isPresent()) {
        output.say("rotate.done", set.generation());
        return ended.get();
      }
      output.note("rotate.elsewhere");
    }
    output.say("unlock.needed");
    return toRead ? unlockToRead(set, mine) : unlocking().unlock(set);
  }

  /** For reading, a link that is withheld is as one that is missing: the own key is left. */
  private Optional<BackupKey> ended(SetView set, UnlockedSet mine, boolean toRead)
      throws AgentException {
    try {
      return KeyRotation.ended(agent.portal(), agent.stateFile(), mine, set.generation());
    } catch (AgentException e) {
      if (toRead && (e.result() == RunResult.NETWORK || e.result() == RunResult.REFUSED)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * Who names a later key and shows no way to it must not keep a person from what the key that this
   * device has can read (spec HK1-K-21).
   */
  private BackupKey unlockToRead(SetView set, @Nullable UnlockedSet mine) throws AgentException {
    try {
      return unlocking().unlockToRead(set);
    } catch (AgentException e) {
      boolean ended = e.result() == RunResult.CANCELLED || e.result() == RunResult.LOCAL;
      if (ended || mine == null || !mine.setId().equals(set.setId())) {
        throw e;
      }
      output.note("rotate.own", output.messages().get(e.key(), e.arguments()));
      return KeyUnlock.stored(mine);
    }
  }

  /** The same, for changing what opens it; refused while a rotation has begun and not ended. */
  public BackupKey settledKey() throws AgentException {
    BackupKey key = key();
    UnlockedSet mine = agent.stateFile().require().set();
    if (mine != null && mine.next() != null) {
      key.close();
      throw new AgentException(RunResult.REFUSED, "rotate.unfinished-first");
    }
    return key;
  }

  /** Whether the employee has opted out while this device still keeps the key. */
  public boolean optedOut() throws AgentException {
    return agent.portal().context().set() == null && agent.stateFile().require().set() != null;
  }

  /** After an opt-out, the key that this device keeps; the caller closes it. */
  public BackupKey keptKey() throws AgentException {
    return KeyUnlock.stored(Objects.requireNonNull(agent.stateFile().require().set()));
  }

  /**
   * K to seal with: that of the set, and never an earlier one than may be in use elsewhere (spec
   * HK1-K-16). When the portal says that the set still has the earlier one, either a rotation was
   * not ended or the portal takes it back; where nothing but its word tells which, nothing is
   * sealed until it is ended.
   *
   * @param context what the portal has said in this run
   */
  public BackupKey sealingKey(DeviceContext context) throws AgentException {
    BackupKey key = key(context, false);
    try {
      UnlockedSet mine = agent.stateFile().require().set();
      if (mine != null && !mayStillSeal(mine, key)) {
        PendingKey next = Objects.requireNonNull(mine.next());
        throw new AgentException(
            RunResult.REFUSED, "rotate.never-earlier", key.generation(), next.generation());
      }
      return key;
    } catch (AgentException e) {
      key.close();
      throw e;
    }
  }

  private boolean mayStillSeal(UnlockedSet mine, BackupKey key) throws AgentException {
    try {
      return KeyRotation.mayStillSeal(agent.vaultConnector(), mine, key, here.random());
    } catch (AgentException e) {
      if (e.result() == RunResult.NETWORK) {
        output.note("rotate.vault-needed");
      }
      throw e;
    }
  }

  /** The K that sealed a snapshot of this generation; the caller closes it. */
  public BackupKey reading(BackupKey key, long generation) throws AgentException {
    return reading(agent, key, generation);
  }

  /** The same; a K that a rotation has put in use reads what it sealed, too. */
  public static BackupKey reading(SignedInAgent agent, BackupKey key, long generation)
      throws AgentException {
    if (generation == key.generation() + 1) {
      Optional<BackupKey> later = KeyUnlock.next(agent.stateFile().require().set(), generation);
      if (later.isPresent()) {
        return later.get();
      }
    }
    return new GenerationChain(agent.portal()).down(key, generation);
  }

  /** Replacing K. */
  public KeyRotation rotation() {
    return new KeyRotation(
        agent.portal(),
        agent.vaultConnector(),
        agent.stateFile(),
        recentSignIn(),
        new OptInFlow.Interaction(person, here.random()),
        reminding());
  }

  private KeyUnlock unlocking() {
    return new KeyUnlock(
        agent.portal(),
        agent.vaultConnector(),
        agent.stateFile(),
        person,
        recentSignIn(),
        here.random(),
        reminding());
  }

  /** Practising the password. */
  PasswordPractice reminding() {
    return new PasswordPractice(agent.stateFile(), here.ksf(), here.clock(), here.random());
  }

  /** Changing the password. */
  public PasswordChange passwordChange() {
    return new PasswordChange(
        agent.portal(), agent.vaultConnector(), recentSignIn(), person, here.random(), reminding());
  }

  /** Adding, replacing and dropping the 64-digit key. */
  public DigitKeyChange digitChange() {
    return new DigitKeyChange(
        digitWraps(), agent.vaultConnector(), recentSignIn(), person, here.random());
  }

  /** What 64-digit keys open. */
  public DigitKeyWraps digitWraps() {
    return new DigitKeyWraps(agent.portal(), here.random());
  }

  /** Having the password erased. */
  public PasswordErasure passwordErasure() {
    return new PasswordErasure(agent.portal(), person, here.random(), reminding());
  }

  /** Who sits there. */
  public PersonPrompt person() {
    return person;
  }

  public RecentSignIn recentSignIn() {
    return new RecentSignIn(agent.tokens(), person);
  }
}
