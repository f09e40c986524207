package org.hikae.transparency.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;
import org.hikae.hk1.Hash256;

/** The root of a full tile, which is a hash of the level above. Never changed. */
@Entity
@IdClass(FullTile.Key.class)
@Table(name = "log_tile")
public class FullTile {

  @Id
  @Column(name = "tile_level")
  private int level;

  @Id
  @Column(name = "place")
  private long place;

  @Column(name = "root_hash", updatable = false)
  private byte[] rootHash;

  /** For the persistence provider. */
  protected FullTile() {}

  /**
   * A hash of a level above the entries.
   *
   * @param level from 1, where a hash stands for 256 entries
   * @param place in its level, from 0
   */
  public FullTile(int level, long place, Hash256 root) {
    this.level = level;
    this.place = place;
    this.rootHash = root.toBytes();
  }

  /** From 1. */
  public int level() {
    return level;
  }

  /** Its place in its level, from 0. */
  public long place() {
    return place;
  }

  /** The hash. */
  public Hash256 root() {
    return Hash256.of(rootHash);
  }

  /** Level and place. */
  public static class Key implements Serializable {

    private static final long serialVersionUID = 1L;

    private int level;
    private long place;

    /** For the persistence provider. */
    public Key() {}

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && level == key.level && place == key.place;
    }

    @Override
    public int hashCode() {
      return Objects.hash(level, place);
    }
  }
}
