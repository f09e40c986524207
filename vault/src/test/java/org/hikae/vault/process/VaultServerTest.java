package org.hikae.vault.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hikae.vault.wire.AuditHead;
import org.hikae.vault.wire.AuditHeadAnswer;
import org.hikae.vault.wire.VaultFrame;
import org.hikae.vault.wire.VaultFrame.Kind;
import org.hikae.vault.wire.VaultReply.Outer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Frames, limits and time-outs on a real socket. */
@DisplayName("HK1-V-13: the socket")
@Timeout(300)
class VaultServerTest {

  private static final byte[] NOTHING = new byte[0];

  /** Longer than any test waits: what is short is only what a test is about. */
  private static final Duration LONG = Duration.ofMinutes(10);

  private static final Duration SHORT = Duration.ofMillis(400);

  @TempDir private Path directory;
  private TokenRefusingVault idle;
  private VaultServer server;
  private Path socket;

  @BeforeEach
  void open() throws Exception {
    idle = new TokenRefusingVault();
    socket = directory.resolve("vault.sock");
  }

  @AfterEach
  void close() {
    if (server != null) {
      server.close();
    }
    idle.store.close();
  }

  private void start(VaultServer.Timeouts timeouts) throws IOException {
    VaultListener vaultListener =
        UnixSocketListener.open(socket, OptionalInt.of(12345), VaultServer.MAX_CONNECTIONS);
    server = VaultServer.start(idle.vault, idle.operator, List.of(vaultListener), timeouts);
  }

  private SocketChannel connect() throws IOException {
    return SocketChannel.open(UnixDomainSocketAddress.of(socket));
  }

  private static void write(SocketChannel channel, byte[] bytes) throws IOException {
    ByteBuffer out = ByteBuffer.wrap(bytes);
    while (out.hasRemaining()) {
      channel.write(out);
    }
  }

  private static void assertClosed(SocketChannel channel) throws IOException {
    try (InputStream in = Channels.newInputStream(channel)) {
      assertThat(in.read()).isEqualTo(-1);
    } catch (IOException reset) {
      assertThat(reset).hasMessageContaining("reset");
    }
  }

  @Test
  void one_connection_serves_many_frames_of_every_kind() throws Exception {
    start(VaultServer.Timeouts.STANDARD);
    try (VaultSocketClient client = new VaultSocketClient(socket)) {
      for (int i = 0; i < 3; i++) {
        assertThat(client.ask(Kind.HEALTH, NOTHING)).containsExactly(1);
        assertThat(client.ask(Kind.CARD, NOTHING)).isEqualTo(idle.vault.signedCard().encode());
        assertThat(Outer.parse(client.ask(Kind.MESSAGE, new byte[7])).sealedReply()).isFalse();
        byte[] audit = client.ask(Kind.AUDIT, AuditHead.NEWEST.encode());
        assertThat(AuditHeadAnswer.parse(audit).outcome())
            .isEqualTo(AuditHeadAnswer.HeadOutcome.NONE);
      }
    }
  }

  @Test
  void a_vault_whose_store_is_closed_says_that_it_cannot_serve() throws Exception {
    start(VaultServer.Timeouts.STANDARD);
    idle.store.close();
    try (VaultSocketClient client = new VaultSocketClient(socket)) {
      assertThat(client.ask(Kind.HEALTH, NOTHING)).containsExactly(0);
    }
  }

  @Test
  void malformed_frames_end_the_connection() throws Exception {
    start(VaultServer.Timeouts.STANDARD);
    byte[][] bad = {
      {0, 0, 0, 0, 3},
      {-1, -1, -1, -1, 3},
      ByteBuffer.allocate(5).putInt(VaultFrame.MAX_BODY_BYTES + 2).put((byte) 1).array(),
      {0, 0, 0, 1, 9},
      {0, 0, 0, 1, 0},
    };
    for (byte[] frame : bad) {
      try (SocketChannel channel = connect()) {
        write(channel, frame);
        assertClosed(channel);
      }
    }
  }

  @Test
  void the_largest_frame_is_served() throws Exception {
    start(VaultServer.Timeouts.STANDARD);
    try (VaultSocketClient client = new VaultSocketClient(socket)) {
      byte[] answer = client.ask(Kind.MESSAGE, new byte[VaultFrame.MAX_BODY_BYTES]);
      assertThat(Outer.parse(answer).sealedReply()).isFalse();
    }
  }

  @Test
  void a_frame_that_stays_incomplete_ends_the_connection() throws Exception {
    start(new VaultServer.Timeouts(LONG, SHORT));
    try (SocketChannel channel = connect()) {
      write(channel, new byte[] {0, 0, 0, 100, 1, 7});
      assertClosed(channel);
    }
  }

  @Test
  void an_idle_connection_is_ended() throws Exception {
    start(new VaultServer.Timeouts(SHORT, LONG));
    try (SocketChannel channel = connect()) {
      assertClosed(channel);
    }
  }

  @Test
  void a_stop_waits_for_the_sweep_that_is_running() throws Exception {
    CountDownLatch sweeping = new CountDownLatch(1);
    CountDownLatch closing = new CountDownLatch(1);
    AtomicBoolean swept = new AtomicBoolean();
    idle.anchor.beforeRaise =
        raise -> {
          sweeping.countDown();
          swept.set(isReached(closing));
        };
    start(VaultServer.Timeouts.STANDARD);
    assertThat(isReached(sweeping)).isTrue();

    AtomicBoolean before = new AtomicBoolean();
    Thread stop =
        Thread.ofPlatform()
            .start(
                () -> {
                  server.close();
                  before.set(swept.get());
                });
    while (stop.getState() != Thread.State.TIMED_WAITING && stop.isAlive()) {
      Thread.onSpinWait();
    }
    closing.countDown();
    stop.join();

    assertThat(before).isTrue();
  }

  private static boolean isReached(CountDownLatch latch) {
    try {
      return latch.await(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void connections_are_bounded_and_come_free_again() throws Exception {
    start(VaultServer.Timeouts.STANDARD);
    List<VaultSocketClient> clients = new ArrayList<>();
    for (int i = 0; i < VaultServer.MAX_CONNECTIONS; i++) {
      VaultSocketClient client = new VaultSocketClient(socket);
      assertThat(client.ask(Kind.HEALTH, NOTHING)).containsExactly(1);
      clients.add(client);
    }
    try (SocketChannel oneTooMany = connect()) {
      assertClosed(oneTooMany);
    }
    for (VaultSocketClient client : clients) {
      client.close();
    }
    assertThat(askUntilServed()).containsExactly(1);
  }

  /** The server notices closed connections a moment later. */
  private byte[] askUntilServed() throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (System.nanoTime() < end) {
      try (VaultSocketClient client = new VaultSocketClient(socket)) {
        return client.ask(Kind.HEALTH, NOTHING);
      } catch (IOException e) {
        Thread.onSpinWait();
      }
    }
    throw new AssertionError("no place came free");
  }

  @Test
  void a_left_over_socket_is_replaced_and_a_live_one_is_not() throws Exception {
    try (ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      killed.bind(UnixDomainSocketAddress.of(socket));
    }
    assertThat(socket).exists();
    start(VaultServer.Timeouts.STANDARD);

    assertThatThrownBy(() -> UnixSocketListener.open(socket, OptionalInt.empty(), 1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Another vault already serves");
    try (VaultSocketClient client = new VaultSocketClient(socket)) {
      assertThat(client.ask(Kind.HEALTH, NOTHING)).containsExactly(1);
    }
  }

  @Test
  void stopping_removes_the_socket() throws Exception {
    start(VaultServer.Timeouts.STANDARD);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
        .isEqualTo("rw-rw-rw-");
    server.close();

    assertThat(socket).doesNotExist();
    assertThatThrownBy(this::connect).isInstanceOf(IOException.class);
  }

  @Test
  @DisplayName("HK1-V-13: only the configured user and the vault's own may speak")
  void only_the_configured_user_is_let_in() throws Exception {
    Path own = Files.createFile(directory.resolve("own"));
    PeerCredentialCheck check = PeerCredentialCheck.of(OptionalInt.of(12345), own);

    assertThat(check.allows(Files.getOwner(own))).isTrue();
    assertThat(check.allows(user("12345"))).isTrue();
    assertThat(check.allows(user("12346"))).isFalse();
  }

  private UserPrincipal user(String uid) throws IOException {
    return directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(uid);
  }
}
