package org.hikae.backup.bucket.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.hikae.backup.ciphertext.store.VolumeException;
import org.hikae.backup.ciphertext.store.VolumeFault;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the objects whose paths begin so, page by page, until the server says that there are
 * no more: how many a page has says nothing. A server that names no way on, or the same objects
 * again, is not followed.
 */
final class S3Listing {

  /** Objects asked for at once, which is the most that servers give. */
  static final int PAGE = 1000;

  private final S3Bucket bucket;
  private final String begin;
  private final int most;
  private String last;
  private @Nullable String token;
  private boolean more = true;

  /**
   * Begins after a path.
   *
   * @param after empty for the first one
   * @param most objects of a page
   */
  S3Listing(S3Bucket bucket, String begin, String after, int most) {
    this.bucket = bucket;
    this.begin = begin;
    this.last = after;
    this.most = most;
  }

  /** Whether the server has said that there is another page, or was not asked yet. */
  boolean hasMore() {
    return more;
  }

  /** The path of the last object that was listed. */
  String last() {
    return last;
  }

  /** The next page, which may be empty although others come. */
  List<S3Bucket.ListedObject> next() throws IOException {
    S3Bucket.ListedPage page = bucket.list(begin, last, token, most);
    for (S3Bucket.ListedObject each : page.objects()) {
      if (!each.path().startsWith(begin)) {
        throw stuck("lists objects that were not asked for");
      }
      if (!isAfter(each.path(), last)) {
        throw stuck("lists objects out of order, or again");
      }
      last = each.path();
    }
    if (page.more() && (page.token() == null || page.token().equals(token))) {
      throw stuck("says that it has more objects, but not how to go on");
    }
    more = page.more();
    token = page.token();
    return page.objects();
  }

  /** In the order of S3, which is that of the bytes. */
  private static boolean isAfter(String path, String before) {
    return Arrays.compareUnsigned(
            path.getBytes(StandardCharsets.UTF_8), before.getBytes(StandardCharsets.UTF_8))
        > 0;
  }

  private static VolumeException stuck(String what) {
    return new VolumeException(
        VolumeFault.FAILING, "Listing objects: FAILING (the server " + what + ").", null);
  }
}
