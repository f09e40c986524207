package org.hikae.device.manifest;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.hikae.device.sealing.DamagedException;

/** Which record may follow which. */
final class TreeRules {

  /** Deepest directory. */
  static final int MAX_DEPTH = 2048;

  private static final byte[] NOTHING = {};

  /** Name of the last entry of each open directory. */
  private final Deque<byte[]> last = new ArrayDeque<>();

  private boolean topSeen;
  private boolean inFile;
  private boolean ended;
  private long length;

  void accept(TreeRecord record) throws DamagedException {
    require(!ended, "goes on after its end");
    switch (record) {
      case TreeRecord.Restart r -> restart();
      case TreeRecord.Data d -> {
        for (ChunkRef ref : d.chunks()) {
          grow(ref.length());
        }
      }
      case TreeRecord.Hole h -> {
        require(h.length() > 0, "has an empty hole");
        grow(h.length());
      }
      case TreeRecord.FileEnd f -> fileEnd(f);
      case TreeRecord.Enter e -> enter(e);
      case TreeRecord.FileStart f -> {
        entry(f);
        inFile = true;
        length = 0;
      }
      case TreeRecord.Entry e -> entry(e);
      case TreeRecord.Leave l -> {
        require(!inFile && !last.isEmpty(), "leaves a directory that is not open");
        last.pop();
      }
      case TreeRecord.End e -> {
        require(topSeen && last.isEmpty() && !inFile, "ends inside a directory");
        ended = true;
      }
    }
  }

  private void enter(TreeRecord.Enter directory) throws DamagedException {
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

  private void entry(TreeRecord.Entry entry) throws DamagedException {
    require(!inFile && !last.isEmpty(), "has an entry where none can be");
    byte[] before = last.pop();
    require(Arrays.compareUnsigned(before, entry.name()) < 0, "has names out of order");
    last.push(entry.name());
  }

  private void restart() throws DamagedException {
    require(inFile, "has contents without a file");
    length = 0;
  }

  private void grow(long bytes) throws DamagedException {
    require(inFile, "has contents without a file");
    require(length <= Long.MAX_VALUE - bytes, "has a file that is too long");
    length += bytes;
  }

  private void fileEnd(TreeRecord.FileEnd end) throws DamagedException {
    require(inFile, "ends a file that was not begun");
    require(length == end.length(), "has a file whose parts do not add up");
    inFile = false;
  }

  private static void require(boolean holds, String otherwise) throws DamagedException {
    if (!holds) {
      throw new DamagedException("The manifest " + otherwise + ".");
    }
  }
}
