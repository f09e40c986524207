package org.hikae.insight.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hikae.hk1.MalformedException;
import org.hikae.insight.store.OwnFigures;
import org.hikae.insight.view.OwnVaultEvent;
import org.hikae.vault.entity.VaultReceipt;
import org.hikae.vault.store.VaultReceiptStore;
import org.hikae.vault.wire.LedgerEntry;
import org.hikae.vault.wire.Receipt;
import org.hikae.vault.wire.ReceiptHistory;
import org.hikae.vault.wire.ReceiptHistory.Meaning;

/** Reads what happened to a person's password at the vault; works in its caller's transaction. */
@ApplicationScoped
public class VaultEventReader {

  /** Most events that are shown: the newest. */
  private static final int MAX = 500;

  /** Steps of the protocol that tell a person nothing. */
  private static final Set<Meaning> SILENT =
      EnumSet.of(
          Meaning.BEGUN, Meaning.REGISTERED, Meaning.CLAIMED, Meaning.DROPPED, Meaning.TRIED);

  @Inject private OwnFigures figures;
  @Inject private VaultReceiptStore receipts;

  /**
   * The newest events, newest first.
   *
   * @param employeeId whose devices have names; empty for who is not known yet
   */
  public List<OwnVaultEvent> newest(String issuer, String subject, Optional<Long> employeeId) {
    List<Receipt> own =
        new ArrayList<>(
            receipts.newest().stream()
                .map(VaultEventReader::parse)
                .map(Receipt::tenant)
                .map(tenant -> LedgerEntry.employeeOf(tenant, issuer, subject))
                .flatMap(name -> receipts.newestOf(name.hex(), MAX).stream())
                .map(VaultEventReader::parse)
                .toList());
    Collections.reverse(own);
    Map<String, String> names = new HashMap<>();
    employeeId.ifPresent(
        id -> figures.devices(id).forEach(one -> names.put(one.deviceId(), one.name())));
    List<OwnVaultEvent> events = new ArrayList<>();
    for (ReceiptHistory.InterpretedReceipt interpretedReceipt : ReceiptHistory.of(own)) {
      if (!SILENT.contains(interpretedReceipt.meaning())) {
        events.add(OwnVaultEvent.of(interpretedReceipt, names.get(interpretedReceipt.deviceId())));
      }
    }
    Collections.reverse(events);
    return events;
  }

  private static Receipt parse(VaultReceipt kept) {
    try {
      return Receipt.parse(kept.receipt());
    } catch (MalformedException e) {
      throw new IllegalStateException("a receipt that was kept cannot be read", e);
    }
  }
}
