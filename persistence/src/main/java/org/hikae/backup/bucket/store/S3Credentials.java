package org.hikae.backup.bucket.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.hikae.backup.ciphertext.store.VolumeException;
import org.hikae.backup.ciphertext.store.VolumeFault;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * An access key and its secret: given, or in a file that only its owner may read. The file has the
 * lines {@code aws_access_key_id = …} and {@code aws_secret_access_key = …}, as AWS's own tools
 * write them; it is read again when it has changed.
 */
public final class S3Credentials implements AwsCredentialsProvider {

  private static final int MAX_FILE_BYTES = 4096;
  private static final String ACCESS_KEY = "aws_access_key_id";
  private static final String SECRET_KEY = "aws_secret_access_key";

  private static final Set<PosixFilePermission> OWNER =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private final @Nullable Path file;
  private volatile @Nullable Known known;

  /** What was read, and when the file had been written. */
  private record Known(AwsCredentials credentials, @Nullable FileTime written) {

    @Override
    public String toString() {
      return "Known(REDACTED)";
    }
  }

  private S3Credentials(@Nullable Path file, @Nullable Known known) {
    this.file = file;
    this.known = known;
  }

  /** A pair that is known. */
  public static S3Credentials of(String accessKey, String secretKey) {
    return new S3Credentials(
        null, new Known(AwsBasicCredentials.create(accessKey, secretKey), null));
  }

  /** What is in a file, whenever it is needed. */
  public static S3Credentials in(Path file) {
    return new S3Credentials(file, null);
  }

  /** Reads the file if it has changed, and says what is wrong with it. */
  @Override
  public AwsCredentials resolveCredentials() {
    Known last = known;
    Path place = file;
    if (place == null) {
      return Objects.requireNonNull(last).credentials();
    }
    try {
      FileTime written = Files.getLastModifiedTime(place);
      if (last == null || !written.equals(last.written())) {
        last = new Known(read(place), written);
        known = last;
      }
      return last.credentials();
    } catch (IOException e) {
      throw SdkClientException.create(
          "The file with the credentials of the bucket.", refused(place, e));
    }
  }

  private static AwsCredentials read(Path file) throws IOException {
    if (!OWNER.containsAll(Files.getPosixFilePermissions(file))) {
      throw new IOException("others may read it; run chmod 0600");
    }
    Map<String, String> values = new HashMap<>();
    try (InputStream in = Files.newInputStream(file)) {
      String text = new String(in.readNBytes(MAX_FILE_BYTES), StandardCharsets.UTF_8);
      text.lines()
          .map(line -> line.split("=", 2))
          .filter(parts -> parts.length == 2)
          .forEach(parts -> values.putIfAbsent(parts[0].strip(), parts[1].strip()));
    }
    String accessKey = values.getOrDefault(ACCESS_KEY, "");
    String secretKey = values.getOrDefault(SECRET_KEY, "");
    if (accessKey.isEmpty() || secretKey.isEmpty()) {
      throw new IOException("it needs lines " + ACCESS_KEY + " = … and " + SECRET_KEY + " = …");
    }
    return AwsBasicCredentials.create(accessKey, secretKey);
  }

  private static VolumeException refused(Path file, IOException cause) {
    return new VolumeException(
        VolumeFault.CREDENTIALS,
        "The file " + file + " with the credentials: " + cause.getMessage(),
        cause);
  }

  @Override
  public String toString() {
    return "S3Credentials(REDACTED)";
  }
}
