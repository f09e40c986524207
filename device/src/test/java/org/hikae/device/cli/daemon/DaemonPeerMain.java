package org.hikae.device.cli.daemon;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.Map;
import org.hikae.device.daemon.DaemonEndpoint;
import org.hikae.device.daemon.DaemonGreeting;

/**
 * Says of a socket, in a process of its own, whether what listens there greets it, and whether a
 * command of this user would go there.
 */
final class DaemonPeerMain {

  private DaemonPeerMain() {}

  /** Takes the path of the socket. */
  public static void main(String[] arguments) throws IOException {
    boolean greeted;
    try (SocketChannel agent = SocketChannel.open(UnixDomainSocketAddress.of(arguments[0]))) {
      greeted = isGreeted(agent);
    }
    boolean trusted =
        DaemonEndpoint.of(Map.of("HIKAE_SOCKET", arguments[0]))
            .flatMap(DaemonEndpoint::connect)
            .isPresent();
    System.out.println("greeted " + greeted + ", trusted " + trusted);
  }

  private static boolean isGreeted(SocketChannel agent) {
    try {
      DaemonGreeting.write(Channels.newOutputStream(agent), DaemonGreeting.ofThisBuild());
      return !DaemonGreeting.read(Channels.newInputStream(agent)).isEmpty();
    } catch (IOException e) {
      return false;
    }
  }
}
