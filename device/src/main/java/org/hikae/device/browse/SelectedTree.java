package org.hikae.device.browse;

import java.util.Arrays;
import org.hikae.device.files.RawPath;
import org.hikae.device.manifest.TreeReader;
import org.hikae.device.manifest.TreeRecord;
import org.hikae.device.sealing.DamagedException;
import org.hikae.device.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * The part of a manifest at and below one path: first the record of that entry itself, then, for a
 * directory, everything to its {@link TreeRecord.Leave}, for a file, everything to its end.
 */
public final class SelectedTree {

  private final TreeReader<StoreException> in;
  private final RawPath selection;
  private boolean topSeen;
  private boolean found;
  private boolean finished;
  private boolean inFile;
  private int matched;
  private int inside;

  public SelectedTree(TreeReader<StoreException> in, RawPath selection) {
    this.in = in;
    this.selection = selection;
  }

  /** Whether there is such an entry; known at the end. */
  public boolean found() {
    return found;
  }

  /** The next record, or null after the last. */
  @Nullable
  public TreeRecord next() throws DamagedException, StoreException {
    while (!finished) {
      TreeRecord record = in.next();
      if (found) {
        return follow(record);
      }
      if (record instanceof TreeRecord.End || record instanceof TreeRecord.Leave) {
        // The directory where the entry would be is over.
        finished = true;
      } else if (record instanceof TreeRecord.Entry entry && meets(entry)) {
        found = true;
        return follow(record);
      }
    }
    return null;
  }

  private boolean meets(TreeRecord.Entry entry) throws DamagedException, StoreException {
    boolean onTheWay = !topSeen || Arrays.compare(entry.name(), selection.name(matched)) == 0;
    int depth = topSeen ? matched + 1 : 0;
    if (onTheWay && depth == selection.depth()) {
      return true;
    }
    if (onTheWay && entry instanceof TreeRecord.Enter) {
      topSeen = true;
      matched = depth;
      return false;
    }
    pass(entry);
    return false;
  }

  /** Passes over an entry with all that belongs to it. */
  private void pass(TreeRecord.Entry entry) throws DamagedException, StoreException {
    if (entry instanceof TreeRecord.FileStart) {
      while (!(in.next() instanceof TreeRecord.FileEnd)) {
        // Its contents are of no interest.
      }
    } else if (entry instanceof TreeRecord.Enter) {
      int depth = 1;
      while (depth > 0) {
        TreeRecord record = in.next();
        if (record instanceof TreeRecord.Enter) {
          depth++;
        } else if (record instanceof TreeRecord.Leave) {
          depth--;
        }
      }
    }
  }

  private TreeRecord follow(TreeRecord record) {
    switch (record) {
      case TreeRecord.Enter e -> inside++;
      case TreeRecord.Leave l -> inside--;
      case TreeRecord.FileStart f -> inFile = true;
      case TreeRecord.FileEnd f -> inFile = false;
      default -> {
        // Neither opens nor closes anything.
      }
    }
    finished = inside == 0 && !inFile;
    return record;
  }
}
