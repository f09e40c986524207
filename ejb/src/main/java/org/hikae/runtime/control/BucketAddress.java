package org.hikae.runtime.control;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A bucket of a server that speaks S3.
 *
 * @param settings what the names of its settings begin with, for messages
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
    String settings,
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
          settings
              + "ENDPOINT must begin with https:// (http:// only for this machine) and have"
              + " neither login nor path.");
    }
    if (!BUCKET.matcher(bucket).matches()) {
      throw new IllegalStateException(settings + "BUCKET must be the name of a bucket.");
    }
    if (!PREFIX.matcher(prefix).matches()) {
      throw new IllegalStateException(
          settings + "PREFIX must be empty, or names that each end with a slash.");
    }
  }

  /**
   * The bucket whose settings have names that begin so, the name of the bucket among them.
   *
   * @throws IllegalStateException when they are wrong; says which
   */
  public static BucketAddress of(EnvironmentReader values, String names) {
    String bucket = names + "BUCKET";
    String authorities = values.text(names + "CA_FILE", "");
    try {
      return new BucketAddress(
          names,
          new URI(values.required(bucket, names + "ENDPOINT")),
          values.text(names + "REGION", "us-east-1"),
          values.text(bucket, ""),
          values.text(names + "PREFIX", ""),
          values.flag(names + "PATH_STYLE", "true"),
          login(values, names),
          authorities.isEmpty() ? null : values.absolute(names + "CA_FILE", authorities),
          values.number(names + "SECONDS", "30", 1, 100));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(names + "ENDPOINT must be an address.", e);
    }
  }

  private static Login login(EnvironmentReader values, String names) {
    String file = values.text(names + "CREDENTIALS", "");
    String accessKey = values.text(names + "ACCESS_KEY", "");
    String secretKey = values.text(names + "SECRET_KEY", "");
    boolean pair = !accessKey.isEmpty() && !secretKey.isEmpty();
    boolean none = accessKey.isEmpty() && secretKey.isEmpty();
    if (file.isEmpty() ? !pair : !none) {
      throw new IllegalStateException(
          names
              + "BUCKET needs either "
              + names
              + "CREDENTIALS, or both "
              + names
              + "ACCESS_KEY and "
              + names
              + "SECRET_KEY.");
    }
    return file.isEmpty()
        ? new Login.Pair(accessKey, secretKey)
        : new Login.InFile(values.absolute(names + "CREDENTIALS", file));
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
