package org.hikae.device.cli.protection;

import java.util.Map;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.cli.access.BackupKeyAccess;
import org.hikae.device.cli.access.NewDigitKeyOptions;
import org.hikae.device.cli.access.PromptOptions;
import org.hikae.device.cli.access.RecoverySheetOffer;
import org.hikae.device.cli.access.SignedInAgent;
import org.hikae.device.cli.access.UnlockOptions;
import org.hikae.device.cli.command.AgentCommand;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.log.PortalLogPrinter;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.protection.PasswordErasure;
import org.hikae.device.state.RunLock;
import org.hikae.device.vaultclient.VaultChannel;
import org.hikae.device.vaultclient.VaultStatusQuery;
import org.hikae.vault.wire.RecordState;
import org.hikae.vault.wire.StatusDone;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds or drops one of the two protections. */
public abstract class ProtectionCommand extends AgentCommand {

  @Mixin private UnlockOptions unlock = new UnlockOptions();

  ProtectionCommand(AgentEnvironment here) {
    super(here);
  }

  UnlockOptions unlock() {
    return unlock;
  }

  /** What the parameter of both commands may be. */
  enum ProtectionKind {
    PASSWORD,
    DIGITS;

    static ProtectionKind of(@Nullable String word) throws AgentException {
      return switch (word == null ? "" : word) {
        case "password" -> PASSWORD;
        case "digits" -> DIGITS;
        default -> throw new AgentException(RunResult.REFUSED, "keys.one-of-two");
      };
    }
  }

  /** {@code hikae keys add}. */
  @Command(
      name = "add",
      description =
          "Add a password or a 64-digit key to what opens your backup; a new password too after the"
              + " old one was destroyed by wrong tries. No data is sent again.")
  public static final class Add extends ProtectionCommand {

    @Parameters(index = "0", paramLabel = "password|digits", description = "What to add.")
    private @Nullable String which;

    @Option(
        names = "--new-password-fd",
        paramLabel = "N",
        description = "Read the new password from this file descriptor.")
    private @Nullable Integer newPasswordFd;

    @Mixin private NewDigitKeyOptions newDigits = new NewDigitKeyOptions();

    public Add(AgentEnvironment here) {
      super(here);
    }

    @Override
    public RunResult run(CommandOutput output) throws AgentException {
      ProtectionKind protection = ProtectionKind.of(which);
      PromptOptions options =
          unlock()
              .person(newDigits, newPasswordFd, RecoverySheetOffer.file(here(), newDigits.sheet()));
      try (SignedInAgent agent = SignedInAgent.open(here(), output.messages().language());
          RunLock _ = RunLock.take(agent.home())) {
        BackupKeyAccess backupKeyAccess = new BackupKeyAccess(here(), output, agent, options);
        new PortalLogPrinter(here(), output, agent).asksBeforePasswords(backupKeyAccess.person());
        try (BackupKey key = backupKeyAccess.settledKey()) {
          switch (protection) {
            case PASSWORD ->
                PasswordCommand.tell(output, backupKeyAccess.passwordChange().add(key));
            case DIGITS ->
                NewDigitsCommand.tell(
                    output,
                    backupKeyAccess.sheet().around(() -> backupKeyAccess.digitChange().add(key)));
          }
          return RunResult.SUCCESS;
        }
      }
    }
  }

  /** {@code hikae keys drop}. */
  @Command(
      name = "drop",
      description =
          "Drop the password or the 64-digit key. The one that stays has to be typed first, and has"
              + " to open your backup. Dropping the password has the vault erase it.")
  public static final class Drop extends ProtectionCommand {

    @Parameters(index = "0", paramLabel = "password|digits", description = "What to drop.")
    private @Nullable String which;

    @Option(
        names = "--without-password",
        description =
            "Drop the password without typing it. The vault announces it for 72 hours, in which you"
                + " can call it off with hikae veto; run the command again after that.")
    private boolean withoutPassword;

    public Drop(AgentEnvironment here) {
      super(here);
    }

    @Override
    public RunResult run(CommandOutput output) throws AgentException {
      ProtectionKind protection = ProtectionKind.of(which);
      try (SignedInAgent agent = SignedInAgent.open(here(), output.messages().language());
          RunLock _ = RunLock.take(agent.home())) {
        BackupKeyAccess backupKeyAccess =
            new BackupKeyAccess(here(), output, agent, unlock().person());
        try (BackupKey key = backupKeyAccess.settledKey()) {
          switch (protection) {
            case PASSWORD -> password(output, agent, backupKeyAccess, key);
            case DIGITS -> digits(output, backupKeyAccess, key);
          }
          return RunResult.SUCCESS;
        }
      }
    }

    private static void digits(CommandOutput output, BackupKeyAccess backupKeyAccess, BackupKey key)
        throws AgentException {
      output.say("keys.drop-digits");
      int revoked = backupKeyAccess.digitChange().drop(key);
      output.event("drop", Map.of("what", "DIGIT_KEY", "revoked", revoked));
      output.say(revoked == 0 ? "keys.no-digits" : "keys.digits-dropped");
    }

    private void password(
        CommandOutput output, SignedInAgent agent, BackupKeyAccess backupKeyAccess, BackupKey key)
        throws AgentException {
      if (backupKeyAccess.digitWraps().served().isEmpty()) {
        throw new AgentException(RunResult.REFUSED, "keys.only-password-opens");
      }
      output.say("keys.drop-password");
      backupKeyAccess.digitChange().prove(key);
      backupKeyAccess.recentSignIn().ensure();
      PasswordErasure erasure = backupKeyAccess.passwordErasure();
      VaultChannel channel = agent.vaultConnector().open();
      StatusDone record = VaultStatusQuery.report(channel, key.setId(), here().random());
      if (isInUse(record, key)) {
        PasswordErasure.ErasureResult erasureResult =
            withoutPassword
                ? erasure.announced(channel, key, record)
                : erasure.atOnce(channel, key, record);
        ForgetCommand.tell(output, erasureResult);
        if (erasureResult.due() != null) {
          return;
        }
      }
      int unlisted = erasure.unlist(false);
      output.event("drop", Map.of("what", "PASSWORD_VAULT", "revoked", unlisted));
      output.say("keys.password-dropped");
    }

    private static boolean isInUse(StatusDone record, BackupKey key) {
      return record.record().state() == RecordState.ACTIVE
          && java.security.MessageDigest.isEqual(record.record().setId(), key.setId());
    }
  }
}
