package org.hikae.insight.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hikae.caller.boundary.Caller;
import org.hikae.caller.boundary.CurrentCaller;
import org.hikae.caller.boundary.FromClient;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.identity.entity.Employees;
import org.hikae.identity.wire.Realm;
import org.hikae.insight.entity.OwnFigures;
import org.hikae.vault.entity.VaultReceipt;
import org.hikae.vault.entity.VaultReceipts;
import org.hikae.vault.wire.LedgerEntry;
import org.hikae.vault.wire.Receipt;
import org.hikae.vault.wire.VaultHistory;
import org.hikae.vault.wire.VaultHistory.Meaning;

/**
 * Shows an employee who tried their password and when, by the vault's word. Whose word it is says
 * the name in the receipts: a hash that only this employee's sign-in leads to.
 */
@Stateless
@RolesAllowed(Realm.EMPLOYEE)
@FromClient(Realm.PORTAL_CLIENT)
public class OwnVaultEvents {

  /** Most events that are shown: the newest. */
  public static final int MAX = 500;

  /** Steps of the protocol that tell a person nothing. */
  private static final Set<Meaning> SILENT =
      EnumSet.of(
          Meaning.BEGUN, Meaning.REGISTERED, Meaning.CLAIMED, Meaning.DROPPED, Meaning.TRIED);

  @Inject private CurrentCaller currentCaller;
  @Inject private Employees employees;
  @Inject private OwnFigures figures;
  @Inject private VaultReceipts receipts;

  /** The newest events, newest first. */
  public List<OwnVaultEvent> newest() {
    List<Receipt> own =
        new ArrayList<>(
            receipts.newest().stream()
                .map(OwnVaultEvents::parse)
                .map(Receipt::tenant)
                .map(this::nameAtTheVault)
                .flatMap(name -> receipts.newestOf(name.hex(), MAX).stream())
                .map(OwnVaultEvents::parse)
                .toList());
    Collections.reverse(own);
    Map<String, String> names = deviceNames();
    List<OwnVaultEvent> events = new ArrayList<>();
    for (VaultHistory.Happened happened : VaultHistory.of(own)) {
      if (!SILENT.contains(happened.meaning())) {
        events.add(OwnVaultEvent.of(happened, names.get(happened.deviceId())));
      }
    }
    Collections.reverse(events);
    return events;
  }

  private Hash256 nameAtTheVault(String tenant) {
    Caller caller = currentCaller.caller();
    return LedgerEntry.employeeOf(tenant, caller.issuer(), caller.subject());
  }

  private static Receipt parse(VaultReceipt kept) {
    try {
      return Receipt.parse(kept.receipt());
    } catch (MalformedException e) {
      throw new IllegalStateException("a receipt that was kept cannot be read", e);
    }
  }

  private Map<String, String> deviceNames() {
    Caller caller = currentCaller.caller();
    Map<String, String> names = new HashMap<>();
    employees
        .find(caller.issuer(), caller.subject())
        .ifPresent(
            employee ->
                figures
                    .devices(employee.employeeId())
                    .forEach(device -> names.put(device.deviceId(), device.name())));
    return names;
  }
}
