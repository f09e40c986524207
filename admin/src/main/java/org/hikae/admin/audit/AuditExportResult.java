package org.hikae.admin.audit;

import org.jspecify.annotations.Nullable;

/**
 * What checking an export found.
 *
 * @param events events that fit
 * @param first place of the first; 0 for none
 * @param last place of the last
 * @param gaps places where a filter left events out
 * @param namesErased events whose names were erased
 * @param wrong the first thing that is wrong; null when nothing is
 * @param signed whether a vault has signed the file
 * @param signedAtMillis when, milliseconds since 1970; 0 when not signed
 * @param root fingerprint of that vault's root, hexadecimal; empty when not signed
 */
public record AuditExportResult(
    long events,
    long first,
    long last,
    long gaps,
    long namesErased,
    @Nullable FoundFault wrong,
    boolean signed,
    long signedAtMillis,
    String root) {

  /**
   * Something wrong.
   *
   * @param fault what
   * @param line in which line, from 1
   * @param seq at which place of the trail; 0 when it is about none
   */
  public record FoundFault(AuditExportFault fault, long line, long seq) {}
}
