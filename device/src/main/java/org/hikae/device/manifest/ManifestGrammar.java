package org.hikae.device.manifest;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.hikae.device.sealing.DamagedDataException;

/** Which record may follow which. */
final class ManifestGrammar {

  /** Deepest directory. */
  static final int MAX_DEPTH = 2048;

  private static final byte[] NOTHING = {};

  /** Name of the last entry of each open directory. */
  private final Deque<byte[]> last = new ArrayDeque<>();

  private boolean topSeen;
  private boolean inFile;
  private boolean ended;
  private long length;

  void accept(ManifestRecord record) throws DamagedDataException {
    require(!ended, "goes on after its end");
    switch (record) {
      case ManifestRecord.Restart r -> restart();
      case ManifestRecord.Data d -> {
        for (ChunkRef ref : d.chunks()) {
          grow(ref.length());
        }
      }
      case ManifestRecord.Hole h -> {
        require(h.length() > 0, "has an empty hole");
        grow(h.length());
      }
      case ManifestRecord.FileEnd f -> fileEnd(f);
      case ManifestRecord.Enter e -> enter(e);
      case ManifestRecord.FileStart f -> {
        entry(f);
        inFile = true;
        length = 0;
      }
      case ManifestRecord.Entry e -> entry(e);
      case ManifestRecord.Leave l -> {
        require(!inFile && !last.isEmpty(), "leaves a directory that is not open");
        last.pop();
      }
      case ManifestRecord.End e -> {
        require(topSeen && last.isEmpty() && !inFile, "ends inside a directory");
        ended = true;
      }
    }
  }

  private void enter(ManifestRecord.Enter directory) throws DamagedDataException {
    if (!topSeen) {
      require(directory.name().length == 0, "does not begin with the top");
      topSeen = true;
    } else {
      require(directory.name().length > 0, "has a directory without a name");
      entry(directory);
      require(last.size() < MAX_DEPTH, "is too deep");
    }
    last.push(NOTHING);
  }

  private void entry(ManifestRecord.Entry entry) throws DamagedDataException {
    require(!inFile && !last.isEmpty(), "has an entry where none can be");
    byte[] before = last.pop();
    require(Arrays.compareUnsigned(before, entry.name()) < 0, "has names out of order");
    last.push(entry.name());
  }

  private void restart() throws DamagedDataException {
    require(inFile, "has contents without a file");
    length = 0;
  }

  private void grow(long bytes) throws DamagedDataException {
    require(inFile, "has contents without a file");
    require(length <= Long.MAX_VALUE - bytes, "has a file that is too long");
    length += bytes;
  }

  private void fileEnd(ManifestRecord.FileEnd end) throws DamagedDataException {
    require(inFile, "ends a file that was not begun");
    require(length == end.length(), "has a file whose parts do not add up");
    inFile = false;
  }

  private static void require(boolean holds, String otherwise) throws DamagedDataException {
    if (!holds) {
      throw new DamagedDataException("The manifest " + otherwise + ".");
    }
  }
}
