package org.hikae.it.stack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hikae.testing.BuildOutput;

/** The provisioned WildFly with the EAR that ships. */
final class PortalServer implements Stack.SecondPortal {

  private static final Duration START_LIMIT = Duration.ofMinutes(4);

  private final int port;
  private final int managementPort;
  private final Path folder;
  private final Map<String, String> environment;
  private final HttpClient http = HttpClient.newHttpClient();
  private ManagedProcess process;

  private PortalServer(int port, int managementPort, Path folder, Map<String, String> environment)
      throws IOException {
    this.port = port;
    this.managementPort = managementPort;
    this.folder = folder;
    this.environment = environment;
    this.process = launch();
  }

  static PortalServer start(Path folder, int port, Map<String, String> environment)
      throws IOException, InterruptedException {
    int managementPort = Ports.free(1).get(0);
    PortalServer portal = new PortalServer(port, managementPort, folder, environment);
    portal.awaitReady();
    return portal;
  }

  /** Starts a server whose deployment must fail, and waits until it has. */
  static PortalServer refusing(Path folder, int port, Map<String, String> environment)
      throws IOException, InterruptedException {
    int managementPort = Ports.free(1).get(0);
    Path failed = folder.resolve("deployments/hikae.ear.failed");
    // What an earlier refusal has left would be taken for this one's.
    Files.deleteIfExists(failed);
    Files.deleteIfExists(log(folder));
    PortalServer portal = new PortalServer(port, managementPort, folder, environment);
    try {
      portal.process.await(START_LIMIT, () -> Files.exists(failed));
    } catch (InterruptedException | RuntimeException e) {
      portal.close();
      throw e;
    }
    return portal;
  }

  @Override
  public URI url() {
    return URI.create(Stack.url(port));
  }

  /** Ends the server without warning. */
  @Override
  public void kill() throws InterruptedException {
    process.kill();
  }

  /** Ends the server in order. */
  void stop() {
    process.close();
  }

  /** Starts it again on the same data. */
  @Override
  public void startAgain() throws IOException, InterruptedException {
    process = launch();
    awaitReady();
  }

  Path folder() {
    return folder;
  }

  @Override
  public Path log() {
    return process.log();
  }

  ManagedProcess process() {
    return process;
  }

  @Override
  public void close() {
    process.close();
  }

  private ManagedProcess launch() throws IOException {
    Map<String, String> env = new HashMap<>(environment);
    env.put("JAVA_HOME", System.getProperty("java.home"));
    env.put("HIKAE_PORTAL_PORT", String.valueOf(port));
    env.put("HIKAE_PORTAL_MANAGEMENT_PORT", String.valueOf(managementPort));
    return ManagedProcess.start(
        "WildFly",
        log(folder),
        env,
        List.of("bash", BuildOutput.script("run-portal").toString(), folder.toString()));
  }

  private static Path log(Path folder) {
    return folder.resolveSibling(folder.getFileName() + ".log");
  }

  private void awaitReady() throws InterruptedException {
    // The management port answers 503 until the deployment is up, and for good when it failed.
    URI ready = URI.create("http://127.0.0.1:" + managementPort + "/health/ready");
    process.await(
        START_LIMIT,
        () -> {
          HttpRequest request =
              HttpRequest.newBuilder(ready).timeout(Duration.ofSeconds(5)).GET().build();
          return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        });
  }
}
