package org.hikae.device.run;

import java.util.function.Supplier;
import org.hikae.device.files.RawPath;

/**
 * What a run tells while it works. Called by the thread that runs it, up to once per file and per
 * chunk, so implementations must be quick; only {@link #totals} may come from another thread, at
 * any time. Paths are for the person at the terminal only and never leave the device.
 */
public interface ProgressListener {

  /** Says nothing, never cancels. */
  ProgressListener NONE = new ProgressListener() {};

  /** About how much there will be to do, once known. */
  default void totals(long files, long plainBytes) {}

  /**
   * How much is done.
   *
   * @param files files handled
   * @param plainBytes bytes of them, those taken over unread included
   */
  default void advanced(long files, long plainBytes) {}

  /**
   * A file is being read or written.
   *
   * @param path makes its path, for people only; that of a restore begins at what is restored
   * @param plainBytes bytes of it that are done
   */
  default void within(Supplier<RawPath> path, long plainBytes) {}

  /**
   * How much of a verification is done.
   *
   * @param done packs opened or found damaged
   * @param total packs to be opened, as far as known
   * @param plainBytes bytes opened
   */
  default void packs(long done, long total, long plainBytes) {}

  /** Something about one path that the person should know; the run goes on. */
  default void warning(Warning warning) {}

  /** Asked between chunks; true ends the run with CANCELLED. */
  default boolean cancelled() {
    return false;
  }

  /**
   * Something that went wrong, or was left out, at one path.
   *
   * @param path where
   * @param kind what
   * @param detail a short technical reason such as the system's error name; may be empty
   */
  record Warning(RawPath path, WarningKind kind, String detail) {}

  /** The closed list of what can be said about a path. */
  enum WarningKind {
    /** Could not be read; not in the snapshot. */
    UNREADABLE(true),
    /** Changed while it was read, twice; what was read is kept. */
    CHANGED_WHILE_READ(true),
    /** A device node or socket; never stored. */
    SKIPPED_SPECIAL(false),
    /** Another file system begins here and was left out, as asked. */
    SKIPPED_FILE_SYSTEM(false),
    /** A file of patterns cannot be used; nothing is left out because of it. */
    IGNORE_FILE_UNUSED(false),
    /** Extended attributes could not all be read. */
    ATTRIBUTES_UNREADABLE(true),
    /** The previous snapshot could not be read; everything is read anew. */
    PREVIOUS_UNREADABLE(false),
    /** The key was rotated since the previous snapshot; everything is sent anew. */
    KEY_ROTATED(false),
    /** Packs of earlier snapshots are gone from the store; their files are sent again. */
    STORED_PACKS_LOST(false),
    /** A damaged pack, and the other snapshot that had what was needed of it. */
    STOOD_IN(false),
    /** A part of the pack table is damaged; its packs are looked for one by one. */
    PACK_NAMES_LOST(false),

    /** The object list is withheld or another one; what was restored is proved without it. */
    OBJECT_LIST_UNUSABLE(false),
    /** Changed while it was backed up; restored as it was read then. */
    CHANGED_IN_BACKUP(false),
    /** Stored bytes of this file are missing or damaged; not restored. */
    DAMAGED(true),
    /** Could not be written. */
    UNWRITABLE(true),
    /** Something of that name is there already and was left alone. */
    EXISTS(true),
    /** Contents are restored, but owner, mode, time or attributes could not all be set. */
    METADATA_UNWRITABLE(true);

    private final boolean failure;

    WarningKind(boolean failure) {
      this.failure = failure;
    }

    /** Whether the run ends as PARTIAL at best because of it. */
    public boolean failure() {
      return failure;
    }
  }
}
