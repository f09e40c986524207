package org.hikae.device.cli.protection;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.cli.access.BackupKeyAccess;
import org.hikae.device.cli.access.SignedInAgent;
import org.hikae.device.cli.access.UnlockOptions;
import org.hikae.device.cli.command.AgentCommand;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.log.PortalLogPrinter;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.protection.PasswordChange;
import org.hikae.device.state.RunLock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hikae password}. */
@Command(
    name = "password",
    description =
        "Change the password of your backup. It takes the old one and works at once; until then the"
            + " old one does. No data is sent again.")
public final class PasswordCommand extends AgentCommand {

  @Option(
      names = "--forgotten",
      description =
          "Set a new password without the old one, on a device that has the key. The vault"
              + " announces it for 72 hours, in which you can call it off; after a lock-out it"
              + " works at once.")
  private boolean forgotten;

  @Option(
      names = "--new-password-fd",
      paramLabel = "N",
      description = "Read the new password from this file descriptor.")
  private @Nullable Integer newPasswordFd;

  @Mixin private UnlockOptions unlock = new UnlockOptions();

  public PasswordCommand(AgentEnvironment here) {
    super(here);
  }

  @Override
  public RunResult run(CommandOutput output) throws AgentException {
    try (SignedInAgent agent = SignedInAgent.open(here(), output.messages().language());
        RunLock _ = RunLock.take(agent.home())) {
      BackupKeyAccess backupKeyAccess =
          new BackupKeyAccess(here(), output, agent, unlock.person(false, newPasswordFd));
      new PortalLogPrinter(here(), output, agent).asksBeforePasswords(backupKeyAccess.person());
      try (BackupKey key = backupKeyAccess.settledKey()) {
        PasswordChange flow = backupKeyAccess.passwordChange();
        PasswordChange.ChangeResult changeResult =
            forgotten ? flow.replaceForgotten(key) : flow.change(key);
        tell(output, changeResult);
        return RunResult.SUCCESS;
      }
    }
  }

  /** Says from when the new password works. */
  static void tell(CommandOutput output, PasswordChange.ChangeResult changeResult) {
    Instant from = changeResult.worksFrom();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("seq", changeResult.receipt().entry().seq());
    fields.put("worksFrom", from == null ? null : from.toString());
    output.event("password", fields);
    if (from == null) {
      output.say("password.changed");
    } else {
      output.say("password.changes-at", from);
    }
    output.say("receipts.kept", changeResult.receipt().entry().seq());
  }
}
