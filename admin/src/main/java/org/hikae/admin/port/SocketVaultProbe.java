package org.hikae.admin.port;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import javax.net.ssl.SSLSocket;
import org.hikae.hk1.MalformedException;
import org.hikae.vault.wire.MutualTls;
import org.hikae.vault.wire.VaultFrame;

/** The vault's real sockets (HK1-V-13, HK1-V-23), one connection for each question. */
public final class SocketVaultProbe {

  private static final int TIMEOUT_MILLIS = 10_000;
  private static final byte[] NOTHING = new byte[0];

  private SocketVaultProbe() {}

  /** A vault on this host. A socket that never answers is left to how long the doctor waits. */
  public static VaultProbe unix(Path socket) {
    return kind -> {
      try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
        channel.connect(UnixDomainSocketAddress.of(socket));
        return exchange(kind, Channels.newInputStream(channel), Channels.newOutputStream(channel));
      }
    };
  }

  /** A vault on another host, over mutual TLS. */
  public static VaultProbe tls(String host, int port, PortalKeys keys) {
    return kind -> {
      try (Socket plain = new Socket()) {
        plain.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
        plain.setSoTimeout(TIMEOUT_MILLIS);
        SSLSocket tls =
            (SSLSocket)
                MutualTls.context(
                        keys.keyStore(), keys.password().toCharArray(), keys.certificates())
                    .getSocketFactory()
                    .createSocket(plain, host, port, true);
        tls.setEnabledProtocols(new String[] {MutualTls.PROTOCOL});
        return exchange(kind, tls.getInputStream(), tls.getOutputStream());
      }
    };
  }

  /**
   * What proves the portal to the vault and the vault to the portal.
   *
   * @param keyStore PKCS#12 with the portal's key
   * @param password of it
   * @param certificates the vault's (PEM)
   */
  public record PortalKeys(Path keyStore, String password, Path certificates) {
    @Override
    public String toString() {
      return "PortalKeys(" + keyStore + ")";
    }
  }

  private static byte[] exchange(VaultFrame.Kind kind, InputStream in, OutputStream out)
      throws IOException {
    try {
      out.write(new VaultFrame(kind, NOTHING).encode());
      out.flush();
      VaultFrame answer = VaultFrame.read(in);
      if (answer.kind() != kind) {
        throw new IOException("it answered something else");
      }
      return answer.body();
    } catch (MalformedException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
