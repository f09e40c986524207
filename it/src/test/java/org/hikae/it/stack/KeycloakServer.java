package org.hikae.it.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hikae.testing.BuildOutput;

/**
 * A real Keycloak with the shipped realm and the demo people, on a database of its own. Tests
 * change people through its admin API, as an administrator would.
 */
public final class KeycloakServer implements AutoCloseable {

  /** The password of every demo person in this run. */
  public static final String DEMO_PASSWORD = "Only-For-Tests-42";

  private static final String ADMIN = "stack-admin";
  private static final String ADMIN_PASSWORD = "stack-admin-password";

  /** Well below the minute that it lives. */
  private static final long FRESH_NANOS = 20_000_000_000L;

  private static final Duration START_LIMIT = Duration.ofMinutes(6);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final int port;
  private final Path folder;
  private final Map<String, String> environment;
  private final HttpClient http = HttpClient.newHttpClient();
  private volatile ManagedProcess process;
  private volatile AdminToken adminToken = new AdminToken("", 0);

  private record AdminToken(String text, long takenAt) {}

  private KeycloakServer(int port, Path folder, Map<String, String> environment)
      throws IOException {
    this.port = port;
    this.folder = folder;
    this.environment = environment;
    this.process = launch();
  }

  private ManagedProcess launch() throws IOException {
    return ManagedProcess.start(
        "Keycloak",
        folder.resolveSibling("keycloak.log"),
        environment,
        List.of("bash", BuildOutput.script("run-keycloak").toString(), folder.toString()));
  }

  /** Starts it and does not wait: {@link #admitPortal} does. */
  static KeycloakServer start(
      Path folder, Map<String, String> secrets, Path caFile, String portalUrl)
      throws IOException, InterruptedException {
    List<Integer> ports = Ports.free(2);
    Map<String, String> env = new HashMap<>(secrets);
    env.put("JAVA_HOME", System.getProperty("java.home"));
    env.put("HIKAE_KEYCLOAK_PORT", String.valueOf(ports.get(0)));
    env.put("HIKAE_KEYCLOAK_MANAGEMENT_PORT", String.valueOf(ports.get(1)));
    env.put("HIKAE_PORTAL_URL", portalUrl);
    env.put("HIKAE_CA_FILE", caFile.toString());
    env.put("HIKAE_DEMO_PASSWORD", DEMO_PASSWORD);
    // People of tests have passwords that nobody guesses, and sign in by the hundred: hashing them
    // as for real is half of what Keycloak computes.
    env.put("KC_SPI_PASSWORD_HASHING__ARGON2__ITERATIONS", "1");
    env.put("KC_SPI_PASSWORD_HASHING__ARGON2__MEMORY", "64");
    env.put("KC_BOOTSTRAP_ADMIN_USERNAME", ADMIN);
    env.put("KC_BOOTSTRAP_ADMIN_PASSWORD", ADMIN_PASSWORD);
    return new KeycloakServer(ports.get(0), folder, env);
  }

  /** Ends it without warning. */
  public void kill() throws InterruptedException {
    process.kill();
  }

  /** Starts it again on the same data, after it was killed, and waits until it answers. */
  public void restart() throws IOException, InterruptedException {
    adminToken = new AdminToken("", 0);
    process = launch();
    process.await(START_LIMIT, this::isReady);
  }

  /** The realm's address, without a slash at the end. */
  public URI realm() {
    return URI.create("http://localhost:" + port + "/realms/hikae");
  }

  /** Keycloak's own database and caches. */
  public Path dataFolder() {
    return folder.resolve("data");
  }

  public Path log() {
    return process.log();
  }

  /** Its process id, for measuring. */
  public long pid() {
    return process.serverPid();
  }

  /** Writes the administrator of the realm master down, as {@code hikae-admin doctor} reads it. */
  public Path administratorFile(Path file) throws IOException {
    Files.writeString(file, ADMIN + "\n" + ADMIN_PASSWORD + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file;
  }

  /** Has the end of sessions told to this portal, of those that may share it. */
  public synchronized void tellEndsTo(String portalUrl) throws IOException, InterruptedException {
    JsonNode client = admin("GET", "/clients?clientId=hikae-portal", Map.of()).get(0);
    ((com.fasterxml.jackson.databind.node.ObjectNode) client.get("attributes"))
        .put("backchannel.logout.url", portalUrl + "/sign-out/keycloak");
    admin("PUT", "/clients/" + client.get("id").asText(), client);
  }

  /** Calls the admin API of the realm; the path starts with a slash. */
  public JsonNode admin(String method, String path, Object body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://localhost:" + port + "/admin/realms/hikae" + path))
            .header("Authorization", "Bearer " + adminToken())
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
            .build();
    HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
    if (response.statusCode() >= 300) {
      throw new IOException(
          method
              + " "
              + path
              + ": "
              + response.statusCode()
              + " "
              + new String(response.body(), StandardCharsets.UTF_8));
    }
    return response.body().length == 0 ? JSON.missingNode() : JSON.readTree(response.body());
  }

  /** Waits until it answers, and lets the pages of this portal sign people in. */
  synchronized void admitPortal(String portalUrl) throws IOException, InterruptedException {
    process.await(START_LIMIT, this::isReady);
    JsonNode client = admin("GET", "/clients?clientId=hikae-portal", Map.of()).get(0);
    var changed = (com.fasterxml.jackson.databind.node.ObjectNode) client;
    var uris = (com.fasterxml.jackson.databind.node.ArrayNode) changed.get("redirectUris");
    for (JsonNode known : uris) {
      if (known.asText().equals(portalUrl + "/*")) {
        return;
      }
    }
    uris.add(portalUrl + "/*");
    var attributes = (com.fasterxml.jackson.databind.node.ObjectNode) changed.get("attributes");
    attributes.put("post.logout.redirect.uris", "+");
    admin("PUT", "/clients/" + client.get("id").asText(), changed);
  }

  @Override
  public void close() {
    process.close();
  }

  private boolean isReady() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(realm()).timeout(Duration.ofSeconds(5)).GET().build();
    return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
  }

  /** An access token of another realm of the same Keycloak, signed by that realm's key. */
  public String tokenOfAnotherRealm() throws IOException, InterruptedException {
    return adminToken();
  }

  private String adminToken() throws IOException, InterruptedException {
    AdminToken known = adminToken;
    if (known.text().isEmpty() || System.nanoTime() - known.takenAt() > FRESH_NANOS) {
      known = new AdminToken(freshAdminToken(), System.nanoTime());
      adminToken = known;
    }
    return known.text();
  }

  private String freshAdminToken() throws IOException, InterruptedException {
    String form =
        "grant_type=password&client_id=admin-cli&username=" + ADMIN + "&password=" + ADMIN_PASSWORD;
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://localhost:" + port + "/realms/master/protocol/openid-connect/token"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build();
    HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new IOException("No admin token: " + response.statusCode());
    }
    return JSON.readTree(response.body()).get("access_token").asText();
  }
}
