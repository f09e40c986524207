package org.hikae.it.stack;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A system of a test's own with two portals behind HAProxy, set up as the guide tells it: each with
 * the sessions of the other.
 */
public final class SeveralPortals implements AutoCloseable {

  private static final String PASSWORD = "cluster-of-the-test";

  private final Stack stack;
  private final Stack.SecondPortal second;
  private final Balancer balancer;

  private SeveralPortals(Stack stack, Stack.SecondPortal second, Balancer balancer) {
    this.stack = stack;
    this.second = second;
    this.balancer = balancer;
  }

  /** Starts them. */
  public static SeveralPortals start()
      throws IOException, SQLException, InterruptedException {
    List<Integer> ports = Ports.free(3);
    Path keys = Files.createTempDirectory("hikae-several").resolve("portals.p12");
    makeKey(keys);
    Stack stack =
        Stack.behind(ports.get(0), "several", settings(keys, "first", ports.get(1), ports.get(2)));
    Stack.SecondPortal second =
        stack.portalBeside(settings(keys, "second", ports.get(2), ports.get(1)));
    Path folder = Files.createTempDirectory("hikae-haproxy");
    Balancer balancer =
        Balancer.start(
            folder, ports.get(0), List.of(stack.portalServer(), second.url()), stack.authority());
    return new SeveralPortals(stack, second, balancer);
  }

  private static Map<String, String> settings(Path keys, String node, int own, int other) {
    Map<String, String> settings = new HashMap<>();
    settings.put("HIKAE_NODE_ID", node);
    settings.put("HIKAE_PROXY_PROTOCOL", "true");
    settings.put("HIKAE_CLUSTER_ADDRESS", "127.0.0.1");
    settings.put("HIKAE_CLUSTER_PORT", String.valueOf(own));
    settings.put("HIKAE_CLUSTER_PEER_1", "127.0.0.1");
    settings.put("HIKAE_CLUSTER_PEER_1_PORT", String.valueOf(other));
    settings.put("HIKAE_CLUSTER_KEYSTORE", keys.toString());
    settings.put("HIKAE_CLUSTER_KEYSTORE_PASSWORD", PASSWORD);
    return settings;
  }

  /** As the guide makes it. */
  private static void makeKey(Path file) throws IOException, InterruptedException {
    try (ManagedProcess making =
        ManagedProcess.start(
            "keytool",
            file.resolveSibling("keytool.log"),
            Map.of(),
            List.of(
                Path.of(System.getProperty("java.home"), "bin/keytool").toString(),
                "-genkeypair",
                "-alias",
                "portals",
                "-keyalg",
                "EC",
                "-validity",
                "3650",
                "-dname",
                "CN=portals",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD))) {
      making.await(Duration.ofMinutes(1), () -> Files.isRegularFile(file));
    }
  }

  /** The whole, by way of HAProxy. */
  public Stack stack() {
    return stack;
  }

  /** HAProxy. */
  public Balancer balancer() {
    return balancer;
  }

  /** Ends a portal without warning, which is 1 or 2. */
  public void kill(int portal) throws InterruptedException {
    if (portal == 1) {
      stack.killPortal();
    } else {
      second.kill();
    }
  }

  /** Ends a portal in order. */
  public void stop(int portal) {
    if (portal == 1) {
      stack.stopPortal();
    } else {
      second.close();
    }
  }

  /** Starts a portal that was ended, and waits until it is sent requests. */
  public void startAgain(int portal) throws IOException, InterruptedException {
    if (portal == 1) {
      stack.startPortal();
    } else {
      second.startAgain();
    }
    balancer.awaitServing(portal);
  }

  /** What a portal has logged. */
  public String log(int portal) throws IOException {
    return Files.readString(portal == 1 ? stack.portalLog() : second.log());
  }

  /** Where a portal itself listens. */
  public URI url(int portal) {
    return portal == 1 ? stack.portalServer() : second.url();
  }

  @Override
  public void close() throws IOException {
    balancer.close();
    second.close();
    stack.end();
  }
}
