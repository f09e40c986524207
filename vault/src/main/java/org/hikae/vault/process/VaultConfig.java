package org.hikae.vault.process;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hikae.vault.root.contract.RootLocation;
import org.hikae.vault.root.pkcs11.Pkcs11Root;
import org.hikae.vault.root.software.SoftwareRoot;
import org.hikae.vault.token.TokenBinding;

/**
 * The vault's settings, from one small properties file without secrets. Every setting is checked at
 * start and refused in a sentence that names it; an unknown one is refused too, because a mistyped
 * name would otherwise be a setting that does not hold.
 *
 * @param tenant the company, 1 to 64 of {@code a-z 0-9 -}
 * @param signOn whose tokens it takes
 * @param listeners where peers come in
 * @param stateDir card, database, log and, when the root is in software, its files
 * @param root where the root is kept
 * @param database where the store is
 * @param upkeep what is kept how long, and where a second time
 */
public record VaultConfig(
    String tenant,
    SignOn signOn,
    Listeners listeners,
    Path stateDir,
    RootLocation root,
    DatabaseLocation database,
    RetentionSettings upkeep) {

  /**
   * Whose tokens it takes.
   *
   * @param issuer Keycloak's issuer, compared exactly
   * @param jwksUrl where Keycloak publishes its keys; https, or http to loopback
   * @param jwksCaFile certificates to trust for {@code jwksUrl} instead of the platform's
   * @param binding whether tokens must be bound to the key of the device that sends them
   */
  public record SignOn(
      String issuer, URI jwksUrl, Optional<Path> jwksCaFile, TokenBinding binding) {}

  /**
   * Where peers come in.
   *
   * @param socket path of the Unix domain socket
   * @param allowedUid the one user that may connect there, besides the vault's own
   * @param tls the listener for a portal on another host
   */
  public record Listeners(Path socket, OptionalInt allowedUid, Optional<Tls> tls) {}

  /**
   * Mutual TLS.
   *
   * @param host address to listen on
   * @param port 1 to 65535, or 0 for any
   * @param keyStore PKCS#12 with the vault's key and certificate
   * @param passwordFile a file that others cannot read
   * @param peers the portals' certificates (PEM)
   */
  public record Tls(String host, int port, Path keyStore, Path passwordFile, Path peers) {}

  /** Where the store is. */
  public sealed interface DatabaseLocation {
    /**
     * An embedded H2 file.
     *
     * @param directory its folder
     */
    record Embedded(Path directory) implements DatabaseLocation {}

    /**
     * A PostgreSQL database of the vault's own.
     *
     * @param url {@code jdbc:postgresql:...}
     * @param user the vault's own login
     * @param passwordFile a file that others cannot read
     */
    record Postgresql(String url, String user, Path passwordFile) implements DatabaseLocation {}
  }

  /**
   * What is kept how long, and where a second time.
   *
   * @param backupRetention how long backups of the store are kept, as declared
   * @param witnessFile where the ledger is written a second time
   */
  public record RetentionSettings(Duration backupRetention, Optional<Path> witnessFile) {}

  private static final Set<String> NAMES =
      Set.of(
          "tenant",
          "issuer",
          "jwks-url",
          "jwks-ca-file",
          "bound-tokens",
          "socket",
          "allowed-uid",
          "tls-listen",
          "tls-keystore-file",
          "tls-keystore-password-file",
          "tls-portal-certificates-file",
          "state-dir",
          "root",
          "pkcs11-library",
          "pkcs11-slot-index",
          "database-url",
          "database-user",
          "database-password-file",
          "backup-retention-days",
          "witness-file");

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  private static final Pattern ADDRESS =
      Pattern.compile("(?<host>[A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+\\]):(?<port>[0-9]{1,5})");
  private static final String HOST = "host";
  private static final String PORT = "port";
  private static final int MAX_PORT = 65_535;

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
    Path stateDir = absolute("state-dir", required(properties, "state-dir"));
    return new VaultConfig(
        tenant,
        signOn(properties),
        listeners(properties),
        stateDir,
        root(properties, stateDir),
        database(properties, stateDir),
        upkeep(properties));
  }

  private static SignOn signOn(Properties properties) throws ConfigException {
    String caFile = properties.getProperty("jwks-ca-file", "").strip();
    return new SignOn(
        web(properties, "issuer").toString(),
        web(properties, "jwks-url"),
        caFile.isEmpty() ? Optional.empty() : Optional.of(absolute("jwks-ca-file", caFile)),
        binding(properties));
  }

  /** Optional when nothing is said: agents from before would be shut out by an upgrade. */
  private static TokenBinding binding(Properties properties) throws ConfigException {
    return switch (properties.getProperty("bound-tokens", "optional").strip()) {
      case "required" -> TokenBinding.REQUIRED;
      case "optional" -> TokenBinding.OPTIONAL;
      default -> throw new ConfigException("bound-tokens must be required or optional.");
    };
  }

  private static DatabaseLocation database(Properties properties, Path stateDir)
      throws ConfigException {
    String url = properties.getProperty("database-url", "").strip();
    if (url.isEmpty()) {
      for (String name : List.of("database-user", "database-password-file")) {
        if (properties.containsKey(name)) {
          throw new ConfigException(name + " needs database-url.");
        }
      }
      return new DatabaseLocation.Embedded(stateDir.resolve("store"));
    }
    if (!url.matches("jdbc:postgresql:[^?]*")) {
      throw new ConfigException(
          "database-url must be jdbc:postgresql://HOST/DATABASE, without a password.");
    }
    return new DatabaseLocation.Postgresql(
        url,
        required(properties, "database-user"),
        absolute("database-password-file", required(properties, "database-password-file")));
  }

  private static RetentionSettings upkeep(Properties properties) throws ConfigException {
    String days = properties.getProperty("backup-retention-days", "35").strip();
    if (!days.matches("[0-9]{1,4}")) {
      throw new ConfigException("backup-retention-days must be a number from 0 to 9999.");
    }
    String witness = properties.getProperty("witness-file", "").strip();
    return new RetentionSettings(
        Duration.ofDays(Integer.parseInt(days)),
        witness.isEmpty() ? Optional.empty() : Optional.of(absolute("witness-file", witness)));
  }

  private static RootLocation root(Properties properties, Path stateDir) throws ConfigException {
    String kind = properties.getProperty("root", SoftwareRoot.NAME).strip();
    String slot = properties.getProperty("pkcs11-slot-index", "").strip();
    if (kind.equals(SoftwareRoot.NAME)) {
      if (properties.containsKey("pkcs11-library") || !slot.isEmpty()) {
        throw new ConfigException("pkcs11-library and pkcs11-slot-index need root=pkcs11.");
      }
      return new RootLocation.Software(stateDir);
    }
    if (!kind.equals(Pkcs11Root.NAME)) {
      throw new ConfigException("root must be software or pkcs11.");
    }
    if (!slot.matches("[0-9]{0,4}")) {
      throw new ConfigException("pkcs11-slot-index must be a number from 0 to 9999.");
    }
    String library = required(properties, "pkcs11-library");
    if (!library.matches("[^\"\\\\$\\p{Cntrl}]*")) {
      throw new ConfigException("pkcs11-library may not have quotes, backslashes or dollar signs.");
    }
    return new RootLocation.Pkcs11(
        absolute("pkcs11-library", library), slot.isEmpty() ? 0 : Integer.parseInt(slot));
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

  private static Listeners listeners(Properties properties) throws ConfigException {
    Optional<Tls> tls = tls(properties);
    boolean portalIsElsewhere = tls.isPresent() && !properties.containsKey("allowed-uid");
    return new Listeners(
        socket(properties),
        portalIsElsewhere ? OptionalInt.empty() : OptionalInt.of(uid(properties)),
        tls);
  }

  private static Optional<Tls> tls(Properties properties) throws ConfigException {
    String listen = properties.getProperty("tls-listen", "").strip();
    if (listen.isEmpty()) {
      for (String name : NAMES) {
        if (name.startsWith("tls-") && properties.containsKey(name)) {
          throw new ConfigException(name + " needs tls-listen.");
        }
      }
      return Optional.empty();
    }
    Matcher address = ADDRESS.matcher(listen);
    if (!address.matches() || Integer.parseInt(address.group(PORT)) > MAX_PORT) {
      throw new ConfigException("tls-listen must be HOST:PORT, such as 10.0.0.5:8443.");
    }
    return Optional.of(
        new Tls(
            address.group(HOST),
            Integer.parseInt(address.group(PORT)),
            absolute("tls-keystore-file", required(properties, "tls-keystore-file")),
            absolute(
                "tls-keystore-password-file", required(properties, "tls-keystore-password-file")),
            absolute(
                "tls-portal-certificates-file",
                required(properties, "tls-portal-certificates-file"))));
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

  /** The signed card. */
  public Path cardFile() {
    return stateDir.resolve("card.bin");
  }

  /** The custodians' public keys. */
  public Path custodiansFile() {
    return stateDir.resolve("keepers.bin");
  }

  /** Pattern of the log's files: number 0 is the one being written. */
  public Path logFile() {
    return stateDir.resolve("vault-%g.log");
  }
}
