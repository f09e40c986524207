package org.hikae.transparency.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.hikae.hk1.Hash256;
import org.hikae.schema.store.EntityStore;
import org.hikae.transparency.entity.FullTile;
import org.hikae.transparency.entity.LogHead;
import org.hikae.transparency.entity.LoggedEntry;
import org.hikae.transparency.wire.TilePath;

/** Rows of the transparency log. Nothing here computes a hash. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class TransparencyLogStore extends EntityStore {

  /** For the container. */
  public TransparencyLogStore() {}

  /** For tests without a container. */
  public TransparencyLogStore(EntityManager entityManager) {
    super(entityManager);
  }

  /** The end of the log as it is now, with what this transaction has added. */
  public LogHead head() {
    // A refresh reads the row over what has not been written yet.
    em().flush();
    LogHead head = em().find(LogHead.class, LogHead.ONLY);
    em().refresh(head);
    return head;
  }

  /**
   * The end of the log, with what this transaction has added, held until the transaction ends:
   * nobody else adds meanwhile.
   */
  public LogHead lockHead() {
    // A refresh reads the row over what has not been written yet.
    em().flush();
    LogHead head = em().find(LogHead.class, LogHead.ONLY, LockModeType.PESSIMISTIC_WRITE);
    em().refresh(head);
    return head;
  }

  /** Whether the log has the entry with this hash. */
  public boolean has(Hash256 leaf) {
    return !em().createQuery(
            "select e.place from LoggedEntry e where e.leafHash = :leaf", Long.class)
        .setParameter("leaf", leaf.toBytes())
        .setMaxResults(1)
        .getResultList()
        .isEmpty();
  }

  /** Those of these hashes that entries of the log have. */
  public Set<Hash256> known(Collection<Hash256> leaves) {
    return leaves.isEmpty()
        ? Set.of()
        : em().createQuery(
                "select e.leafHash from LoggedEntry e where e.leafHash in :leaves", byte[].class)
            .setParameter("leaves", leaves.stream().map(Hash256::toBytes).toList())
            .getResultStream()
            .map(Hash256::of)
            .collect(Collectors.toUnmodifiableSet());
  }

  /** Adds an entry; the head is held. */
  public void add(LoggedEntry entry) {
    em().persist(entry);
    em().flush();
  }

  /** Adds a hash of a level above the entries; the head is held. */
  public void add(FullTile tile) {
    em().persist(tile);
    em().flush();
  }

  /** Entries from a place on, in their order; at most {@link TilePath#FULL}. */
  public List<LoggedEntry> entries(long from, int limit) {
    return em().createQuery(
            "select e from LoggedEntry e where e.place >= :from order by e.place",
            LoggedEntry.class)
        .setParameter("from", from)
        .setMaxResults(Math.min(limit, TilePath.FULL))
        .getResultList();
  }

  /** Hashes of entries from a place on, in their order; at most {@link TilePath#FULL}. */
  public List<Hash256> leaves(long from, int limit) {
    return em().createQuery(
            "select e.leafHash from LoggedEntry e where e.place >= :from order by e.place",
            byte[].class)
        .setParameter("from", from)
        .setMaxResults(Math.min(limit, TilePath.FULL))
        .getResultStream()
        .map(Hash256::of)
        .toList();
  }

  /** Hashes of a level above the entries; at most {@link TilePath#FULL}. */
  public List<Hash256> tileRoots(int level, long from, int limit) {
    return em().createQuery(
            "select t.rootHash from FullTile t where t.level = :level and t.place >= :from"
                + " order by t.place",
            byte[].class)
        .setParameter("level", level)
        .setParameter("from", from)
        .setMaxResults(Math.min(limit, TilePath.FULL))
        .getResultStream()
        .map(Hash256::of)
        .toList();
  }
}
