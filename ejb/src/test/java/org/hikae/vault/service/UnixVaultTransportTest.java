package org.hikae.vault.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import org.hikae.metrics.service.Meters;
import org.hikae.vault.wire.VaultFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnixVaultTransportTest {

  private static final VaultFrame HEALTH = new VaultFrame(VaultFrame.Kind.HEALTH, new byte[0]);

  /** Ends only what hangs; a machine that does much else takes its time. */
  private static final Duration LONG = Duration.ofMinutes(2);

  @TempDir private Path folder;

  private Path path;
  private ServerSocketChannel server;

  /** What the vault does with one connection. */
  private interface Vault {
    void serve(SocketChannel channel) throws Exception;
  }

  @BeforeEach
  void listen() throws IOException {
    path = folder.resolve("v.sock");
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(path));
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  private void serve(Vault vault) {
    Thread.ofVirtual()
        .start(
            () -> {
              try (SocketChannel channel = server.accept()) {
                vault.serve(channel);
              } catch (Exception e) {
                // The portal's side of the test sees what follows from it.
              }
            });
  }

  private VaultConnection link(Duration longest) {
    return new VaultConnection(new UnixVaultTransport(path), longest, new Meters());
  }

  private static void answer(SocketChannel channel, byte[] bytes) throws Exception {
    VaultFrame.read(Channels.newInputStream(channel));
    ByteBuffer out = ByteBuffer.wrap(bytes);
    while (out.hasRemaining()) {
      channel.write(out);
    }
  }

  @Test
  void the_largest_frame_goes_there_and_back() throws Exception {
    byte[] body = new byte[VaultFrame.MAX_BODY_BYTES];
    Arrays.fill(body, (byte) 7);
    VaultFrame frame = new VaultFrame(VaultFrame.Kind.MESSAGE, body);
    serve(
        channel -> {
          VaultFrame got = VaultFrame.read(Channels.newInputStream(channel));
          ByteBuffer out = ByteBuffer.wrap(got.encode());
          while (out.hasRemaining()) {
            channel.write(out);
          }
        });
    assertThat(link(LONG).exchange(frame).body()).isEqualTo(body);
  }

  @Test
  void an_answer_in_many_pieces_is_put_together() throws Exception {
    byte[] bytes = new VaultFrame(VaultFrame.Kind.HEALTH, new byte[] {1}).encode();
    serve(
        channel -> {
          VaultFrame.read(Channels.newInputStream(channel));
          for (byte one : bytes) {
            channel.write(ByteBuffer.wrap(new byte[] {one}));
          }
        });
    assertThat(link(LONG).exchange(HEALTH).body()).containsExactly(1);
  }

  @Test
  void a_vault_that_says_nothing_is_given_up_in_time() {
    CountDownLatch end = new CountDownLatch(1);
    serve(channel -> end.await());
    assertThatThrownBy(() -> link(Duration.ofMillis(200)).exchange(HEALTH))
        .isInstanceOf(VaultUnavailableException.class)
        .hasMessageContaining("in time");
    end.countDown();
  }

  @Test
  void every_cut_answer_is_an_unavailable_vault() {
    byte[] bytes = new VaultFrame(VaultFrame.Kind.HEALTH, new byte[] {1}).encode();
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      serve(channel -> answer(channel, cut));
      assertThatThrownBy(() -> link(LONG).exchange(HEALTH))
          .as("%s bytes", length)
          .isInstanceOf(VaultUnavailableException.class);
    }
  }

  @Test
  void an_answer_of_another_kind_or_an_impossible_length_is_refused() {
    serve(channel -> answer(channel, new VaultFrame(VaultFrame.Kind.CARD, new byte[3]).encode()));
    assertThatThrownBy(() -> link(LONG).exchange(HEALTH))
        .isInstanceOf(VaultUnavailableException.class);
    serve(channel -> answer(channel, new byte[] {-1, -1, -1, -1, 3}));
    assertThatThrownBy(() -> link(LONG).exchange(HEALTH))
        .isInstanceOf(VaultUnavailableException.class);
  }

  @Test
  void no_vault_and_a_vault_that_is_not_there_are_unavailable() {
    assertThatThrownBy(
            () ->
                new VaultConnection((VaultTransport) null, Duration.ofSeconds(1), new Meters())
                    .exchange(HEALTH))
        .isInstanceOf(VaultUnavailableException.class);
    Path nobody = folder.resolve("nobody.sock");
    assertThatThrownBy(
            () ->
                new VaultConnection(
                        new UnixVaultTransport(nobody), Duration.ofSeconds(1), new Meters())
                    .exchange(HEALTH))
        .isInstanceOf(VaultUnavailableException.class);
  }
}
