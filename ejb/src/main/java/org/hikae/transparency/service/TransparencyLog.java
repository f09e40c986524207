package org.hikae.transparency.service;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.hikae.hk1.Hash256;
import org.hikae.transparency.entity.FullTile;
import org.hikae.transparency.entity.LogHead;
import org.hikae.transparency.entity.LoggedEntry;
import org.hikae.transparency.store.TransparencyLogStore;
import org.hikae.transparency.wire.LogEntry;
import org.hikae.transparency.wire.TilePath;

/**
 * Adds entries to the log, in the transaction of what they are about: both happen or neither. One
 * transaction at a time adds, on whatever node; what is there already is not added again.
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class TransparencyLog {

  @Inject private TransparencyLogStore store;
  @Inject private CheckpointSigner signer;
  @Inject private Clock clock;

  /** For the container. */
  public TransparencyLog() {}

  /** For tests without a container. */
  @SuppressWarnings("UnnecessaryAssignment") // the container does not come here
  public TransparencyLog(TransparencyLogStore store, CheckpointSigner signer, Clock clock) {
    this.store = store;
    this.signer = signer;
    this.clock = clock;
  }

  /**
   * Sees to it that the log has this entry.
   *
   * @return whether it was added now
   */
  public boolean append(LogEntry entry) {
    // Nearly always it is there, and nobody has to wait.
    if (store.has(entry.leaf())) {
      return false;
    }
    LogHead head = store.lockHead();
    if (store.has(entry.leaf())) {
      return false;
    }
    if (head.origin().isEmpty()) {
      head.begin(signer.newOrigin(), signer.publicKey());
    }
    store.add(new LoggedEntry(head.size(), entry, clock.instant()));
    head.grow(head.range().append(entry.leaf(), this::keep));
    return true;
  }

  /** Those of these entries that the log does not have, in their order; one query. */
  public List<LogEntry> missing(List<LogEntry> entries) {
    Set<Hash256> known = store.known(entries.stream().map(LogEntry::leaf).toList());
    return entries.stream().filter(entry -> !known.contains(entry.leaf())).toList();
  }

  /** Tells the server's log when the portal's key is not the one of this log. */
  public void checkKey() {
    var _ = signer.fits(store.head());
  }

  /** Of what the entry makes full, tiles of levels above the entries need a row. */
  private void keep(int height, long index, Hash256 hash) {
    if (height > 0 && height % TilePath.HEIGHT == 0) {
      store.add(new FullTile(height / TilePath.HEIGHT, index, hash));
    }
  }
}
