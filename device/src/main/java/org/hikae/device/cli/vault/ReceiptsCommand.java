package org.hikae.device.cli.vault;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.cli.access.SignedInAgent;
import org.hikae.device.cli.command.AgentCommand;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.state.AgentState;
import org.hikae.device.state.ReceiptStore;
import org.hikae.device.vaultclient.ReceiptChainCheck;
import org.hikae.device.vaultclient.TrustedCard;
import org.hikae.device.vaultclient.VaultConnector;
import org.hikae.vault.wire.ReceiptHistory;
import org.hikae.vault.wire.ReceiptHistory.InterpretedReceipt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hikae receipts}. */
@Command(
    name = "receipts",
    description =
        "List in words what happened to your password at the vault: each line is a receipt that the"
            + " vault has signed and this device keeps.%n"
            + "verify: check without any network that they are genuine and that none is missing;"
            + " exit code 7 names the first that does not fit.")
public final class ReceiptsCommand extends AgentCommand {

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "verify",
      description = "Verify instead of listing.")
  private String action = "";

  @Option(names = "--offline", description = "List what is kept, without asking the vault.")
  private boolean offline;

  @Option(
      names = "--all",
      description = "List witnessed snapshots and registrations in progress too.")
  private boolean all;

  public ReceiptsCommand(AgentEnvironment here) {
    super(here);
  }

  @Override
  public RunResult run(CommandOutput output) throws AgentException {
    if (!action.isEmpty() && !action.equals("verify")) {
      throw new AgentException(RunResult.REFUSED, "receipts.one-action");
    }
    try (SignedInAgent agent = SignedInAgent.open(here(), output.messages().language())) {
      boolean verify = action.equals("verify");
      if (!verify && !offline) {
        ask(output, agent);
      }
      TrustedCard card = agent.vaultConnector().remembered();
      if (card == null) {
        output.say("receipts.none");
        return RunResult.SUCCESS;
      }
      ReceiptStore.KeptReceipts kept = agent.vaultConnector().receipts(card).read();
      return verify ? verify(output, agent, card, kept) : list(output, agent, kept);
    }
  }

  private void ask(CommandOutput output, SignedInAgent agent) {
    VaultActivityCheck watch = new VaultActivityCheck(here(), output, agent);
    try {
      watch.look(agent.vaultConnector().open(), VaultActivityCheck.ownSet(agent));
    } catch (AgentException e) {
      watch.trouble(e);
    }
  }

  private RunResult list(
      CommandOutput output, SignedInAgent agent, ReceiptStore.KeptReceipts kept) {
    VaultActivityText words =
        offline ? VaultActivityText.offline(output, agent) : VaultActivityText.of(output, agent);
    if (kept.base() > 0) {
      output.say("receipts.older-left-out", kept.base());
    }
    List<InterpretedReceipt> interpretedReceipt = ReceiptHistory.of(kept.receipts());
    for (InterpretedReceipt one : interpretedReceipt) {
      output.event("receipt", words.fields(one));
      if (all || isShown(one.meaning())) {
        output.say("receipts.line", one.seq(), words.sentence(one));
      }
    }
    if (interpretedReceipt.isEmpty()) {
      output.say("receipts.none");
    }
    return RunResult.SUCCESS;
  }

  /** Whether it is shown without {@code --all}. */
  public static boolean isShown(ReceiptHistory.Meaning meaning) {
    return switch (meaning) {
      case WITNESSED, BEGUN, REGISTERED, DROPPED, CLAIMED, TRIED, WRONG_PROOF -> false;
      default -> true;
    };
  }

  private static RunResult verify(
      CommandOutput output, SignedInAgent agent, TrustedCard card, ReceiptStore.KeptReceipts kept)
      throws AgentException {
    AgentState state = agent.stateFile().require();
    VaultConnector vaultConnector = agent.vaultConnector();
    List<ReceiptChainCheck.Finding> findings =
        ReceiptChainCheck.verify(
            kept, card, vaultConnector.employee(card), vaultConnector.rememberedHead());
    for (ReceiptChainCheck.Finding finding : findings) {
      output.event("receiptFault", Map.of("fault", finding.fault().name(), "seq", finding.seq()));
      output.note("receipts.fault." + finding.fault(), finding.seq());
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("receipts", kept.receipts().size());
    fields.put("leftOutUpTo", kept.base());
    fields.put("faults", findings.size());
    fields.put("vaultRoot", state.profile().vaultRoot());
    output.event("receiptsVerified", fields);
    if (!findings.isEmpty()) {
      throw new AgentException(RunResult.CORRUPT, "receipts.not-sound", findings.getFirst().seq());
    }
    if (kept.base() > 0) {
      output.say("receipts.older-left-out", kept.base());
    }
    output.say("receipts.sound", kept.receipts().size());
    return RunResult.SUCCESS;
  }
}
