package org.hikae.audit.service;

import org.hikae.audit.control.AuditExportHeader;
import org.hikae.audit.entity.ChainedEvent;

/** How an export writes its lines, each without the line's end. */
public interface AuditExportFormat {

  /** The first line. */
  String begin(AuditExportHeader head);

  /** An event. */
  String event(ChainedEvent chained);

  /**
   * The last line; empty for none.
   *
   * @param events how many were written
   * @param sha256 of all bytes before this line, hexadecimal
   * @param receipt the vault's signed word over it, base64url; empty when there is no vault
   */
  String end(long events, String sha256, String receipt);
}
