package org.hikae.it.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * A system of a test's own with two portals behind HAProxy, set up as the guide tells it: each with
 * the sessions of the other.
 */
public final class SeveralPortals implements AutoCloseable {

  private static final String PASSWORD = "cluster-of-the-test";

  /** A portal closes a connection itself on which nothing is said for two seconds. */
  private static final int SILENCE_MILLIS = 1000;

  private final Stack stack;
  private final Stack.SecondPortal second;
  private final Balancer balancer;
  private final Path keys;
  private final int clusterPort;

  private SeveralPortals(
      Stack stack, Stack.SecondPortal second, Balancer balancer, Path keys, int clusterPort) {
    this.stack = stack;
    this.second = second;
    this.balancer = balancer;
    this.keys = keys;
    this.clusterPort = clusterPort;
  }

  /** Starts them. */
  public static SeveralPortals start() throws IOException, SQLException, InterruptedException {
    List<Integer> ports = Ports.free(3);
    Path keys = Files.createTempDirectory("hikae-several").resolve("portals.p12");
    makeKey(keys);
    Stack stack =
        Stack.behind(ports.get(0), "several", settings(keys, 1, ports.get(1), ports.get(2)));
    Stack.SecondPortal second = stack.portalBeside(settings(keys, 2, ports.get(2), ports.get(1)));
    Path folder = Files.createTempDirectory("hikae-haproxy");
    Balancer balancer =
        Balancer.start(
            folder, ports.get(0), List.of(stack.portalServer(), second.url()), stack.authority());
    return new SeveralPortals(stack, second, balancer, keys, ports.get(1));
  }

  private static Map<String, String> settings(Path keys, int portal, int own, int other) {
    Map<String, String> settings = new HashMap<>();
    settings.put("HIKAE_NODE_ID", "portal" + portal);
    settings.put("HIKAE_PROXY_PROTOCOL", "true");
    settings.put("HIKAE_DRAIN_FILE", drainFile(keys, portal).toString());
    settings.put("HIKAE_CLUSTER_ADDRESS", "127.0.0.1");
    settings.put("HIKAE_CLUSTER_PORT", String.valueOf(own));
    settings.put("HIKAE_CLUSTER_PEER_1", "127.0.0.1");
    settings.put("HIKAE_CLUSTER_PEER_1_PORT", String.valueOf(other));
    settings.put("HIKAE_CLUSTER_KEYSTORE", keys.toString());
    settings.put("HIKAE_CLUSTER_KEYSTORE_PASSWORD", PASSWORD);
    return settings;
  }

  private static Path drainFile(Path keys, int portal) {
    return keys.resolveSibling("draining" + portal);
  }

  /** As the guide makes it. */
  public static void makeKey(Path file) throws IOException, InterruptedException {
    Path keytool = Path.of(System.getProperty("java.home"), "bin/keytool");
    String line =
        keytool
            + " -genkeypair -alias portals -keyalg EC -validity 3650 -dname CN=portals"
            + " -storetype PKCS12 -storepass "
            + PASSWORD
            + " -keystore "
            + file;
    Process making = new ProcessBuilder(line.split(" ")).inheritIO().start();
    if (making.waitFor() != 0) {
      throw new IOException("keytool ended with " + making.exitValue());
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

  /** Lets a portal say that it is about to stop. */
  public void drain(int portal) throws IOException {
    Files.createFile(drainFile(keys, portal));
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
    Files.deleteIfExists(drainFile(keys, portal));
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

  /** The key that portals know each other by. */
  public Path keys() {
    return keys;
  }

  /** Whether the first portal waits for what somebody says who shows the key of this file. */
  public boolean listensTo(Path shown) throws IOException, GeneralSecurityException {
    char[] password = PASSWORD.toCharArray();
    KeyManagerFactory key = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    key.init(KeyStore.getInstance(shown.toFile(), password), password);
    TrustManagerFactory trusted =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(KeyStore.getInstance(keys.toFile(), password));
    SSLContext context = SSLContext.getInstance("TLSv1.3");
    context.init(key.getKeyManagers(), trusted.getTrustManagers(), null);
    try (SSLSocket socket =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), clusterPort)) {
      socket.startHandshake();
      socket.setSoTimeout(SILENCE_MILLIS);
      var _ = socket.getInputStream().read();
      return false;
    } catch (SocketTimeoutException e) {
      return true;
    } catch (SSLException | SocketException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    balancer.close();
    second.close();
    stack.end();
  }
}
