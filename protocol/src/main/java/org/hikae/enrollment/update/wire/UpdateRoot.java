package org.hikae.enrollment.update.wire;

import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hikae.hk1.MalformedException;

/**
 * Which keys sign what (HK1-U-03). Each root after the first one is signed by enough keys of the
 * one before and by enough of its own.
 *
 * @param version one more than that of the one before
 * @param expires from when on nothing counts that its keys sign
 * @param keys of each kind
 */
public record UpdateRoot(int version, Instant expires, Map<UpdateMetadataKind, UpdateKeyset> keys)
    implements UpdateMetadata {

  /**
   * Copies the map.
   *
   * @throws IllegalArgumentException when a kind has no keys, or it could not be read back
   */
  public UpdateRoot {
    keys = Map.copyOf(keys);
    if (keys.size() != UpdateMetadataKind.values().length) {
      throw new IllegalArgumentException("each kind has keys");
    }
    var _ = UpdateHead.requireText(text(version, expires, keys));
  }

  @Override
  public UpdateMetadataKind kind() {
    return UpdateMetadataKind.ROOT;
  }

  /** The keys that sign texts of this kind. */
  public UpdateKeyset keysOf(UpdateMetadataKind kind) {
    UpdateKeyset found = keys.get(kind);
    if (found == null) {
      throw new IllegalStateException("each kind has keys");
    }
    return found;
  }

  @Override
  public String text() {
    return text(version, expires, keys);
  }

  private static String text(
      int version, Instant expires, Map<UpdateMetadataKind, UpdateKeyset> keys) {
    StringBuilder text =
        new StringBuilder(new UpdateHead(UpdateMetadataKind.ROOT, version, expires).text());
    // In the order of the kinds.
    new TreeMap<>(keys)
        .forEach((kind, of) -> text.append(kind.code()).append(' ').append(of.text()).append('\n'));
    return text.toString();
  }

  /**
   * Reads a text.
   *
   * @throws MalformedException when it has another form than {@link #text()} writes
   */
  public static UpdateRoot parse(String text) throws MalformedException {
    UpdateHead head = UpdateHead.parse(UpdateMetadataKind.ROOT, text);
    List<String> lines = UpdateHead.body(text);
    UpdateMetadataKind[] kinds = UpdateMetadataKind.values();
    if (lines.size() != kinds.length) {
      throw new MalformedException("A root has one line of keys for each kind.");
    }
    Map<UpdateMetadataKind, UpdateKeyset> keys = new TreeMap<>();
    Iterator<String> next = lines.iterator();
    for (UpdateMetadataKind kind : kinds) {
      String line = next.next();
      String begin = kind.code() + " ";
      if (!line.startsWith(begin)) {
        throw new MalformedException("The kinds of a root have one order.");
      }
      keys.put(kind, UpdateKeyset.parse(line.substring(begin.length())));
    }
    return new UpdateRoot(head.version(), head.expires(), keys);
  }
}
