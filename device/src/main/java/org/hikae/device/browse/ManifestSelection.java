package org.hikae.device.browse;

import java.util.Arrays;
import org.hikae.device.files.RawPath;
import org.hikae.device.manifest.ManifestReader;
import org.hikae.device.manifest.ManifestRecord;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.store.BackupStoreException;
import org.jspecify.annotations.Nullable;

/**
 * The part of a manifest at and below one path: first the record of that entry itself, then, for a
 * directory, everything to its {@link ManifestRecord.Leave}, for a file, everything to its end.
 */
public final class ManifestSelection {

  private final ManifestReader<BackupStoreException> in;
  private final RawPath selection;
  private boolean topSeen;
  private boolean found;
  private boolean finished;
  private boolean inFile;
  private int matched;
  private int inside;
  private long filesBefore;

  public ManifestSelection(ManifestReader<BackupStoreException> in, RawPath selection) {
    this.in = in;
    this.selection = selection;
  }

  /** Whether there is such an entry; known at the end. */
  public boolean found() {
    return found;
  }

  /** How many files begin before the entry; known with its first record. */
  public long filesBefore() {
    return filesBefore;
  }

  /** The next record, or null after the last. */
  @Nullable
  public ManifestRecord next() throws DamagedDataException, BackupStoreException {
    while (!finished) {
      ManifestRecord record = in.next();
      if (found) {
        return follow(record);
      }
      if (record instanceof ManifestRecord.End || record instanceof ManifestRecord.Leave) {
        // The directory where the entry would be is over.
        finished = true;
      } else if (record instanceof ManifestRecord.Entry entry && meets(entry)) {
        found = true;
        return follow(record);
      }
    }
    return null;
  }

  private boolean meets(ManifestRecord.Entry entry)
      throws DamagedDataException, BackupStoreException {
    boolean onTheWay = !topSeen || Arrays.compare(entry.name(), selection.name(matched)) == 0;
    int depth = topSeen ? matched + 1 : 0;
    if (onTheWay && depth == selection.depth()) {
      return true;
    }
    if (onTheWay && entry instanceof ManifestRecord.Enter) {
      topSeen = true;
      matched = depth;
      return false;
    }
    pass(entry);
    return false;
  }

  /** Passes over an entry with all that belongs to it. */
  private void pass(ManifestRecord.Entry entry) throws DamagedDataException, BackupStoreException {
    if (entry instanceof ManifestRecord.FileStart) {
      filesBefore++;
      while (!(in.next() instanceof ManifestRecord.FileEnd)) {
        // Its contents are of no interest.
      }
    } else if (entry instanceof ManifestRecord.Enter) {
      int depth = 1;
      while (depth > 0) {
        ManifestRecord record = in.next();
        if (record instanceof ManifestRecord.FileStart) {
          filesBefore++;
        } else if (record instanceof ManifestRecord.Enter) {
          depth++;
        } else if (record instanceof ManifestRecord.Leave) {
          depth--;
        }
      }
    }
  }

  private ManifestRecord follow(ManifestRecord record) {
    switch (record) {
      case ManifestRecord.Enter e -> inside++;
      case ManifestRecord.Leave l -> inside--;
      case ManifestRecord.FileStart f -> inFile = true;
      case ManifestRecord.FileEnd f -> inFile = false;
      default -> {
        // Neither opens nor closes anything.
      }
    }
    finished = inside == 0 && !inFile;
    return record;
  }
}
