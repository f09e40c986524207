package org.hikae.runtime.service;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hikae.runtime.control.BucketAddress;
import org.hikae.runtime.control.CiphertextStoreKind;
import org.hikae.runtime.control.NightlySchedule;
import org.hikae.runtime.control.SignatureKey;
import org.hikae.runtime.control.SmtpAddress;
import org.hikae.runtime.control.VaultAddress;
import org.hikae.runtime.control.WebhookAddress;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the environment, each with the default of a development machine. {@code
 * docs/settings.md} lists them; secrets are never printed.
 */
@ApplicationScoped
public class Settings {

  private static final String VAULT_ADDRESS = "HIKAE_VAULT_ADDRESS";
  private static final String STORE = "HIKAE_STORE";
  private static final String STORE_FOLDER = "HIKAE_STORE_FOLDER";
  private static final String S3_BUCKET = "HIKAE_S3_BUCKET";
  private static final String S3_CREDENTIALS = "HIKAE_S3_CREDENTIALS";
  private static final String S3_CA_FILE = "HIKAE_S3_CA_FILE";
  private static final String PACKAGES = "HIKAE_PACKAGES";
  private static final String PACKAGES_KEY = "HIKAE_PACKAGES_KEY";
  private static final String HELP_CONTACT = "HIKAE_HELP_CONTACT";
  private static final int MAX_HELP_CONTACT = 200;
  private static final Pattern HOST_AND_PORT =
      Pattern.compile("(?<host>[A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+\\]):(?<port>[0-9]{1,5})");

  /** Shortest token that nobody guesses, if it is random. */
  private static final int MIN_TOKEN = 32;

  /** What configure.cli puts where nothing is set. */
  private static final Map<String, String> DEFAULT_PASSWORDS =
      Map.of(
          "HIKAE_DB_PASSWORD", "hikae_app",
          "HIKAE_DB_OWNER_PASSWORD", "hikae_owner",
          "HIKAE_TLS_KEYSTORE_PASSWORD", "changeit");

  private static final Pattern THIS_MACHINE =
      Pattern.compile("(?i)localhost|127(\\.[0-9]{1,3}){3}|\\[::1\\]");

  private final Map<String, String> environment;

  /** Reads the process's environment. */
  public Settings() {
    this(System.getenv());
  }

  /** Reads the given environment. */
  public Settings(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /** Keycloak's realm, which is also the issuer of all tokens. */
  public URI realmUrl() {
    return URI.create(get("HIKAE_OIDC_PROVIDER_URL", "http://localhost:8190/realms/hikae"));
  }

  /** Where people find the pages. */
  public String portalUrl() {
    return get("HIKAE_PORTAL_URL", "https://localhost:8443/");
  }

  /** Whether other portals of this database have the sessions of the pages, too. */
  public boolean isOneOfSeveral() {
    return !get("HIKAE_CLUSTER_ADDRESS", "").isEmpty();
  }

  /** The file that is there while this portal is about to stop; null when no file says so. */
  public @Nullable Path drainFile() {
    String file = get("HIKAE_DRAIN_FILE", "");
    return file.isEmpty() ? null : Path.of(file);
  }

  /** The vault's Unix socket; null when there is no vault. */
  public @Nullable Path vaultSocket() {
    String path = environment.get("HIKAE_VAULT_SOCKET");
    return path == null || path.isBlank() ? null : Path.of(path);
  }

  /**
   * The vault's place on another host; null when it is on this one or there is none.
   *
   * @throws IllegalStateException when the settings for it are incomplete or not such; says which
   */
  public @Nullable VaultAddress vaultAddress() {
    String value = get(VAULT_ADDRESS, "");
    if (value.isEmpty()) {
      return null;
    }
    Matcher address = HOST_AND_PORT.matcher(value);
    if (!address.matches() || vaultSocket() != null) {
      throw new IllegalStateException(
          VAULT_ADDRESS + " must be HOST:PORT, and HIKAE_VAULT_SOCKET must not be set beside it.");
    }
    return new VaultAddress(
        address.group("host"),
        Integer.parseInt(address.group("port")),
        Path.of(required(VAULT_ADDRESS, "HIKAE_VAULT_KEYSTORE")),
        required(VAULT_ADDRESS, "HIKAE_VAULT_KEYSTORE_PASSWORD"),
        Path.of(required(VAULT_ADDRESS, "HIKAE_VAULT_CERTIFICATES")));
  }

  private String required(String by, String name) {
    String value = get(name, "");
    if (value.isEmpty()) {
      throw new IllegalStateException(by + " needs " + name + ".");
    }
    return value;
  }

  /** Secret of the service account that reads the directory; empty when there is none. */
  public String directorySecret() {
    return get("HIKAE_DIRECTORY_SECRET", "");
  }

  /** Secret of the service account that ends sessions; empty when there is none. */
  public String sessionsSecret() {
    return get("HIKAE_SESSIONS_SECRET", "");
  }

  /** Minutes between two reads of the directory; 0 switches the timer off. */
  public int directoryMinutes() {
    return Integer.parseInt(get("HIKAE_DIRECTORY_MINUTES", "4"));
  }

  /** Minutes after which everybody is read again, although the changes have been read. */
  public int directoryFullMinutes() {
    return number("HIKAE_DIRECTORY_FULL_MINUTES", "60", 1, 10_080);
  }

  /** Share of the employees, in percent, of whom more cannot leave within a day unasked. */
  public int leaverStopPercent() {
    return number("HIKAE_LEAVER_STOP_PERCENT", "5", 0, 100);
  }

  /** When the nightly work is done; see {@link NightlySchedule}. */
  public NightlySchedule nightly() {
    return NightlySchedule.parse(get("HIKAE_NIGHTLY", "01:30"));
  }

  /** How long an object that no snapshot lists is left alone, and then once more before it goes. */
  public Duration collectGrace() {
    return duration("HIKAE_COLLECT_GRACE", "P7D");
  }

  /** Where new objects go. */
  public CiphertextStoreKind store() {
    return switch (get(STORE, "database")) {
      case "database" -> CiphertextStoreKind.DATABASE;
      case "files" -> CiphertextStoreKind.FILES;
      case "s3" -> CiphertextStoreKind.S3;
      default -> throw new IllegalStateException(STORE + " must be database, files or s3.");
    };
  }

  /** Whether objects lie beside the database, or may. */
  public boolean storesBesideDatabase() {
    return storeFolder() != null || bucket() != null;
  }

  /**
   * The folder in which objects lie as files; null when none do.
   *
   * @throws IllegalStateException when the settings for it are wrong; says which
   */
  public @Nullable Path storeFolder() {
    boolean needed = store() == CiphertextStoreKind.FILES;
    String folder = get(STORE_FOLDER, "");
    if (folder.isEmpty()) {
      if (needed) {
        throw new IllegalStateException(STORE + " needs " + STORE_FOLDER + ".");
      }
      return null;
    }
    return absolute(STORE_FOLDER, folder);
  }

  /**
   * The bucket in which objects lie; null when none do.
   *
   * @throws IllegalStateException when the settings for it are wrong; says which
   */
  public @Nullable BucketAddress bucket() {
    String bucket = get(S3_BUCKET, "");
    if (bucket.isEmpty()) {
      if (store() == CiphertextStoreKind.S3) {
        throw new IllegalStateException(STORE + " needs " + S3_BUCKET + ".");
      }
      return null;
    }
    String authorities = get(S3_CA_FILE, "");
    try {
      return new BucketAddress(
          new URI(required(S3_BUCKET, "HIKAE_S3_ENDPOINT")),
          get("HIKAE_S3_REGION", "us-east-1"),
          bucket,
          get("HIKAE_S3_PREFIX", ""),
          flag("HIKAE_S3_PATH_STYLE", "true"),
          bucketLogin(),
          authorities.isEmpty() ? null : absolute(S3_CA_FILE, authorities),
          number("HIKAE_S3_SECONDS", "30", 1, 100));
    } catch (URISyntaxException e) {
      throw new IllegalStateException("HIKAE_S3_ENDPOINT must be an address.", e);
    }
  }

  /** How many connections of the database the server may have; it reads the same variable. */
  public int databaseConnections() {
    return number("HIKAE_DB_POOL", "20", 1, 10_000);
  }

  private BucketAddress.Login bucketLogin() {
    String file = get(S3_CREDENTIALS, "");
    String accessKey = get("HIKAE_S3_ACCESS_KEY", "");
    String secretKey = get("HIKAE_S3_SECRET_KEY", "");
    boolean pair = !accessKey.isEmpty() && !secretKey.isEmpty();
    boolean none = accessKey.isEmpty() && secretKey.isEmpty();
    if (file.isEmpty() ? !pair : !none) {
      throw new IllegalStateException(
          S3_BUCKET
              + " needs either "
              + S3_CREDENTIALS
              + ", or both HIKAE_S3_ACCESS_KEY and HIKAE_S3_SECRET_KEY.");
    }
    return file.isEmpty()
        ? new BucketAddress.Login.Pair(accessKey, secretKey)
        : new BucketAddress.Login.InFile(absolute(S3_CREDENTIALS, file));
  }

  /**
   * The folder with the agent's packages; null when the portal offers none.
   *
   * @throws IllegalStateException when it is no absolute path
   */
  public @Nullable Path packageFolder() {
    String folder = get(PACKAGES, "");
    return folder.isEmpty() ? null : absolute(PACKAGES, folder);
  }

  /**
   * The key by which IT signs the list of packages; null when it need not be signed.
   *
   * @throws IllegalStateException when it is none
   */
  public @Nullable SignatureKey packageKey() {
    String key = get(PACKAGES_KEY, "").strip();
    try {
      return key.isEmpty() ? null : SignatureKey.of(key);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(
          PACKAGES_KEY + " must be a public key of Ed25519, in Base64 as a PEM file has it.", e);
    }
  }

  /** The file of the authorities that devices trust; null when they trust those of their system. */
  public @Nullable Path caFile() {
    String file = get("HIKAE_CA_FILE", "");
    return file.isEmpty() ? null : Path.of(file);
  }

  /**
   * Whom employees ask, in IT's own words; empty when IT has not said.
   *
   * @throws IllegalStateException when it is more than a line
   */
  public String helpContact() {
    String contact = get(HELP_CONTACT, "").strip();
    if (contact.length() > MAX_HELP_CONTACT || contact.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalStateException(
          HELP_CONTACT + " must be one line of at most " + MAX_HELP_CONTACT + " characters.");
    }
    return contact;
  }

  private static Path absolute(String name, String text) {
    Path path = Path.of(text);
    if (!path.isAbsolute()) {
      throw new IllegalStateException(name + " must be an absolute path.");
    }
    return path;
  }

  /** How old the newest archived part of the database's log may be; empty for any age. */
  public Optional<Duration> databaseBackupWithin() {
    String name = "HIKAE_DB_BACKUP_WITHIN";
    return get(name, "").equals("off") ? Optional.empty() : Optional.of(duration(name, "PT26H"));
  }

  /** File of the key that signs receipts of erasures; made when it is not there. */
  public Path receiptKey() {
    String data = System.getProperty("jboss.server.data.dir", ".");
    return Path.of(get("HIKAE_RECEIPT_KEY", data + "/hikae-receipt-key.pem"));
  }

  /** File of the key under which secrets are kept that administrators enter; made if missing. */
  public Path settingsKey() {
    String data = System.getProperty("jboss.server.data.dir", ".");
    return Path.of(get("HIKAE_SETTINGS_KEY", data + "/hikae-settings.key"));
  }

  /** File of the key that signs the checkpoints of the transparency log; made if missing. */
  public Path logKey() {
    String data = System.getProperty("jboss.server.data.dir", ".");
    return Path.of(get("HIKAE_LOG_KEY", data + "/hikae-log-key.pem"));
  }

  /** Whether mail and webhook that were entered in the portal may lead to this machine. */
  public boolean noticesToThisMachine() {
    return flag("HIKAE_NOTICES_TO_THIS_MACHINE", "false");
  }

  /** Minutes between two runs of scrubbing; 0 switches the timer off. */
  public int scrubMinutes() {
    return number("HIKAE_SCRUB_MINUTES", "60", 0, 1440);
  }

  /** Longest run of scrubbing in seconds. */
  public int scrubSeconds() {
    return number("HIKAE_SCRUB_SECONDS", "600", 1, 86_400);
  }

  /** Most bytes that scrubbing reads in a second, on average; 0 for as many as it can. */
  public long scrubBytesPerSecond() {
    return number("HIKAE_SCRUB_MEGABYTES", "50", 0, 100_000) * 1_000_000L;
  }

  /** Days from the beginning of one pass of scrubbing to that of the next, at least. */
  public int scrubDays() {
    return number("HIKAE_SCRUB_DAYS", "7", 0, 365);
  }

  /** Times a minute that one person or program may read at the administration's API; 0: any. */
  public int adminRequestsPerMinute() {
    return number("HIKAE_ADMIN_REQUESTS", "600", 0, 1_000_000);
  }

  /** Requests that one address may have in progress at the API, at the pages half of it; 0: any. */
  public int requestsPerAddress() {
    return number("HIKAE_REQUESTS_PER_ADDRESS", "64", 0, 100_000);
  }

  /**
   * The server that takes mail; null when there is none.
   *
   * @throws IllegalStateException when the settings for it are wrong; says which
   */
  public @Nullable SmtpAddress smtp() {
    String host = get("HIKAE_SMTP_HOST", "");
    if (host.isEmpty()) {
      return null;
    }
    return new SmtpAddress(
        host,
        number("HIKAE_SMTP_PORT", "587", 1, 65_535),
        SmtpAddress.Security.parse(get("HIKAE_SMTP_SECURITY", "STARTTLS")),
        get("HIKAE_SMTP_USER", ""),
        get("HIKAE_SMTP_PASSWORD", ""),
        get("HIKAE_SMTP_FROM", "hikae@" + URI.create(portalUrl()).getHost()));
  }

  /**
   * Where notices are sent as signed requests; null when nowhere.
   *
   * @throws IllegalStateException when the settings for it are wrong; says which
   */
  public @Nullable WebhookAddress webhook() {
    String url = get("HIKAE_WEBHOOK_URL", "");
    if (url.isEmpty()) {
      return null;
    }
    try {
      return new WebhookAddress(new URI(url), get("HIKAE_WEBHOOK_SECRET", ""));
    } catch (URISyntaxException e) {
      throw new IllegalStateException("HIKAE_WEBHOOK_URL must be an address.", e);
    }
  }

  /** What the monitoring system shows when it asks for the figures; empty when nobody may. */
  public String metricsToken() {
    String token = get("HIKAE_METRICS_TOKEN", "");
    if (!token.isEmpty() && token.length() < MIN_TOKEN) {
      throw new IllegalStateException(
          "HIKAE_METRICS_TOKEN must have at least " + MIN_TOKEN + " characters.");
    }
    return token;
  }

  /** Login of the application at the database. */
  public String databaseUser() {
    return get("HIKAE_DB_USER", "hikae_app");
  }

  /** Password of that login. */
  public String databasePassword() {
    return get("HIKAE_DB_PASSWORD", "hikae_app");
  }

  /**
   * Lets a portal start that has passwords of its own, or that people reach on this machine only,
   * which is a development machine.
   *
   * @throws IllegalStateException when one is the default, which everybody can read; says which
   */
  public void requireOwnPasswords() {
    String host = URI.create(portalUrl()).getHost();
    if (host != null && THIS_MACHINE.matcher(host).matches()) {
      return;
    }
    List<String> known =
        DEFAULT_PASSWORDS.entrySet().stream()
            .filter(each -> get(each.getKey(), each.getValue()).equals(each.getValue()))
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    if (!known.isEmpty()) {
      throw new IllegalStateException(
          "The portal does not start with passwords that everybody can read. Set "
              + String.join(", ", known)
              + "; only where HIKAE_PORTAL_URL is of localhost may they be left out.");
    }
  }

  private Duration duration(String name, String otherwise) {
    try {
      Duration value = Duration.parse(get(name, otherwise));
      if (value.isPositive()) {
        return value;
      }
    } catch (DateTimeParseException e) {
      // Falls through: no duration and one that is not positive are told the same.
    }
    throw new IllegalStateException(
        name + " must be a positive ISO-8601 duration such as " + otherwise + ".");
  }

  private boolean flag(String name, String otherwise) {
    return switch (get(name, otherwise)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalStateException(name + " must be true or false.");
    };
  }

  private int number(String name, String otherwise, int min, int max) {
    String text = get(name, otherwise);
    try {
      int value = Integer.parseInt(text);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Told like a number that is too large.
    }
    throw new IllegalStateException(name + " must be a number from " + min + " to " + max + ".");
  }

  private String get(String name, String otherwise) {
    String value = environment.get(name);
    return value == null || value.isBlank() ? otherwise : value;
  }
}
