package org.hikae.it.stack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hikae.testing.AgentPackageFixture;
import org.hikae.testing.BuildOutput;
import org.jspecify.annotations.Nullable;

/**
 * One running system: Keycloak, vault, portal and database.
 *
 * <p>{@link #on} starts it at the first call of a test run and gives the same one afterwards; a
 * shutdown hook ends every process. Both kinds of database share one Keycloak; each has a vault and
 * a portal of its own. Tests must therefore not assume an empty database: they use people and
 * devices of their own.
 */
public final class Stack {

  /** The portal's setting, and the property of a test run that changes it. */
  public static final String ADMIN_REQUESTS = "HIKAE_ADMIN_REQUESTS";

  /** What a monitoring system shows. */
  public static final String METRICS_AUTHORIZATION =
      "Monitoring only-for-tests-0123456789-abcdefghijkl";

  private static final Map<StackDatabase.Kind, Stack> RUNNING = new ConcurrentHashMap<>();
  private static final Map<StackDatabase.Kind, IllegalStateException> FAILED =
      new ConcurrentHashMap<>();
  private static @Nullable Shared shared;

  private final Shared sharedServices;
  private final StackDatabase database;
  private final PortalServer portal;
  private final VaultServerProcess vault;
  private final int portalPort;
  private final Map<String, String> portalEnvironment;

  /** What does not depend on the database. */
  private record Shared(
      Path folder, TestAuthority authority, KeycloakServer keycloak, Map<String, String> secrets) {}

  private Stack(
      Shared sharedServices,
      StackDatabase database,
      VaultServerProcess vault,
      PortalServer portal,
      int portalPort,
      Map<String, String> portalEnvironment) {
    this.sharedServices = sharedServices;
    this.database = database;
    this.vault = vault;
    this.portal = portal;
    this.portalPort = portalPort;
    this.portalEnvironment = Map.copyOf(portalEnvironment);
  }

  /** The running system on this kind of database. */
  public static Stack on(StackDatabase.Kind kind) {
    // The two start beside each other.
    synchronized (kind) {
      return startedOn(kind);
    }
  }

  private static Stack startedOn(StackDatabase.Kind kind) {
    // The second test need not wait for the same failure again.
    IllegalStateException failure = FAILED.get(kind);
    if (failure != null) {
      throw failure;
    }
    Stack running = RUNNING.get(kind);
    if (running == null) {
      try {
        running = start(kind);
      } catch (IOException | SQLException | IllegalStateException e) {
        failure = new IllegalStateException("The system under test did not start", e);
        FAILED.put(kind, failure);
        throw failure;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
      RUNNING.put(kind, running);
    }
    return running;
  }

  /** The systems that tests share. */
  static List<Stack> running() {
    return List.copyOf(RUNNING.values());
  }

  /** Whether one of them did not start. */
  static boolean hasFailed() {
    return !FAILED.isEmpty();
  }

  /** What these are made of. */
  static synchronized Set<AutoCloseable> sharedParts() {
    Set<AutoCloseable> all = new HashSet<>();
    Shared sharedServices = shared;
    if (sharedServices != null) {
      all.add(sharedServices.keycloak());
    }
    RUNNING.values().forEach(one -> all.addAll(Set.of(one.database, one.vault, one.portal)));
    return all;
  }

  /** Where people and devices reach the portal, without a slash at the end. */
  public URI portalUrl() {
    return URI.create(url(portalPort));
  }

  /** The realm's address. */
  public URI keycloakUrl() {
    return sharedServices.keycloak().realm();
  }

  public KeycloakServer keycloak() {
    return sharedServices.keycloak();
  }

  /** The authority that signed the portal's certificate, as PEM. */
  public Path caFile() {
    return sharedServices.authority().caFile();
  }

  /** The secret of the pages' client, for tests that sign in as the pages do. */
  public String portalClientSecret() {
    return sharedServices.secrets().getOrDefault("HIKAE_PORTAL_SECRET", "");
  }

  /** The secret of the service account that reads the directory. */
  public String directoryClientSecret() {
    return sharedServices.secrets().getOrDefault("HIKAE_DIRECTORY_SECRET", "");
  }

  public StackDatabase db() {
    return database;
  }

  public VaultServerProcess vault() {
    return vault;
  }

  /** The portal's own folder: configuration, logs, data. */
  public Path portalFolder() {
    return portal.folder();
  }

  public Path portalLog() {
    return portal.log();
  }

  /** The portal's process id, for heap dumps. */
  public long portalPid() {
    return portal.process().serverPid();
  }

  /** Ends the portal without warning. */
  public void killPortal() throws InterruptedException {
    portal.kill();
  }

  /** Ends the portal in order. */
  public void stopPortal() {
    portal.stop();
  }

  /** Starts the portal again, which was killed or stopped, on the same data. */
  public void startPortal() throws IOException, InterruptedException {
    portal.startAgain();
  }

  /** The settings of the portal's process, secrets included. */
  public Map<String, String> portalSettings() {
    return portalEnvironment;
  }

  /**
   * Ends all of a system that a test has for itself, its Keycloak included: what nobody needs any
   * more would go on beside the other tests until the run ends.
   */
  public void end() throws IOException {
    portal.close();
    vault.close();
    database.close();
    sharedServices.keycloak().close();
  }

  /**
   * Starts one more portal beside this one, with some settings of its own, waits until it has
   * refused to serve, and gives what it logged.
   */
  public String logOfRefusedPortal(Map<String, String> settings)
      throws IOException, InterruptedException {
    try (PortalServer refused = refused(settings)) {
      return Files.readString(refused.log());
    }
  }

  /** The same, which is left running without the application in it until it is closed. */
  public SecondPortal refusedPortal(Map<String, String> settings)
      throws IOException, InterruptedException {
    return refused(settings);
  }

  private PortalServer refused(Map<String, String> settings)
      throws IOException, InterruptedException {
    Map<String, String> env = new HashMap<>(portalEnvironment);
    env.putAll(settings);
    int port = Ports.free(1).get(0);
    // Two classes may have one at a time.
    Path folder = portal.folder().resolveSibling("refused-portal-" + port);
    PortalServer refused = PortalServer.refusing(folder, port, env);
    Cleanup.close(refused);
    return refused;
  }

  /** One more portal on the same database. */
  public interface SecondPortal extends AutoCloseable {

    /** Where devices reach it, without a slash at the end. */
    URI url();

    /** Ends it without warning. */
    void kill() throws InterruptedException;

    /** Starts it again on the same data, and waits until it is ready. */
    void startAgain() throws IOException, InterruptedException;

    /** What it has written. */
    Path log();

    @Override
    void close();
  }

  /**
   * Starts one more portal on the same database, with some settings of its own, such as for the
   * nightly work; nobody signs in there. Only for PostgreSQL: H2's file has one process.
   */
  public SecondPortal portalBeside(Map<String, String> settings)
      throws IOException, InterruptedException {
    Map<String, String> env = new HashMap<>(portalEnvironment);
    env.putAll(settings);
    int port = Ports.free(1).get(0);
    // Two classes may have one at a time.
    Path folder = portal.folder().resolveSibling("portal-beside-" + port);
    PortalServer beside = PortalServer.start(folder, port, env);
    Cleanup.close(beside);
    return beside;
  }

  /** A client that trusts {@link #caFile()} only and follows no redirect. */
  public HttpClient httpClient() {
    try {
      return sharedServices.authority().httpClient();
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * One more vault and portal on the running Keycloak, for a test that does to them and their
   * databases what others could not bear.
   *
   * @param name of their folder
   * @param database of the portal; the test runs its server
   * @param vaultSettings more settings of {@code scripts/run-vault}, such as its database
   */
  public static Stack beside(String name, StackDatabase database, Map<String, String> vaultSettings)
      throws IOException, InterruptedException {
    int portalPort = Ports.free(1).get(0);
    Shared sharedServices = commonFor(url(portalPort));
    Path folder = Files.createDirectories(sharedServices.folder().resolve(name));
    VaultServerProcess vault =
        VaultServerProcess.start(
            folder.resolve("vault"),
            sharedServices.keycloak().realm(),
            Optional.empty(),
            vaultSettings);
    Cleanup.close(vault);
    return assemble(sharedServices, folder, database, vault, portalPort, Map.of());
  }

  /**
   * A whole system of a test's own, its Keycloak included, for a test that does to Keycloak what
   * others could not bear.
   *
   * @param portalSettings more settings of the portal
   */
  public static Stack apart(
      String name, StackDatabase.Kind kind, Map<String, String> portalSettings)
      throws IOException, SQLException, InterruptedException {
    return apart(name, kind, Map.of(), portalSettings);
  }

  /**
   * The same.
   *
   * @param databaseSettings settings of PostgreSQL's server
   */
  public static Stack apart(
      String name,
      StackDatabase.Kind kind,
      Map<String, String> databaseSettings,
      Map<String, String> portalSettings)
      throws IOException, SQLException, InterruptedException {
    return apart(Ports.free(1).get(0), name, kind, databaseSettings, portalSettings);
  }

  private static Stack apart(
      int portalPort,
      String name,
      StackDatabase.Kind kind,
      Map<String, String> databaseSettings,
      Map<String, String> portalSettings)
      throws IOException, SQLException, InterruptedException {
    Shared own =
        startShared(BuildOutput.root().resolve("it/target/stack-" + name), url(portalPort));
    StackDatabase database =
        StackDatabase.start(kind, own.folder().resolve("database"), databaseSettings);
    Cleanup.close(database);
    VaultServerProcess vault =
        VaultServerProcess.start(
            own.folder().resolve("vault"), own.keycloak().realm(), Optional.empty());
    Cleanup.close(vault);
    return assemble(own, own.folder(), database, vault, portalPort, portalSettings);
  }

  /** The same, reached by a balancer's port instead of the portal's; the test starts that. */
  static Stack behind(int balancerPort, String name, Map<String, String> portalSettings)
      throws IOException, SQLException, InterruptedException {
    return apart(balancerPort, name, StackDatabase.Kind.POSTGRESQL, Map.of(), portalSettings);
  }

  /** Where the portal itself listens, if a balancer is before it. */
  URI portalServer() {
    return portal.url();
  }

  TestAuthority authority() {
    return sharedServices.authority();
  }

  private static Stack start(StackDatabase.Kind kind)
      throws IOException, SQLException, InterruptedException {
    int portalPort = Ports.free(1).get(0);
    Shared sharedServices = commonFor(url(portalPort));
    Path folder = sharedServices.folder().resolve(kind.name());
    Files.createDirectories(folder);
    StackDatabase database = StackDatabase.start(kind, folder.resolve("database"));
    Cleanup.close(database);
    VaultServerProcess vault =
        VaultServerProcess.start(
            folder.resolve("vault"), sharedServices.keycloak().realm(), link(kind, folder));
    Cleanup.close(vault);
    return assemble(sharedServices, folder, database, vault, portalPort, Map.of());
  }

  private static Stack assemble(
      Shared sharedServices,
      Path folder,
      StackDatabase database,
      VaultServerProcess vault,
      int portalPort,
      Map<String, String> portalSettings)
      throws IOException, InterruptedException {
    Map<String, String> env = new HashMap<>(sharedServices.secrets());
    env.putAll(database.environment());
    env.putAll(sharedServices.authority().serverEnvironment());
    env.putAll(vault.portalEnvironment());
    env.put("HIKAE_OIDC_PROVIDER_URL", sharedServices.keycloak().realm().toString());
    env.put("HIKAE_PORTAL_URL", url(portalPort) + "/");
    // Scrubbing begins when a test asks for it, and then does not hold back.
    env.put("HIKAE_SCRUB_MINUTES", "0");
    env.put("HIKAE_SCRUB_MEGABYTES", "0");
    // Not while this lasts, whenever it was begun; the first night comes at once.
    LocalTime far = LocalTime.now(ZoneOffset.UTC).plusHours(12).truncatedTo(ChronoUnit.MINUTES);
    env.put("HIKAE_NIGHTLY", far.toString());
    // All tests are one administrator; a measurement asks as often as it can.
    env.put(ADMIN_REQUESTS, System.getProperty(ADMIN_REQUESTS, "6000"));
    env.put("HIKAE_METRICS_TOKEN", METRICS_AUTHORIZATION.split(" ", 2)[1]);
    env.put("HIKAE_PACKAGES", packages(folder.resolve("packages")).toString());
    env.put("HIKAE_PACKAGES_KEY", AgentPackageFixture.KNOWN_KEY);
    env.put("HIKAE_CA_FILE", sharedServices.authority().caFile().toString());
    env.put("HIKAE_HELP_CONTACT", "help@example.com");
    env.putAll(portalSettings);
    int ownPort = env.containsKey("HIKAE_PROXY_PROTOCOL") ? Ports.free(1).get(0) : portalPort;
    PortalServer portal = PortalServer.start(folder.resolve("portal"), ownPort, env);
    Cleanup.close(portal);
    // It starts beside all of these, and takes as long.
    sharedServices.keycloak().admitPortal(url(portalPort));
    return new Stack(sharedServices, database, vault, portal, portalPort, env);
  }

  /** A folder with packages of the agent, and a file that is none. */
  private static Path packages(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (String architecture : List.of("amd64", "arm64")) {
      Files.write(
          folder.resolve("hikae_1.1.0_" + architecture + ".deb"),
          AgentPackageFixture.debian("1.1.0", architecture));
    }
    Files.write(
        folder.resolve("hikae-1.1.0-linux-amd64.tar.gz"), AgentPackageFixture.archive("1.1.0"));
    Files.writeString(folder.resolve("hikae_1.0.0_amd64.deb"), "<b>no package</b>");
    AgentPackageFixture.writeSums(folder);
    AgentPackageFixture.sign(folder);
    return folder.toAbsolutePath();
  }

  /** Each way between portal and vault is used by one of the two systems. */
  private static Optional<VaultTlsFiles> link(StackDatabase.Kind kind, Path folder)
      throws IOException, InterruptedException {
    return kind == StackDatabase.Kind.POSTGRESQL
        ? Optional.of(VaultTlsFiles.make(folder.resolve("vault-link")))
        : Optional.empty();
  }

  private static synchronized Shared commonFor(String portalUrl)
      throws IOException, InterruptedException {
    Shared sharedServices = shared;
    if (sharedServices == null) {
      String folder = System.getProperty("hikae.stack.folder", "it/target/stack");
      sharedServices = startShared(BuildOutput.root().resolve(folder), portalUrl);
      shared = sharedServices;
    }
    return sharedServices;
  }

  private static Shared startShared(Path folder, String portalUrl)
      throws IOException, InterruptedException {
    forget(folder);
    Files.createDirectories(folder);
    Map<String, String> secrets =
        Map.of(
            "HIKAE_PORTAL_SECRET", "portal-secret-of-the-test",
            "HIKAE_DIRECTORY_SECRET", "directory-secret-of-the-test",
            "HIKAE_SESSIONS_SECRET", "sessions-secret-of-the-test");
    TestAuthority authority = TestAuthority.make(folder.resolve("tls"));
    KeycloakServer keycloak =
        KeycloakServer.start(folder.resolve("keycloak"), secrets, authority.caFile(), portalUrl);
    Cleanup.close(keycloak);
    return new Shared(folder, authority, keycloak, secrets);
  }

  static String url(int port) {
    return "https://localhost:" + port;
  }

  private static void forget(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e)
              throws IOException {
            if (e != null) {
              throw e;
            }
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
