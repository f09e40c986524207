package org.hikae.backup.bucket.store;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * A range of an object, by one request. When the connection is cut, as by a server that has waited
 * too long for a slow reader, it goes on with another from where it was, if the object is still the
 * same. It ends with an {@link IOException}, never early and never with other bytes, when that
 * fails or the object goes away.
 */
final class S3ObjectStream extends InputStream {

  /** How often it goes on without having got a byte. */
  private static final int MAX_FAILURES = 3;

  private final S3Bucket bucket;
  private final String path;
  private final @Nullable String version;
  private ResponseInputStream<GetObjectResponse> bytes;
  private long next;
  private long left;
  private int failures;

  S3ObjectStream(
      S3Bucket bucket, String path, S3Bucket.OpenedObject opened, long offset, long length) {
    this.bucket = bucket;
    this.path = path;
    this.version = opened.version();
    this.bytes = opened.bytes();
    this.next = offset;
    this.left = length;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    while (left > 0) {
      try {
        int count = bytes.read(target, offset, (int) Math.min(length, left));
        if (count < 0) {
          throw new EOFException("The server has sent less of an object than it said.");
        }
        next += count;
        left -= count;
        failures = 0;
        return count;
      } catch (IOException e) {
        goOn(S3FaultClassifier.cutOff(e));
      } catch (SdkException e) {
        goOn(S3FaultClassifier.classified("Reading an object", e));
      }
    }
    return -1;
  }

  private void goOn(IOException failure) throws IOException {
    failures++;
    if (failures > MAX_FAILURES) {
      throw failure;
    }
    bytes.abort();
    bytes =
        bucket
            .open(path, next, left, version)
            .orElseThrow(() -> new IOException("The object was erased while it was read."))
            .bytes();
  }

  /** What was not read is not waited for. */
  @Override
  public void close() throws IOException {
    if (left > 0) {
      bytes.abort();
    } else {
      bytes.close();
    }
  }
}
