package org.hikae.device.manifest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;

/**
 * Numbers the packs of a series (spec HK1-M-02). A pack keeps its number from snapshot to snapshot
 * as long as it is used, so that unchanged parts of a manifest stay the same bytes; a number that
 * fell free is given to a later pack.
 */
public final class PackTable {

  /** Most packs of a snapshot. */
  public static final int MAX_PACKS = 4_000_000;

  /** {@link Hash256#ZERO} stands for a free number. */
  private final List<Hash256> names = new ArrayList<>();

  private final BitSet used = new BitSet();
  private final BitSet taken = new BitSet();

  /** A table of no packs. */
  public PackTable() {}

  /** Reads the table of a snapshot. */
  public static PackTable decode(byte[] bytes) throws DamagedDataException {
    return decode(bytes, new BitSet());
  }

  /**
   * The same of a table of which parts are lost; it is only good for reading.
   *
   * @param bytes anything in place of the lost ones
   * @param lost numbers whose names are not wholly there, which stand for no pack then
   */
  public static PackTable decode(byte[] bytes, BitSet lost) throws DamagedDataException {
    if (bytes.length % Hk1Constants.HASH_BYTES != 0
        || bytes.length / Hk1Constants.HASH_BYTES > MAX_PACKS) {
      throw new DamagedDataException("The pack table has an impossible length.");
    }
    PackTable table = new PackTable();
    for (int at = 0; at < bytes.length; at += Hk1Constants.HASH_BYTES) {
      Hash256 name =
          lost.get(at / Hk1Constants.HASH_BYTES)
              ? Hash256.ZERO
              : Hash256.of(Arrays.copyOfRange(bytes, at, at + Hk1Constants.HASH_BYTES));
      table.taken.set(table.names.size(), !name.equals(Hash256.ZERO));
      table.names.add(name);
    }
    return table;
  }

  /** Takes the lowest free number for a pack whose name is not known yet. */
  public int allocate() {
    return take(taken.nextClearBit(0));
  }

  /** Takes this number if it is free, else another. */
  public int allocate(int wanted) {
    return wanted < MAX_PACKS && !taken.get(wanted) ? take(wanted) : allocate();
  }

  private int take(int number) {
    if (number >= MAX_PACKS) {
      throw new IllegalStateException("a snapshot has at most " + MAX_PACKS + " packs");
    }
    while (names.size() <= number) {
      names.add(Hash256.ZERO);
    }
    taken.set(number);
    return number;
  }

  /** Says which pack a number stands for. */
  public void assign(int number, Hash256 name) {
    names.set(number, name);
  }

  /** The pack of a number. */
  public Hash256 name(int number) throws DamagedDataException {
    return find(number)
        .orElseThrow(
            () ->
                new DamagedDataException(
                    "The manifest refers to a pack that is not in the table."));
  }

  /** The pack of a number, if there is one in the table. */
  public Optional<Hash256> find(int number) {
    return number < names.size()
        ? Optional.of(names.get(number)).filter(name -> !name.equals(Hash256.ZERO))
        : Optional.empty();
  }

  /** About how much memory it takes. */
  public long bytes() {
    return 80L * names.size();
  }

  /** All packs that are in it. */
  public Set<Hash256> names() {
    Set<Hash256> all = new HashSet<>(names);
    all.remove(Hash256.ZERO);
    return all;
  }

  /** The numbers that stand for these packs now. */
  public BitSet numbersOf(Set<Hash256> packs) {
    BitSet numbers = new BitSet();
    for (int number = 0; number < names.size() && !packs.isEmpty(); number++) {
      numbers.set(number, packs.contains(names.get(number)));
    }
    return numbers;
  }

  /** Notes that the snapshot being made needs the pack. */
  public void use(int number) {
    used.set(number);
  }

  /** Names of the packs that are needed. */
  public Set<Hash256> usedNames() {
    Set<Hash256> needed = new HashSet<>();
    used.stream().forEach(number -> needed.add(names.get(number)));
    return needed;
  }

  /** The table with only the packs that are needed. */
  public byte[] encodeUsed() {
    byte[] bytes = new byte[used.length() * Hk1Constants.HASH_BYTES];
    used.stream()
        .forEach(
            number ->
                System.arraycopy(
                    names.get(number).toBytes(),
                    0,
                    bytes,
                    number * Hk1Constants.HASH_BYTES,
                    Hk1Constants.HASH_BYTES));
    return bytes;
  }
}
