package org.hikae.transparency.boundary;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import org.hikae.hk1.MalformedException;
import org.hikae.problem.control.Refusal;
import org.hikae.transparency.entity.LogHead;
import org.hikae.transparency.service.CheckpointSigner;
import org.hikae.transparency.service.LogTileReader;
import org.hikae.transparency.store.TransparencyLogStore;
import org.hikae.transparency.wire.TilePath;

/**
 * Gives anyone the log. It holds nothing about a person, and who checks it, a works council's
 * machine or a witness, has no account here.
 */
@Stateless
@PermitAll
public class TransparencyLogQueries {

  @Inject private TransparencyLogStore store;
  @Inject private LogTileReader tiles;
  @Inject private CheckpointSigner signer;

  /** The signed end of the log; refused as not found before the first entry. */
  public byte[] checkpoint() {
    return signer.sign(begun());
  }

  /**
   * The log's key, as C2SP signed-note writes it; refused as not found before the first entry. Who
   * relies on it keeps it, or has it from somebody else than the portal.
   */
  public String key() {
    return CheckpointSigner.key(begun()).text();
  }

  private LogHead begun() {
    LogHead head = store.head();
    if (head.origin().isEmpty()) {
      throw Refusal.notFound();
    }
    return head;
  }

  /**
   * The bytes of a tile of hashes or of entries, which are always the same.
   *
   * @param path as C2SP tlog-tiles writes it; refused as not found when the log has no such tile
   */
  public byte[] tile(String path) {
    return tiles.read(present(path));
  }

  private TilePath present(String path) {
    try {
      TilePath asked = TilePath.parse(path);
      TilePath whole = TilePath.of(asked.level(), asked.index(), store.head().size());
      if (asked.width() <= whole.width()) {
        return asked;
      }
    } catch (MalformedException | IllegalArgumentException e) {
      // Whatever is wrong with it, the log has no such tile.
    }
    throw Refusal.notFound();
  }
}
