package org.hikae.backup.bucket.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
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
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The few calls by which a store reaches its bucket. Paths are relative to the prefix. Each failure
 * is a {@link VolumeException}, which names what is wrong; requests that can be sent again were
 * sent three times before. What a call has written is as durable as the server promises when it
 * returns.
 */
final class S3Bucket implements AutoCloseable {

  private static final String BYTES = "application/octet-stream";
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int PRECONDITION_FAILED = 412;
  private static final int RANGE_NOT_SATISFIABLE = 416;
  private static final int NOT_IMPLEMENTED = 501;

  private static final Pattern CONTENT_RANGE = Pattern.compile("bytes [0-9]+-[0-9]+/([0-9]+)");

  private final SdkHttpClient http;

  /** Sends a request again that has failed. */
  private final S3Client client;

  /** Sends each once. */
  private final S3Client once;

  private final String bucket;
  private final String prefix;

  /** Whether the server knows conditional writes, or has not yet said that it does not. */
  private volatile boolean conditional = true;

  S3Bucket(S3Location location) {
    this.http = S3ClientFactory.http(location);
    this.client = S3ClientFactory.client(location, http, S3ClientFactory.ATTEMPTS);
    this.once = S3ClientFactory.client(location, http, 1);
    this.bucket = location.bucket();
    this.prefix = location.prefix();
  }

  /**
   * What is known of an object without reading it.
   *
   * @param checksum SHA-256 of it, where the server has computed or checked that
   */
  record FoundObject(long sizeBytes, Optional<Hash256> checksum) {}

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

  private GetObjectRequest.Builder get(String path) {
    return GetObjectRequest.builder().bucket(bucket).key(prefix + path);
  }

  /** Looks for an object. A bucket that is not there has none. */
  Optional<FoundObject> find(String path) throws IOException {
    try {
      HeadObjectResponse found =
          client.headObject(
              head -> head.bucket(bucket).key(prefix + path).checksumMode(ChecksumMode.ENABLED));
      return Optional.of(new FoundObject(found.contentLength(), decoded(found.checksumSHA256())));
    } catch (S3Exception e) {
      if (e.statusCode() == NOT_FOUND) {
        return Optional.empty();
      }
      throw S3FaultClassifier.classified("Looking for an object", e);
    } catch (SdkException e) {
      throw S3FaultClassifier.classified("Looking for an object", e);
    }
  }

  /** A checksum of parts of an object is none of the object. */
  private static Optional<Hash256> decoded(@Nullable String checksum) {
    if (checksum == null) {
      return Optional.empty();
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(checksum);
      return bytes.length == Hash256.ZERO.toBytes().length
          ? Optional.of(Hash256.of(bytes))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
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
      ResponseInputStream<GetObjectResponse> bytes = client.getObject(request.build());
      GetObjectResponse answer = bytes.response();
      return Optional.of(new OpenedObject(bytes, total(answer), answer.eTag()));
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

  private static long total(GetObjectResponse answer) throws IOException {
    Matcher range = CONTENT_RANGE.matcher(String.valueOf(answer.contentRange()));
    if (!range.matches()) {
      throw new VolumeException(
          VolumeFault.FAILING, "The server has answered a range without saying which.", null);
    }
    return Long.parseLong(range.group(1));
  }

  /**
   * Writes an object where none is.
   *
   * @param sha256 of the bytes; servers that know checksums refuse others
   * @return false when one is there, whose bytes nobody has looked at. Where the server knows no
   *     conditional writes it takes the place of that
   */
  boolean putNew(String path, ObjectContent content, Hash256 sha256) throws IOException {
    if (!conditional) {
      put(path, content, sha256);
      return true;
    }
    try {
      send(request(path, sha256).ifNoneMatch("*"), content, sha256);
      return true;
    } catch (S3Exception e) {
      if (e.statusCode() == PRECONDITION_FAILED || e.statusCode() == CONFLICT) {
        return false;
      }
      if (e.statusCode() != NOT_IMPLEMENTED) {
        throw S3FaultClassifier.classified("Writing an object", e);
      }
      conditional = false;
      put(path, content, sha256);
      return true;
    } catch (SdkException e) {
      // A server may refuse by closing the connection while it is still being sent to.
      VolumeException failure = S3FaultClassifier.classified("Writing an object", e);
      if (isThere(path, failure)) {
        return false;
      }
      throw failure;
    }
  }

  /** Whether it turns out that an object is there, which could not be written anew. */
  private boolean isThere(String path, VolumeException failure) {
    try {
      return find(path).isPresent();
    } catch (IOException e) {
      failure.addSuppressed(e);
      return false;
    }
  }

  /** Writes an object in place of whatever is there. */
  void put(String path, ObjectContent content, Hash256 sha256) throws IOException {
    try {
      send(request(path, sha256), content, sha256);
    } catch (SdkException e) {
      throw S3FaultClassifier.classified("Writing an object", e);
    }
  }

  private PutObjectRequest.Builder request(String path, Hash256 sha256) {
    return PutObjectRequest.builder()
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

  /** Removes an object, if it is there. */
  void delete(String path) throws IOException {
    try {
      client.deleteObject(delete -> delete.bucket(bucket).key(prefix + path));
    } catch (SdkException e) {
      throw S3FaultClassifier.classified("Removing an object", e);
    }
  }

  /** Objects whose paths begin so, in their order, after one of them. */
  List<ListedObject> list(String begin, String after, int most) throws IOException {
    try {
      return client
          .listObjectsV2(
              list ->
                  list.bucket(bucket)
                      .prefix(prefix + begin)
                      .startAfter(after.isEmpty() ? null : prefix + after)
                      .maxKeys(most))
          .contents()
          .stream()
          .map(
              found ->
                  new ListedObject(found.key().substring(prefix.length()), found.lastModified()))
          .toList();
    } catch (SdkException e) {
      throw S3FaultClassifier.classified("Listing objects", e);
    }
  }

  /** A small text; empty when it is not there. */
  Optional<String> readText(String path, int mostBytes) throws IOException {
    try (ResponseInputStream<GetObjectResponse> bytes = client.getObject(get(path).build())) {
      return Optional.of(
          new String(bytes.readNBytes(mostBytes), StandardCharsets.US_ASCII).strip());
    } catch (NoSuchKeyException e) {
      return Optional.empty();
    } catch (SdkException e) {
      throw S3FaultClassifier.classified("Reading the mark", e);
    }
  }

  /** Writes a small text where none is, or in place of any where the server cannot tell. */
  void writeNewText(String path, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    boolean _ = putNew(path, ObjectContent.of(bytes), Hash256.sha256(bytes));
  }

  /** Lists, writes and removes: all rights that a store needs besides reading. */
  void tryAll(String path) throws IOException {
    List<ListedObject> _ = list(path, "", 1);
    byte[] bytes = {1};
    put(path, ObjectContent.of(bytes), Hash256.sha256(bytes));
    delete(path);
  }

  @Override
  public void close() {
    client.close();
    once.close();
    http.close();
  }
}
