package org.hikae.backup.bucket.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hikae.backup.ciphertext.store.ObjectContent;
import org.hikae.backup.ciphertext.store.VolumeException;
import org.hikae.backup.ciphertext.store.VolumeFault;
import org.hikae.hk1.Hash256;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The few calls by which a store reaches its bucket. Paths are relative to the prefix. Each failure
 * is a {@link VolumeException}, which names what is wrong; requests that can be sent again were
 * sent several times before, within one time for all attempts. What a call has written is as
 * durable as the server promises when it returns.
 */
final class S3Bucket implements AutoCloseable {

  private static final String BYTES = "application/octet-stream";
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int PRECONDITION_FAILED = 412;
  private static final int RANGE_NOT_SATISFIABLE = 416;
  private static final int NOT_IMPLEMENTED = 501;

  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18})");

  private final SdkHttpClient http;

  /** Sends a request again that has failed. */
  private final S3Client client;

  /** Sends each once. */
  private final S3Client once;

  private final String bucket;
  private final String prefix;
  private final S3Limits limits;

  S3Bucket(S3Location location) {
    this.http = S3ClientFactory.http(location);
    this.client = S3ClientFactory.client(location, http, location.limits().attempts());
    this.once = S3ClientFactory.client(location, http, 1);
    this.bucket = location.bucket();
    this.prefix = location.prefix();
    this.limits = location.limits();
  }

  /**
   * An object that is being read.
   *
   * @param bytes the range that was asked for, or less if the object is shorter
   * @param sizeBytes of the whole object
   * @param version by which it is told from others that take its place; null where the server has
   *     none
   */
  record OpenedObject(
      ResponseInputStream<GetObjectResponse> bytes, long sizeBytes, @Nullable String version) {}

  /** One of a list. */
  record ListedObject(String path, Instant written) {}

  /**
   * A part of a list.
   *
   * @param more whether another part comes
   * @param token by which; null when the server has given none
   */
  record ListedPage(List<ListedObject> objects, boolean more, @Nullable String token) {}

  private GetObjectRequest.Builder get(String path) {
    return GetObjectRequest.builder().bucket(bucket).key(prefix + path);
  }

  /**
   * How many bytes an object has; empty when it is not there. A bucket that is not there has none.
   */
  OptionalLong size(String path) throws IOException {
    try {
      return OptionalLong.of(
          client.headObject(head -> head.bucket(bucket).key(prefix + path)).contentLength());
    } catch (S3Exception e) {
      if (e.statusCode() == NOT_FOUND) {
        return OptionalLong.empty();
      }
      throw S3FaultClassifier.classified("Looking for an object", e);
    } catch (SdkException e) {
      throw S3FaultClassifier.classified("Looking for an object", e);
    }
  }

  /**
   * Begins to read an object.
   *
   * @param length at least 1
   * @param version which it must still be; null for any
   * @return empty when it is not there
   */
  Optional<OpenedObject> open(String path, long offset, long length, @Nullable String version)
      throws IOException {
    GetObjectRequest.Builder request =
        get(path).range("bytes=" + offset + "-" + (offset + length - 1)).ifMatch(version);
    try {
      return Optional.of(opened(client.getObject(request.build()), offset, length));
    } catch (NoSuchKeyException e) {
      return Optional.empty();
    } catch (S3Exception e) {
      if (e.statusCode() == PRECONDITION_FAILED) {
        throw new VolumeException(
            VolumeFault.FAILING, "Others have overwritten an object while it was read.", e);
      }
      if (e.statusCode() == RANGE_NOT_SATISFIABLE) {
        throw new RangeException(e);
      }
      throw S3FaultClassifier.classified("Reading an object", e);
    } catch (SdkException e) {
      throw S3FaultClassifier.classified("Reading an object", e);
    }
  }

  /** Nothing lies where a range begins. */
  static final class RangeException extends IOException {
    private static final long serialVersionUID = 1L;

    RangeException(Throwable cause) {
      super("The object is shorter.", cause);
    }
  }

  /** What an answer holds, or nothing is left of it. */
  private static OpenedObject opened(
      ResponseInputStream<GetObjectResponse> bytes, long offset, long length)
      throws VolumeException {
    boolean whole = false;
    try {
      long size = size(bytes.response(), offset, length);
      whole = true;
      return new OpenedObject(bytes, size, bytes.response().eTag());
    } finally {
      if (!whole) {
        bytes.abort();
      }
    }
  }

  /** How long the object is of which a range was asked for, and has come. */
  private static long size(GetObjectResponse answer, long offset, long length)
      throws VolumeException {
    Matcher range = CONTENT_RANGE.matcher(String.valueOf(answer.contentRange()));
    if (range.matches() && Long.parseLong(range.group(1)) == offset) {
      long size = Long.parseLong(range.group(3));
      if (Long.parseLong(range.group(2)) == Math.min(offset + length, size) - 1) {
        return size;
      }
    }
    throw new VolumeException(
        VolumeFault.FAILING,
        "The server has answered with another range than it was asked for.",
        null);
  }

  /**
   * Writes an object, in place of whatever is there: nobody knows the bytes of that but its server.
   *
   * @param sha256 of the bytes; servers that know checksums refuse others
   */
  void put(String path, ObjectContent content, Hash256 sha256) throws IOException {
    put(path, content, sha256, limits.upload());
  }

  private void put(String path, ObjectContent content, Hash256 sha256, Duration most)
      throws IOException {
    try {
      send(request(path, sha256, most), content, sha256);
    } catch (SdkException e) {
      throw S3FaultClassifier.classified("Writing an object", e);
    }
  }

  private PutObjectRequest.Builder request(String path, Hash256 sha256, Duration most) {
    return PutObjectRequest.builder()
        .overrideConfiguration(options -> options.apiCallTimeout(most))
        .bucket(bucket)
        .key(prefix + path)
        .contentType(BYTES)
        .checksumSHA256(encoded(sha256));
  }

  private static String encoded(Hash256 sha256) {
    return Base64.getEncoder().encodeToString(sha256.toBytes());
  }

  private void send(PutObjectRequest.Builder request, ObjectContent content, Hash256 sha256)
      throws IOException {
    long length = content.length();
    RequestBody body =
        switch (content) {
          case ObjectContent.InMemory(byte[] bytes) ->
              RequestBody.fromContentProvider(
                  ContentStreamProvider.fromByteArrayUnsafe(bytes), length, BYTES);
          case ObjectContent.Streamed streamed -> {
            InputStream exact = new ExactStream(streamed.bytes(), length);
            yield RequestBody.fromContentProvider(() -> exact, length, BYTES);
          }
        };
    // A stream can be read only once.
    S3Client sender = content instanceof ObjectContent.Streamed ? once : client;
    PutObjectResponse answer = sender.putObject(request.contentLength(length).build(), body);
    @Nullable String stored = answer.checksumSHA256();
    if (stored != null && !stored.equals(encoded(sha256))) {
      throw new VolumeException(
          VolumeFault.FAILING, "The server has other bytes than it was sent.", null);
    }
  }

  /**
   * Removes an object, if it is there. It is asked once: each request whose answer was lost may be
   * carried out late, when the object has come again.
   */
  void delete(String path) throws IOException {
    try {
      once.deleteObject(delete -> delete.bucket(bucket).key(prefix + path));
    } catch (SdkException e) {
      throw S3FaultClassifier.classified("Removing an object", e);
    }
  }

  /**
   * Objects whose paths begin so, in their order.
   *
   * @param after the path behind which they begin; empty for the first
   * @param token of the part before this one; null for none
   */
  ListedPage list(String begin, String after, @Nullable String token, int most) throws IOException {
    try {
      ListObjectsV2Response page =
          client.listObjectsV2(
              list ->
                  list.bucket(bucket)
                      .prefix(prefix + begin)
                      .startAfter(token != null || after.isEmpty() ? null : prefix + after)
                      .continuationToken(token)
                      .maxKeys(most));
      return new ListedPage(
          page.contents().stream().map(this::listed).toList(),
          Boolean.TRUE.equals(page.isTruncated()),
          page.nextContinuationToken());
    } catch (SdkException e) {
      throw S3FaultClassifier.classified("Listing objects", e);
    }
  }

  /** One that is not below the prefix keeps its whole name, which no list asks for. */
  private ListedObject listed(S3Object found) {
    String path =
        found.key().startsWith(prefix)
            ? found.key().substring(prefix.length())
            : "//" + found.key();
    return new ListedObject(path, found.lastModified());
  }

  /** A small text; empty when it is not there. */
  Optional<String> readText(String path, int mostBytes) throws IOException {
    try (ResponseInputStream<GetObjectResponse> bytes = client.getObject(get(path).build())) {
      byte[] text = bytes.readNBytes(mostBytes);
      // Closing it would read the rest, however much somebody has put there.
      bytes.abort();
      return Optional.of(new String(text, StandardCharsets.US_ASCII).strip());
    } catch (NoSuchKeyException e) {
      return Optional.empty();
    } catch (SdkException e) {
      throw S3FaultClassifier.classified("Reading the mark", e);
    }
  }

  /**
   * Writes a small text where none is, or in place of any where the server knows no conditional
   * writes. One that is there stays; who cares reads what is there then.
   */
  void writeNewText(String path, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    ObjectContent content = ObjectContent.of(bytes);
    Hash256 sha256 = Hash256.sha256(bytes);
    try {
      send(request(path, sha256, limits.call()).ifNoneMatch("*"), content, sha256);
    } catch (S3Exception e) {
      if (e.statusCode() == NOT_IMPLEMENTED) {
        put(path, content, sha256, limits.call());
      } else if (e.statusCode() != PRECONDITION_FAILED && e.statusCode() != CONFLICT) {
        throw S3FaultClassifier.classified("Writing the mark", e);
      }
    } catch (SdkException e) {
      throw S3FaultClassifier.classified("Writing the mark", e);
    }
  }

  /** Lists, writes and removes: all rights that a store needs besides reading. */
  void tryAll(String path) throws IOException {
    ListedPage _ = list(path, "", null, 1);
    byte[] bytes = {1};
    put(path, ObjectContent.of(bytes), Hash256.sha256(bytes), limits.call());
    delete(path);
  }

  @Override
  public void close() {
    client.close();
    once.close();
    http.close();
  }
}
