package org.hikae.vault.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.hikae.testing.EveryThirdRun;
import org.hikae.vault.wire.MutualTls;
import org.hikae.vault.wire.VaultFrame;
import org.hikae.vault.wire.VaultFrame.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A portal on another host, others who would like to be it, and what it may not do. */
@DisplayName("HK1-V-23: mutual TLS")
@Timeout(300)
class TlsListenerTest {

  private static final VaultServer.Timeouts SHORT =
      new VaultServer.Timeouts(Duration.ofMinutes(10), Duration.ofMillis(400));

  /** Ends only what hangs; a machine that does much else takes its time. */
  private static final int SO_TIMEOUT_MILLIS = 120_000;

  private static KeyPairFiles vaultKeys;
  private static KeyPairFiles portal;
  private static KeyPairFiles stranger;
  private static KeyPairFiles expired;

  private TokenRefusingVault idle;
  private TlsListener tlsListener;
  private VaultServer server;

  @BeforeAll
  static void certificates(@TempDir Path folder) throws Exception {
    vaultKeys = KeyPairFiles.make(folder, "vault", "-validity", "30");
    portal = KeyPairFiles.make(folder, "portal", "-validity", "30");
    stranger = KeyPairFiles.make(folder, "stranger", "-validity", "30");
    expired = KeyPairFiles.make(folder, "expired", "-startdate", "-9d", "-validity", "2");
  }

  @BeforeEach
  void open(@TempDir Path folder) throws Exception {
    idle = new TokenRefusingVault();
    serve(folder, VaultServer.Timeouts.STANDARD);
  }

  private void serve(Path folder, VaultServer.Timeouts timeouts) throws Exception {
    Path listed = KeyPairFiles.together(folder.resolve("portals.pem"), portal, expired);
    tlsListener =
        TlsListener.open(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            vaultKeys.trusting(listed),
            8);
    UnixSocketListener local =
        UnixSocketListener.open(folder.resolve("v.sock"), OptionalInt.empty(), 8);
    server = VaultServer.start(idle.vault, idle.operator, List.of(tlsListener, local), timeouts);
  }

  @AfterEach
  void close() {
    server.close();
    idle.store.close();
  }

  private SSLSocket connect(SSLContext context) throws IOException {
    SSLSocket socket =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), tlsListener.port());
    socket.setSoTimeout(SO_TIMEOUT_MILLIS);
    return socket;
  }

  private byte[] ask(SSLContext context, VaultFrame frame) throws Exception {
    try (SSLSocket socket = connect(context)) {
      socket.getOutputStream().write(frame.encode());
      return VaultFrame.read(socket.getInputStream()).body();
    }
  }

  private static VaultFrame health() {
    return new VaultFrame(Kind.HEALTH, new byte[0]);
  }

  @EveryThirdRun
  @Test
  void the_listed_portal_is_served_frames_of_every_size() throws Exception {
    SSLContext context = portal.trusting(vaultKeys.certificate());
    assertThat(ask(context, health())).containsExactly(1);
    VaultFrame largest = new VaultFrame(Kind.MESSAGE, new byte[VaultFrame.MAX_BODY_BYTES]);
    assertThat(ask(context, largest)).isNotEmpty();
    try (SSLSocket socket = connect(context)) {
      socket.startHandshake();
      assertThat(socket.getSession().getProtocol()).isEqualTo(MutualTls.PROTOCOL);
    }
  }

  @Test
  void nobody_else_is() {
    assertThatThrownBy(() -> ask(stranger.trusting(vaultKeys.certificate()), health()))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> ask(expired.trusting(vaultKeys.certificate()), health()))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> ask(nobodyTrusting(vaultKeys.certificate()), health()))
        .isInstanceOf(IOException.class);
  }

  /** A client without a certificate of its own. */
  private static SSLContext nobodyTrusting(Path peers) throws Exception {
    return KeyPairFiles.anonymous(peers);
  }

  @EveryThirdRun
  @Test
  void the_portal_speaks_to_no_other_vault() {
    assertThatThrownBy(() -> ask(portal.trusting(stranger.certificate()), health()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not a listed one");
  }

  @EveryThirdRun
  @Test
  void operators_orders_are_not_taken_from_another_host() {
    assertThatThrownBy(
            () ->
                ask(
                    portal.trusting(vaultKeys.certificate()),
                    new VaultFrame(Kind.OPERATOR, new byte[1])))
        .isInstanceOf(IOException.class);
  }

  @EveryThirdRun
  @Test
  void who_does_not_shake_hands_is_cut_off(@TempDir Path other) throws Exception {
    server.close();
    serve(other, SHORT);
    try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), tlsListener.port());
        InputStream in = plain.getInputStream()) {
      plain.setSoTimeout(SO_TIMEOUT_MILLIS);
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @EveryThirdRun
  @Test
  void files_that_cannot_be_used_are_named(@TempDir Path folder) {
    assertThatThrownBy(() -> portal.trusting(folder.resolve("none.pem")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("none.pem");
    assertThatThrownBy(() -> MutualTls.context(portal.keyStore(), "wrong".toCharArray(), folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("portal.p12");
    Path none = folder.resolve("empty.pem");
    assertThatThrownBy(() -> portal.trusting(KeyPairFiles.together(none)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no certificate");
  }
}
