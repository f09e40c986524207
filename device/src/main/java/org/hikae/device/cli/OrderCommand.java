package org.hikae.device.cli;

import java.util.Map;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.state.RunLock;
import org.hikae.device.vaultclient.OwnerVoice;
import org.hikae.device.vaultclient.VaultChannel;
import org.hikae.vault.wire.OwnerOrder;
import org.hikae.vault.wire.Receipt;
import org.hikae.vault.wire.RecordState;
import org.hikae.vault.wire.StatusDone;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** One order to the vault that takes no password, only a device that has the key. */
abstract class OrderCommand extends AgentCommand {

  private final OwnerOrder.Order order;

  @Mixin private UnlockOptions unlock = new UnlockOptions();

  OrderCommand(Surroundings here, OwnerOrder.Order order) {
    super(here);
    this.order = order;
  }

  /** {@code hikae freeze}. */
  @Command(
      name = "freeze",
      description =
          "Stop every try at your password at once, such as while a device is lost. It takes no"
              + " password. Backups go on; the 64-digit key still opens.")
  static final class Freeze extends OrderCommand {
    Freeze(Surroundings here) {
      super(here, OwnerOrder.Order.FREEZE);
    }
  }

  /** {@code hikae unfreeze}. */
  @Command(name = "unfreeze", description = "Allow tries at your password again.")
  static final class Unfreeze extends OrderCommand {
    Unfreeze(Surroundings here) {
      super(here, OwnerOrder.Order.UNFREEZE);
    }
  }

  /** {@code hikae veto}. */
  @Command(
      name = "veto",
      description =
          "Call off what is announced at the vault: another password, or the deletion of yours.")
  static final class Veto extends OrderCommand {
    Veto(Surroundings here) {
      super(here, OwnerOrder.Order.VETO);
    }
  }

  @Override
  RunResult run(Output output) throws AgentException {
    try (Agent agent = Agent.open(here(), output.messages().language());
        RunLock _ = RunLock.take(agent.home());
        BackupKey key = new Keyring(here(), output, agent, unlock.person()).key()) {
      VaultChannel channel = agent.door().open();
      StatusDone status = new VaultWatch(here(), output, agent).look(channel, key.setId());
      String name = order.name();
      if (isDone(status)) {
        output.event("order", Map.of("order", name, "done", false));
        output.say("order.nothing-to-do." + name);
        return RunResult.SUCCESS;
      }
      if (status.record().state() != RecordState.ACTIVE) {
        throw new AgentException(RunResult.LOCKED, "vault.no-record");
      }
      Receipt receipt = new OwnerVoice(channel, key, here().random()).order(order, status);
      output.event("order", Map.of("order", name, "done", true, "seq", receipt.entry().seq()));
      output.say("order.done." + name);
      output.say("receipts.kept", receipt.entry().seq());
      return RunResult.SUCCESS;
    }
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
