package org.hikae.device.cli.protection;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.cli.access.BackupKeyAccess;
import org.hikae.device.cli.access.PersonPrompt;
import org.hikae.device.cli.access.SignedInAgent;
import org.hikae.device.cli.access.UnlockOptions;
import org.hikae.device.cli.command.AgentCommand;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.protection.PasswordErasure;
import org.hikae.device.state.RunLock;
import org.hikae.device.vaultclient.VaultChannel;
import org.hikae.device.vaultclient.VaultLogin;
import org.hikae.enrollment.wire.WrapView;
import org.hikae.hk1.WrapMethod;
import org.hikae.vault.wire.StatusDone;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hikae forget}. */
@Command(
    name = "forget",
    description =
        "Have the vault erase your password, at once and with it. Your backup stays; what opens it"
            + " afterwards is said before.")
public final class ForgetCommand extends AgentCommand {

  @Option(
      names = "--without-password",
      description =
          "Without typing the password, on a device that has the key. The vault announces it for"
              + " 72 hours, in which you can call it off with hikae veto.")
  private boolean withoutPassword;

  @Option(
      names = "--yes",
      description = "Do not ask, even when nothing but devices opens the backup afterwards.")
  private boolean yes;

  @Mixin private UnlockOptions unlock = new UnlockOptions();

  public ForgetCommand(AgentEnvironment here) {
    super(here);
  }

  @Override
  public RunResult run(CommandOutput output) throws AgentException {
    try (SignedInAgent agent = SignedInAgent.open(here(), output.messages().language());
        RunLock _ = RunLock.take(agent.home())) {
      BackupKeyAccess backupKeyAccess = new BackupKeyAccess(here(), output, agent, unlock.person());
      boolean optedOut = backupKeyAccess.optedOut();
      try (BackupKey key = optedOut ? backupKeyAccess.keptKey() : backupKeyAccess.settledKey()) {
        agree(output, optedOut, agent, backupKeyAccess.person(), key);
        backupKeyAccess.recentSignIn().ensure();
        VaultChannel channel = agent.vaultConnector().open();
        StatusDone record = new VaultLogin(channel, here().random()).activeRecord(key.setId());
        PasswordErasure erasure = backupKeyAccess.passwordErasure();
        PasswordErasure.ErasureResult erasureResult =
            withoutPassword
                ? erasure.announced(channel, key, record)
                : erasure.atOnce(channel, key, record);
        tell(output, erasureResult);
        if (erasureResult.due() == null) {
          unlist(output, erasure);
        }
        return RunResult.SUCCESS;
      }
    }
  }

  /** The password is gone whether or not the portal hears of it. */
  private static void unlist(CommandOutput output, PasswordErasure erasure) {
    try {
      erasure.unlist(true);
    } catch (AgentException e) {
      String sentence = output.messages().get(e.key(), e.arguments());
      output.note("forget.still-listed", sentence);
    }
  }

  /** Says what opens the backup afterwards; without the 64-digit key it has to be wanted. */
  private void agree(
      CommandOutput output,
      boolean optedOut,
      SignedInAgent agent,
      PersonPrompt person,
      BackupKey key)
      throws AgentException {
    boolean digits =
        agent.portal().wraps().stream()
            .anyMatch(view -> isDigitKey(view) && view.generation() == key.generation());
    String remains = digits ? "forget.digits-remain" : "forget.only-devices-remain";
    output.say(optedOut ? "forget.opted-out" : remains);
    if (digits || yes) {
      return;
    }
    String phrase = output.messages().get("forget.phrase");
    if (!person.types(phrase, "forget.type")) {
      throw new AgentException(RunResult.CANCELLED, "forget.needs-yes");
    }
  }

  private static boolean isDigitKey(WrapView view) {
    return view.method() == WrapMethod.DIGIT_KEY;
  }

  /** Says what the vault did, or will. */
  static void tell(CommandOutput output, PasswordErasure.ErasureResult erasureResult) {
    Instant due = erasureResult.due();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("seq", erasureResult.receipt().entry().seq());
    fields.put("due", due == null ? null : due.toString());
    output.event("forget", fields);
    if (due == null) {
      Instant gone = Instant.ofEpochSecond(erasureResult.receipt().entry().dueSeconds());
      output.say("forget.done", gone);
    } else {
      output.say("forget.announced", due);
    }
    output.say("receipts.kept", erasureResult.receipt().entry().seq());
  }
}
