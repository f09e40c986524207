package org.hikae.vault.ledger;

import java.util.List;
import java.util.Optional;
import org.hikae.vault.account.VaultLimits;
import org.hikae.vault.port.LedgerAnchor;
import org.hikae.vault.port.LedgerRow;
import org.hikae.vault.port.LedgerWitness;
import org.hikae.vault.port.VaultStore;
import org.hikae.vault.port.VaultStore.Rows;
import org.jspecify.annotations.Nullable;

/** Keeps the witness, where there is one, up to the ledger, and the ledger to the witness. */
public final class LedgerWitnessSync {

  private final @Nullable LedgerWitness witness;
  private final VaultStore store;
  private final Ledger ledger;

  public LedgerWitnessSync(@Nullable LedgerWitness witness, VaultStore store, Ledger ledger) {
    this.witness = witness;
    this.store = store;
    this.ledger = ledger;
  }

  /** A row that the witness has and the ledger has not: store and anchor were set back. */
  public Optional<VaultClosedException> missing(Rows rows) {
    LedgerAnchor.Point seen = witness == null ? null : witness.newest();
    if (seen == null
        || ledger.isIn(rows, seen.seq(), seen.head())
        || ledger.isGivenUp(seen.seq())) {
      return Optional.empty();
    }
    return Optional.of(
        new VaultClosedException(
            "The witness has seen row " + seen.seq() + ", which is not here.", seen));
  }

  /** Brings the witness up to the newest row. */
  public void bringUp() {
    if (witness == null) {
      return;
    }
    LedgerAnchor.Point seen = witness.newest();
    long from = seen == null ? 0 : seen.seq();
    while (from < ledger.seq()) {
      long after = from;
      List<LedgerRow> page =
          store.transact(rows -> ledger.reader().after(rows, after, VaultLimits.STEP));
      witness.append(page);
      from = page.getLast().seq();
    }
  }
}
