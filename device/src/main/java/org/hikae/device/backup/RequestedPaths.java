package org.hikae.device.backup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hikae.device.files.RawPath;
import org.jspecify.annotations.Nullable;

/**
 * Which parts of the file system a run goes through: the requested paths as one tree from the root.
 * A directory on the way to them is gone through only as far as the way leads.
 */
final class RequestedPaths {

  private final Map<byte[], RequestedPaths> children = new TreeMap<>(Arrays::compareUnsigned);
  private boolean whole;

  private RequestedPaths() {}

  /** The plan of these paths; a path inside another changes nothing. */
  static RequestedPaths of(Collection<RawPath> paths) {
    RequestedPaths top = new RequestedPaths();
    for (RawPath path : paths) {
      RequestedPaths at = top;
      for (int i = 0; i < path.depth() && !at.whole; i++) {
        at = at.children.computeIfAbsent(path.name(i), name -> new RequestedPaths());
      }
      at.whole = true;
      at.children.clear();
    }
    return top;
  }

  /** Whether everything below is wanted. */
  boolean isWhole() {
    return whole;
  }

  /** The names wanted when not everything is. */
  List<byte[]> names() {
    return new ArrayList<>(children.keySet());
  }

  /** The plan of an entry; null when it lies in a whole directory. */
  @Nullable RequestedPaths child(byte[] name) {
    return whole ? null : children.get(name);
  }
}
