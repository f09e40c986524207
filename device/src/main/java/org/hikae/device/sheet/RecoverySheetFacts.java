package org.hikae.device.sheet;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What the sheet says beside the digits: nothing of it is secret.
 *
 * @param employee name of the employee
 * @param account the employee's account at the sign-on
 * @param portal address of the company's portal
 * @param setId the backup set, hexadecimal
 * @param generation generation of K
 * @param vaultRoot pinned fingerprint of the vault root, hexadecimal; null when none is pinned
 * @param made the day
 */
public record RecoverySheetFacts(
    String employee,
    String account,
    String portal,
    String setId,
    long generation,
    @Nullable String vaultRoot,
    LocalDate made) {

  private static final int SHORT_ID = 12;
  private static final int GROUP = 4;

  /** The beginning of the set's identifier: enough to tell two sheets of one person apart. */
  String shortSetId() {
    return grouped(setId.substring(0, Math.min(SHORT_ID, setId.length())));
  }

  /** Hexadecimal digits as people compare them. */
  static String grouped(String hex) {
    StringBuilder shown = new StringBuilder(hex.length() + hex.length() / GROUP);
    for (int at = 0; at < hex.length(); at += GROUP) {
      shown.append(at == 0 ? "" : " ").append(hex, at, Math.min(at + GROUP, hex.length()));
    }
    return shown.toString();
  }
}
