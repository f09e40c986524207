package org.hikae.insight.view;

import java.io.Serializable;
import java.time.Instant;
import org.hikae.vault.wire.LedgerEntry;
import org.hikae.vault.wire.ReceiptHistory;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened at the vault, for the employee.
 *
 * @param number in the vault's ledger
 * @param at when, by the vault's clock
 * @param meaning what
 * @param deviceName the device that asked; null when it was none of the employee's
 * @param byDevice whether a device asked at all
 * @param attemptsLeft attempts left afterwards
 * @param due when what was announced will happen, or what was erased opens for nobody; null when
 *     nothing is due
 */
public record OwnVaultEvent(
    long number,
    Instant at,
    ReceiptHistory.Meaning meaning,
    @Nullable String deviceName,
    boolean byDevice,
    int attemptsLeft,
    @Nullable Instant due)
    implements Serializable {

  private static final String NO_DEVICE = "0".repeat(32);

  public static OwnVaultEvent of(
      ReceiptHistory.InterpretedReceipt interpretedReceipt, @Nullable String deviceName) {
    LedgerEntry entry = interpretedReceipt.receipt().entry();
    return new OwnVaultEvent(
        entry.seq(),
        Instant.ofEpochMilli(entry.atMillis()),
        interpretedReceipt.meaning(),
        deviceName,
        !interpretedReceipt.deviceId().equals(NO_DEVICE),
        entry.attemptsLeft(),
        entry.dueSeconds() == 0 ? null : Instant.ofEpochSecond(entry.dueSeconds()));
  }
}
