package org.hikae.device.cli.vault;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.Map;
import org.hikae.backup.wire.RunResult;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.AgentException;
import org.hikae.device.cli.access.BackupKeyAccess;
import org.hikae.device.cli.access.SignedInAgent;
import org.hikae.device.cli.access.UnlockOptions;
import org.hikae.device.cli.command.AgentCommand;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.protection.KeyUnlock;
import org.hikae.device.state.RunLock;
import org.hikae.device.state.UnlockedSet;
import org.hikae.device.vaultclient.OwnerOrders;
import org.hikae.device.vaultclient.VaultChannel;
import org.hikae.device.vaultclient.VaultLogin;
import org.hikae.device.vaultclient.VaultRefusedException;
import org.hikae.device.vaultclient.VaultStatusQuery;
import org.hikae.hk1.TextCodec;
import org.hikae.vault.wire.OwnerOrder;
import org.hikae.vault.wire.Receipt;
import org.hikae.vault.wire.RecordState;
import org.hikae.vault.wire.StatusDone;
import org.hikae.vault.wire.VaultEvent;
import org.hikae.vault.wire.VaultRefusal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * One order to the vault, about the record that is in use there, whichever set it belongs to. A
 * device that has K of that set needs no password.
 */
public abstract class OwnerOrderCommand extends AgentCommand {

  private final OwnerOrder.Order order;

  @Mixin private UnlockOptions unlock = new UnlockOptions();

  OwnerOrderCommand(AgentEnvironment here, OwnerOrder.Order order) {
    super(here);
    this.order = order;
  }

  /** {@code hikae freeze}. */
  @Command(
      name = "freeze",
      description =
          "Stop every try at your password at once, such as while a device is lost. It takes no"
              + " password, and ends by itself after seven days. Backups go on; the 64-digit key"
              + " still opens.")
  public static final class Freeze extends OwnerOrderCommand {

    @Option(
        names = "--renew",
        description = "Start the seven days of a freeze anew. Asks you to sign in.")
    private boolean renew;

    public Freeze(AgentEnvironment here) {
      super(here, OwnerOrder.Order.FREEZE);
    }

    @Override
    boolean renews() {
      return renew;
    }
  }

  /** {@code hikae unfreeze}. */
  @Command(name = "unfreeze", description = "Allow tries at your password again.")
  public static final class Unfreeze extends OwnerOrderCommand {
    public Unfreeze(AgentEnvironment here) {
      super(here, OwnerOrder.Order.UNFREEZE);
    }
  }

  /** {@code hikae veto}. */
  @Command(
      name = "veto",
      description =
          "Call off what is announced at the vault: another password, or the deletion of yours. On a"
              + " device that does not have the key it takes the password that is in use.")
  public static final class Veto extends OwnerOrderCommand {
    public Veto(AgentEnvironment here) {
      super(here, OwnerOrder.Order.VETO);
    }
  }

  /** Whether the order is given although it was obeyed before. */
  boolean renews() {
    return false;
  }

  @Override
  public RunResult run(CommandOutput output) throws AgentException {
    try (SignedInAgent agent = SignedInAgent.open(here(), output.messages().language());
        RunLock _ = RunLock.take(agent.home())) {
      BackupKeyAccess backupKeyAccess = new BackupKeyAccess(here(), output, agent, unlock.person());
      VaultChannel channel = agent.vaultConnector().open();
      StatusDone status =
          new VaultActivityCheck(here(), output, agent)
              .look(channel, VaultActivityCheck.ownSet(agent));
      String name = order.name();
      if (isDone(status) && !renews()) {
        output.event("order", Map.of("order", name, "done", false));
        output.say("order.nothing-to-do." + name);
        return RunResult.SUCCESS;
      }
      if (status.record().state() != RecordState.ACTIVE) {
        throw new AgentException(RunResult.LOCKED, "vault.no-record");
      }
      Receipt receipt = give(output, agent, backupKeyAccess, channel, status);
      output.event("order", Map.of("order", name, "done", true, "seq", receipt.entry().seq()));
      obeyed(output, name, receipt);
      output.say("receipts.kept", receipt.entry().seq());
      return RunResult.SUCCESS;
    }
  }

  private static void obeyed(CommandOutput output, String name, Receipt receipt) {
    long until = receipt.entry().dueSeconds();
    if (receipt.entry().event() == VaultEvent.FROZEN && until > 0) {
      output.say("order.frozen-until", Instant.ofEpochSecond(until));
    } else {
      output.say("order.done." + name);
    }
  }

  private Receipt give(
      CommandOutput output,
      SignedInAgent agent,
      BackupKeyAccess backupKeyAccess,
      VaultChannel channel,
      StatusDone status)
      throws AgentException {
    UnlockedSet mine = agent.stateFile().require().set();
    byte[] setOfRecord = status.record().setId();
    if (mine != null && mine.setId().equals(TextCodec.hex(setOfRecord))) {
      try (BackupKey key = KeyUnlock.ownerKey(mine)) {
        return speak(output, backupKeyAccess, channel, key, status);
      }
    }
    if (order == OwnerOrder.Order.VETO) {
      output.say("order.veto-takes-password");
      backupKeyAccess.recentSignIn().ensure();
      try (SecretBytes password = backupKeyAccess.person().password()) {
        output.say("unlock.asking-vault");
        return new VaultLogin(channel, here().random()).veto(setOfRecord, status, password);
      }
    }
    try (BackupKey key = backupKeyAccess.key()) {
      if (!MessageDigest.isEqual(key.setId(), setOfRecord)) {
        throw new AgentException(RunResult.LOCKED, "vault.record-of-another-set");
      }
      // Unlocking may have changed what the order has to name.
      StatusDone now = VaultStatusQuery.report(channel, key.setId(), here().random());
      return speak(output, backupKeyAccess, channel, key, now);
    }
  }

  /** Some orders take a fresh sign-in, which only the vault knows: it is asked for when needed. */
  private Receipt speak(
      CommandOutput output,
      BackupKeyAccess backupKeyAccess,
      VaultChannel channel,
      BackupKey key,
      StatusDone status)
      throws AgentException {
    OwnerOrders orders = new OwnerOrders(channel, key, here().random());
    try {
      return orders.order(order, status);
    } catch (VaultRefusedException e) {
      if (!e.is(VaultRefusal.REAUTHENTICATE)) {
        throw e;
      }
    }
    output.say("order.takes-sign-in");
    backupKeyAccess.recentSignIn().ensure();
    return orders.order(order, VaultStatusQuery.report(channel, key.setId(), here().random()));
  }

  private boolean isDone(StatusDone status) {
    return switch (order) {
      case FREEZE -> status.record().frozen();
      case UNFREEZE -> !status.record().frozen();
      case VETO -> status.announced().what() == StatusDone.Announcement.NONE;
      case DELETE, HAND_OVER -> false;
    };
  }
}
