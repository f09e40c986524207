package org.hikae.it.stack;

import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.hikae.testing.BuildOutput;

/** HAProxy in front of two portals, with the configuration that the guide has. */
public final class Balancer implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofMinutes(1);
  private static final int STATE = 17;
  private static final int REQUESTS = 7;

  private final Path socket;
  private final ManagedProcess process;

  private Balancer(Path socket, ManagedProcess process) {
    this.socket = socket;
    this.process = process;
  }

  /**
   * Starts it and waits until both portals serve.
   *
   * @param folder for its files; its path is short enough for a socket
   */
  static Balancer start(Path folder, int port, List<URI> portals, TestAuthority authority)
      throws IOException, InterruptedException {
    Path own = Files.createDirectories(folder);
    Path certificate = own.resolve("localhost.pem");
    Files.writeString(certificate, authority.serverPem());
    Path socket = own.resolve("admin.sock");
    Path configuration = own.resolve("haproxy.cfg");
    Files.writeString(
        configuration,
        Files.readString(BuildOutput.root().resolve("docs/admin/haproxy.cfg"))
            .replace("EXAMPLE_SOCKET", socket.toString())
            .replace("EXAMPLE_ADDRESS", "127.0.0.1:" + port)
            .replace("EXAMPLE_CERTIFICATE", certificate.toString())
            .replace("EXAMPLE_AUTHORITY", authority.caFile().toAbsolutePath().toString())
            .replace("EXAMPLE_HOST", "localhost")
            .replace("EXAMPLE_PORTAL_1", address(portals.get(0)))
            .replace("EXAMPLE_PORTAL_2", address(portals.get(1))));
    ManagedProcess process =
        ManagedProcess.start(
            "HAProxy",
            own.resolve("haproxy.log"),
            Map.of(),
            List.of("/usr/sbin/haproxy", "-db", "-f", configuration.toString()));
    Balancer balancer = new Balancer(socket, process);
    Cleanup.close(balancer);
    balancer.awaitServing(1);
    balancer.awaitServing(2);
    return balancer;
  }

  private static String address(URI portal) {
    return "127.0.0.1:" + portal.getPort();
  }

  /** Waits until it sends requests to a portal, which is 1 or 2. */
  public void awaitServing(int portal) throws InterruptedException {
    process.await(START_LIMIT, () -> state(portal).equals("UP"));
  }

  /** Waits until it sends none to a portal any more. */
  public void awaitAway(int portal) throws InterruptedException {
    process.await(START_LIMIT, () -> !state(portal).startsWith("UP"));
  }

  /** Sends no new request to a portal, whatever that says; those in progress end in peace. */
  public void exclude(int portal) throws IOException {
    command("set server portals/portal" + portal + " state maint");
  }

  /** Sends requests to a portal again. */
  public void admit(int portal) throws IOException {
    command("set server portals/portal" + portal + " state ready");
  }

  /** Requests that it has sent to a portal. */
  public long requests(int portal) throws IOException {
    return Long.parseLong(column(portal, REQUESTS));
  }

  private String state(int portal) throws IOException {
    return column(portal, STATE);
  }

  private String column(int portal, int column) throws IOException {
    return command("show stat")
        .lines()
        .map(line -> line.split(",", -1))
        .filter(line -> line[0].equals("portals") && line[1].equals("portal" + portal))
        .map(line -> line[column])
        .findFirst()
        .orElseThrow(() -> new IOException("HAProxy knows no portal" + portal));
  }

  private String command(String text) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket));
      channel.write(ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.UTF_8)));
      channel.shutdownOutput();
      try (InputStream in = Channels.newInputStream(channel)) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
