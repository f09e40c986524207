package org.hikae.device.manifest;

import java.util.List;
import org.hikae.device.sealing.DamagedDataException;

/** One record of a manifest (spec HK1-M-03). */
public sealed interface ManifestRecord {

  /** A record that begins an entry of the directory it stands in. */
  sealed interface Entry extends ManifestRecord {
    /** Its raw name; of no bytes for the top of the tree only. */
    byte[] name();
  }

  /**
   * A directory begins; its entries follow in ascending order of their names, then {@link Leave}.
   *
   * @param partial whether it is only the way to what was backed up below it
   */
  record Enter(byte[] name, EntryMetadata metadata, boolean partial) implements Entry {}

  /** The directory ends. */
  record Leave() implements ManifestRecord {}

  /**
   * A regular file begins; its contents follow, then {@link FileEnd}.
   *
   * @param size when it was looked at; {@link FileEnd} has the bytes that are there
   * @param links number of its hard links
   * @param device file system, for finding hard links
   */
  record FileStart(byte[] name, EntryMetadata metadata, long size, long links, long device)
      implements Entry {}

  /** The file changed while it was read: contents so far are void, these metadata count. */
  record Restart(EntryMetadata metadata, long size) implements ManifestRecord {}

  /** The next bytes of the file. */
  record Data(List<ChunkRef> chunks) implements ManifestRecord {}

  /** The next bytes of the file are zeros that were never written. */
  record Hole(long length) implements ManifestRecord {}

  /**
   * The file ends.
   *
   * @param length sum of its data and holes
   * @param state whether what was read can be trusted
   */
  record FileEnd(long length, State state) implements ManifestRecord {
    /** How reading went. */
    public enum State {
      /** As it was at one moment. */
      WHOLE(0),
      /** It changed while being read; the contents may be of no moment. */
      CHANGED(1),
      /** It could not be read to its end: the entry does not count. */
      VOID(2);

      private final byte number;

      State(int number) {
        this.number = (byte) number;
      }

      byte number() {
        return number;
      }

      static State of(int number) throws DamagedDataException {
        for (State state : values()) {
          if (state.number == number) {
            return state;
          }
        }
        throw new DamagedDataException("A file of the manifest has an unknown state.");
      }
    }
  }

  /** One more name of a regular file that came before. */
  record HardLink(byte[] name, long device, long inode) implements Entry {}

  /** A symbolic link. */
  record Symlink(byte[] name, EntryMetadata metadata, byte[] target) implements Entry {}

  /** A named pipe. */
  record Fifo(byte[] name, EntryMetadata metadata) implements Entry {}

  /** Nothing follows. */
  record End() implements ManifestRecord {}
}
