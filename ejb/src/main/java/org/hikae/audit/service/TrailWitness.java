package org.hikae.audit.service;

import java.util.Optional;
import org.hikae.vault.wire.AuditHead;
import org.hikae.vault.wire.AuditHeadAnswer;

/**
 * Who remembers, outside of the portal and its database, how far the trail has come: the vault.
 * Nothing here throws when it does not answer; it says {@code NOT_NOW}.
 */
public interface TrailWitness {

  /** Whether there is one at all. */
  boolean isThere();

  /** Tells an end, or asks for the newest. Waits for the vault: no transaction may be open. */
  AuditHeadAnswer tell(AuditHead head);

  /**
   * The vault's signed card, with which its signature is checked; empty when it does not answer.
   */
  Optional<byte[]> card();
}
