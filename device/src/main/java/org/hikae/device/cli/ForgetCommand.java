package org.hikae.device.cli;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hikae.backup.wire.RunResult;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.AgentException;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.state.RunLock;
import org.hikae.device.vaultclient.OwnerVoice;
import org.hikae.device.vaultclient.VaultChannel;
import org.hikae.device.vaultclient.VaultLogin;
import org.hikae.device.vaultclient.VaultStatus;
import org.hikae.enrollment.wire.WrapView;
import org.hikae.hk1.WrapMethod;
import org.hikae.vault.wire.OwnerOrder;
import org.hikae.vault.wire.Receipt;
import org.hikae.vault.wire.StatusDone;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hikae forget}. */
@Command(
    name = "forget",
    description =
        "Have the vault erase your password, at once and with it. Your backup stays; what opens it"
            + " afterwards is said before.")
final class ForgetCommand extends AgentCommand {

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

  ForgetCommand(Surroundings here) {
    super(here);
  }

  @Override
  RunResult run(Output output) throws AgentException {
    try (Agent agent = Agent.open(here(), output.messages().language());
        RunLock _ = RunLock.take(agent.home())) {
      Keyring keyring = new Keyring(here(), output, agent, unlock.person());
      try (BackupKey key = keyring.key()) {
        agree(output, agent, keyring.person(), key);
        keyring.recentSignIn().ensure();
        VaultChannel channel = agent.door().open();
        VaultLogin login = new VaultLogin(channel, here().random());
        StatusDone record = login.activeRecord(key.setId());
        if (withoutPassword) {
          announce(output, keyring, channel, key, record);
        } else {
          try (SecretBytes password = keyring.person().password()) {
            output.say("unlock.asking-vault");
            Receipt receipt = login.retire(key.setId(), record, password);
            keyring.reminding().forget();
            tell(output, receipt, null);
          }
        }
        return RunResult.SUCCESS;
      }
    }
  }

  /** Says what opens the backup afterwards; without the 64-digit key it has to be wanted. */
  private void agree(Output output, Agent agent, TerminalPerson person, BackupKey key)
      throws AgentException {
    boolean digits =
        agent.portal().wraps().stream()
            .anyMatch(view -> isDigitKey(view) && view.generation() == key.generation());
    output.say(digits ? "forget.digits-remain" : "forget.only-devices-remain");
    if (digits || yes) {
      return;
    }
    String phrase = output.messages().get("forget.phrase");
    if (!person.types(phrase, "forget.type")) {
      throw new AgentException(RunResult.CANCELLED, "forget.needs-yes");
    }
  }

  private static boolean isDigitKey(WrapView view) {
    return view.method().equals(WrapMethod.DIGIT_KEY.name());
  }

  private void announce(
      Output output, Keyring keyring, VaultChannel channel, BackupKey key, StatusDone record)
      throws AgentException {
    if (record.announced().what() != StatusDone.Announcement.NONE) {
      throw new AgentException(
          RunResult.LOCKED,
          "password.change-announced",
          Instant.ofEpochSecond(record.announced().dueSeconds()));
    }
    Receipt receipt =
        new OwnerVoice(channel, key, here().random()).order(OwnerOrder.Order.DELETE, record);
    keyring.reminding().forget();
    StatusDone after = VaultStatus.report(channel, key.setId(), here().random());
    long due = after.announced().dueSeconds();
    if (receipt.entry().dueSeconds() != due) {
      throw new AgentException(RunResult.REFUSED, "vault.receipt-differs");
    }
    tell(output, receipt, Instant.ofEpochSecond(due));
  }

  private static void tell(Output output, Receipt receipt, @Nullable Instant due) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("seq", receipt.entry().seq());
    fields.put("due", due == null ? null : due.toString());
    output.event("forget", fields);
    if (due == null) {
      output.say("forget.done");
    } else {
      output.say("forget.announced", due);
    }
    output.say("receipts.kept", receipt.entry().seq());
  }
}
