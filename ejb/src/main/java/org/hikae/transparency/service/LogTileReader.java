package org.hikae.transparency.service;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import org.hikae.transparency.entity.LoggedEntry;
import org.hikae.transparency.store.TransparencyLogStore;
import org.hikae.transparency.wire.EntryBundle;
import org.hikae.transparency.wire.HashTile;
import org.hikae.transparency.wire.TilePath;

/** Makes the tiles of the log of its rows: the same bytes each time, because no row changes. */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class LogTileReader {

  @Inject private TransparencyLogStore store;

  /** For the container. */
  public LogTileReader() {}

  /** For tests without a container. */
  @SuppressWarnings("UnnecessaryAssignment") // the container does not come here
  public LogTileReader(TransparencyLogStore store) {
    this.store = store;
  }

  /**
   * The bytes of a tile.
   *
   * @param tile one that the log has, as {@link TilePath#of} says; it may be a shorter one of
   *     before
   */
  public byte[] read(TilePath tile) {
    long from = tile.index() * TilePath.FULL;
    if (tile.level() == TilePath.ENTRIES) {
      List<byte[]> entries =
          store.entries(from, tile.width()).stream().map(LoggedEntry::content).toList();
      return new EntryBundle(entries).encode();
    }
    return new HashTile(
            tile.level() == 0
                ? store.leaves(from, tile.width())
                : store.tileRoots(tile.level(), from, tile.width()))
        .encode();
  }
}
