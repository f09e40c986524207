package org.hikae.device.cli.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.hikae.device.daemon.DaemonFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a person types at a client, as the agent gets it. */
@Timeout(60)
class SessionTerminalTest {

  @TempDir private Path folder;
  private SocketChannel client;
  private SocketChannel served;
  private SessionTerminal terminal;

  @BeforeEach
  void start() throws Exception {
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("s"));
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(address);
      client = SocketChannel.open(address);
      served = server.accept();
    }
    terminal = new SessionTerminal(new FrameWriter(served));
  }

  @AfterEach
  void end() throws Exception {
    client.close();
    served.close();
  }

  private CompletableFuture<char[]> asking() {
    return CompletableFuture.supplyAsync(
        () -> terminal.hidden("password:"), task -> Thread.ofPlatform().daemon().start(task));
  }

  private String asked() throws Exception {
    DaemonFrame frame =
        DaemonFrame.read(Channels.newInputStream(client), Set.of(DaemonFrame.Kind.ASK_HIDDEN));
    return new String(frame.body(), StandardCharsets.UTF_8);
  }

  @Test
  void what_is_typed_arrives_and_its_frame_is_overwritten() throws Exception {
    CompletableFuture<char[]> typed = asking();
    assertThat(asked()).isEqualTo("password:");
    byte[] body = "\u0001秘密 x".getBytes(StandardCharsets.UTF_8);
    assertThat(terminal.answer(body)).isTrue();
    assertThat(typed.get(30, TimeUnit.SECONDS)).isEqualTo("秘密 x".toCharArray());
    assertThat(body).containsOnly(0);
  }

  @Test
  void an_answer_to_nothing_is_none_and_neither_is_a_second_one() throws Exception {
    assertThat(terminal.answer(new byte[] {1, 'a'})).isFalse();
    CompletableFuture<char[]> typed = asking();
    var _ = asked();
    assertThat(terminal.answer(new byte[] {1, 'b'})).isTrue();
    assertThat(terminal.answer(new byte[] {1, 'c'})).isFalse();
    assertThat(typed.get(30, TimeUnit.SECONDS)).containsExactly('b');
  }

  @Test
  void who_ends_the_input_or_is_gone_has_typed_nothing() throws Exception {
    CompletableFuture<char[]> ended = asking();
    var _ = asked();
    assertThat(terminal.answer(new byte[] {0})).isTrue();
    assertThat(ended.get(30, TimeUnit.SECONDS)).isNull();

    CompletableFuture<char[]> gone = asking();
    var _ = asked();
    terminal.end();
    assertThat(gone.get(30, TimeUnit.SECONDS)).isNull();
    assertThat(terminal.hidden("again:")).isNull();
  }
}
