package org.hikae.device.cli.restore;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.cli.access.SignedInAgent;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.vaultclient.TrustedCard;
import org.hikae.device.vaultclient.VaultChannel;
import org.hikae.device.vaultclient.VaultConnector;
import org.hikae.device.vaultclient.VaultStatusQuery;
import org.hikae.hk1.bundle.BundleStore;
import org.hikae.vault.wire.LedgerHead;
import org.hikae.vault.wire.Receipt;
import org.hikae.vault.wire.StatusDone;
import org.jspecify.annotations.Nullable;

/**
 * What the vault has signed about a person's set: its card, its newest Status and head, and the
 * receipts that this device keeps. Each was verified under the pinned root.
 */
record VaultStatement(
    TrustedCard card,
    @Nullable StatusDone status,
    @Nullable LedgerHead head,
    List<Receipt> receipts) {

  private static final String NEWEST = "newest";

  VaultStatement {
    receipts = List.copyOf(receipts);
  }

  /**
   * Asks the vault, and keeps the receipts that come with it. When it does not answer, what this
   * device has kept is all there is, which is said; null where no vault is pinned or known.
   */
  static @Nullable VaultStatement ask(
      AgentEnvironment here, CommandOutput output, SignedInAgent agent, byte[] setId)
      throws AgentException {
    VaultConnector connector = agent.vaultConnector();
    if (!connector.pinned()) {
      output.note("bundle.no-pin");
      return null;
    }
    StatusDone status = null;
    try {
      VaultChannel channel = connector.open();
      status = VaultStatusQuery.report(channel, setId, here.random());
    } catch (AgentException e) {
      if (e.result() == RunResult.LOCAL) {
        throw e;
      }
      output.note("bundle.no-status", output.messages().get(e.key(), e.arguments()));
    }
    TrustedCard card = connector.remembered();
    return card == null
        ? null
        : new VaultStatement(
            card, status, connector.rememberedHead(), connector.receipts(card).read().receipts());
  }

  /** Writes it. An older Status stays where there is no newer one: it was true then. */
  void write(BundleStore bundle) throws IOException {
    bundle.write(BundleStore.VAULT, "card", card.signed().encode());
    if (status != null) {
      bundle.write(BundleStore.VAULT + "/statuses", NEWEST, status.encode());
    }
    if (head != null) {
      bundle.write(BundleStore.VAULT + "/heads", NEWEST, head.encode());
    }
    for (Receipt receipt : receipts) {
      bundle.write(
          BundleStore.VAULT + "/receipts",
          String.format(Locale.ROOT, "%019d", receipt.entry().seq()),
          receipt.encode());
    }
  }
}
