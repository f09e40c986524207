package org.hikae.runtime.control;

import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A bucket of a server that speaks S3.
 *
 * @param endpoint the server, over TLS or on this machine
 * @param region what requests are signed for
 * @param bucket its name
 * @param prefix what keys begin with; empty, or with a slash at its end
 * @param pathStyle whether the bucket stands in the path; else in the host's name
 * @param login by what the portal is known there
 * @param authorities PEM file of those whose certificates the server may have; null for Java's own
 * @param silenceSeconds how long nothing may come from the server
 */
public record BucketAddress(
    URI endpoint,
    String region,
    String bucket,
    String prefix,
    boolean pathStyle,
    Login login,
    @Nullable Path authorities,
    int silenceSeconds) {

  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
  private static final Pattern PREFIX = Pattern.compile("([A-Za-z0-9._-]{1,100}/){0,5}");

  /** Checks their form. */
  public BucketAddress {
    String host = endpoint.getHost() == null ? "" : endpoint.getHost();
    boolean local = "http".equals(endpoint.getScheme()) && THIS_MACHINE.contains(host);
    boolean safe = "https".equals(endpoint.getScheme()) && !host.isEmpty();
    boolean bare =
        Set.of("", "/").contains(String.valueOf(endpoint.getPath()))
            && endpoint.getUserInfo() == null
            && endpoint.getQuery() == null
            && endpoint.getFragment() == null;
    if (!(local || safe) || !bare) {
      throw new IllegalStateException(
          "HIKAE_S3_ENDPOINT must begin with https:// (http:// only for this machine) and have"
              + " neither login nor path.");
    }
    if (!BUCKET.matcher(bucket).matches()) {
      throw new IllegalStateException("HIKAE_S3_BUCKET must be the name of a bucket.");
    }
    if (!PREFIX.matcher(prefix).matches()) {
      throw new IllegalStateException(
          "HIKAE_S3_PREFIX must be empty, or names that each end with a slash.");
    }
  }

  /** By what the portal is known to the server. */
  public sealed interface Login {

    /** Both parts, of which the second is a secret. */
    record Pair(String accessKey, String secretKey) implements Login {

      @Override
      public String toString() {
        return "Pair(REDACTED)";
      }
    }

    /** A file with both. */
    record InFile(Path file) implements Login {}
  }

  @Override
  public String toString() {
    return "BucketAddress(" + endpoint + ", " + bucket + "/" + prefix + ")";
  }
}
