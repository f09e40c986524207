package org.hikae.vault.process;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * The vault's settings, from one small properties file without secrets. Every setting is checked at
 * start and refused in a sentence that names it; an unknown one is refused too, because a mistyped
 * name would otherwise be a setting that does not hold.
 *
 * @param tenant the company, 1 to 64 of {@code a-z 0-9 -}
 * @param issuer Keycloak's issuer, compared exactly
 * @param jwksUrl where Keycloak publishes its keys; https, or http to loopback
 * @param jwksCaFile certificates to trust for {@code jwksUrl} instead of the platform's
 * @param socket path of the Unix domain socket
 * @param allowedUid the one user that may connect, besides the vault's own
 * @param stateDir root key file, card and database
 */
public record VaultConfig(
    String tenant,
    String issuer,
    URI jwksUrl,
    Optional<Path> jwksCaFile,
    Path socket,
    int allowedUid,
    Path stateDir) {

  private static final Set<String> NAMES =
      Set.of("tenant", "issuer", "jwks-url", "jwks-ca-file", "socket", "allowed-uid", "state-dir");

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  /** The kernel's limit for a socket's path on Linux, less the final zero byte. */
  private static final int MAX_SOCKET_PATH_BYTES = 107;

  /** The settings are wrong; the message says which and how. */
  public static final class ConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    ConfigException(String message) {
      super(message);
    }
  }

  /** Reads and checks a file. */
  public static VaultConfig read(Path file) throws ConfigException {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(in);
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigException("The configuration file " + file + " cannot be read.");
    }
    return of(properties);
  }

  /** Checks settings. */
  public static VaultConfig of(Properties properties) throws ConfigException {
    for (String name : properties.stringPropertyNames()) {
      if (!NAMES.contains(name)) {
        throw new ConfigException("There is no setting " + name + ".");
      }
    }
    String tenant = required(properties, "tenant");
    if (!tenant.matches("[a-z0-9-]{1,64}")) {
      throw new ConfigException("tenant must be 1 to 64 of the characters a-z, 0-9 and hyphen.");
    }
    String caFile = properties.getProperty("jwks-ca-file", "").strip();
    return new VaultConfig(
        tenant,
        web(properties, "issuer").toString(),
        web(properties, "jwks-url"),
        caFile.isEmpty() ? Optional.empty() : Optional.of(absolute("jwks-ca-file", caFile)),
        socket(properties),
        uid(properties),
        absolute("state-dir", required(properties, "state-dir")));
  }

  private static String required(Properties properties, String name) throws ConfigException {
    String value = properties.getProperty(name, "").strip();
    if (value.isEmpty()) {
      throw new ConfigException("The setting " + name + " is missing.");
    }
    return value;
  }

  private static URI web(Properties properties, String name) throws ConfigException {
    String value = required(properties, name);
    URI uri;
    try {
      uri = URI.create(value);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(name + " must be a URL.");
    }
    String host = uri.getHost();
    boolean secure = "https".equals(uri.getScheme());
    boolean local = "http".equals(uri.getScheme()) && host != null && LOOPBACK.contains(host);
    if (host == null || !(secure || local)) {
      throw new ConfigException(name + " must begin with https://; http:// is for loopback only.");
    }
    return uri;
  }

  private static Path socket(Properties properties) throws ConfigException {
    Path socket = absolute("socket", required(properties, "socket"));
    int length = socket.toString().getBytes(StandardCharsets.UTF_8).length;
    if (length > MAX_SOCKET_PATH_BYTES) {
      throw new ConfigException(
          "socket may have at most " + MAX_SOCKET_PATH_BYTES + " bytes, not " + length + ".");
    }
    return socket;
  }

  private static int uid(Properties properties) throws ConfigException {
    String value = required(properties, "allowed-uid");
    if (!value.matches("[0-9]{1,9}")) {
      throw new ConfigException("allowed-uid must be the number of a user (id -u NAME).");
    }
    return Integer.parseInt(value);
  }

  private static Path absolute(String name, String value) throws ConfigException {
    if (!value.startsWith("/")) {
      throw new ConfigException(name + " must be an absolute path.");
    }
    return Path.of(value).normalize();
  }

  /** The encrypted root key. */
  public Path rootFile() {
    return stateDir.resolve("root.key");
  }

  /** The signed card. */
  public Path cardFile() {
    return stateDir.resolve("card.bin");
  }

  /** Directory of the database. */
  public Path storeDir() {
    return stateDir.resolve("store");
  }

  /** Pattern of the log's files: number 0 is the one being written. */
  public Path logFile() {
    return stateDir.resolve("vault-%g.log");
  }
}
