package org.hikae.device.fuse;

import java.util.List;
import java.util.Optional;
import org.hikae.device.files.ExtendedAttributes.ExtendedAttribute;

/**
 * What a {@link FuseServer} shows: a tree that never changes. Entries are found by numbers that
 * mean the same as long as it is shown, so that nobody keeps account of which ones the kernel
 * knows. Called by several threads at once.
 */
public interface ReadOnlyTree {

  /** Number of the top. */
  long ROOT = 1;

  /** The entry of this number. */
  TreeEntry entry(long node) throws FuseErrorException;

  /** An entry of a directory by its raw name. */
  Optional<TreeEntry> find(long directory, byte[] name) throws FuseErrorException;

  /** Takes the entries of a directory. */
  @FunctionalInterface
  interface EntrySink {
    /**
     * The next entry.
     *
     * @param next where to go on after it; above 2
     * @return whether it was taken and there is room for more
     */
    boolean accept(TreeEntry entry, long next);
  }

  /**
   * Lists a directory without {@code .} and {@code ..}.
   *
   * @param from 0 for its start, else where an earlier list ended
   */
  void list(long directory, long from, EntrySink sink) throws FuseErrorException;

  /** Where a symbolic link points. */
  byte[] linkTarget(long node) throws FuseErrorException;

  /**
   * Reads until {@code into} is full or the file ends; returns how many bytes were read.
   *
   * @param into filled from its start
   */
  int read(long node, long position, byte[] into) throws FuseErrorException;

  /**
   * Start of the next data, or of the next hole, at or after a position.
   *
   * @throws FuseErrorException ENXIO when there is none
   */
  long seek(long node, long position, boolean hole) throws FuseErrorException;

  /** Extended attributes of an entry. */
  List<ExtendedAttribute> attributes(long node) throws FuseErrorException;
}
