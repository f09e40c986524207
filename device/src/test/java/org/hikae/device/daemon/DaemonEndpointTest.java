package org.hikae.device.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Map;
import org.hikae.device.AgentException;
import org.hikae.device.files.OtherProcessLock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who can listen at the agent's socket, and who can reach it. */
@Timeout(60)
class DaemonEndpointTest {

  @TempDir private Path runtime;
  private DaemonEndpoint endpoint;
  private Path socket;

  @BeforeEach
  void start() {
    endpoint = DaemonEndpoint.of(Map.of("XDG_RUNTIME_DIR", runtime.toString())).orElseThrow();
    socket = runtime.resolve("hikae/agent.sock");
  }

  private static String mode(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void folder_and_socket_are_the_owners_only_and_a_client_comes_in() throws Exception {
    try (DaemonEndpoint.Listening listening = endpoint.listen()) {
      assertThat(mode(socket.getParent())).isEqualTo("rwx------");
      assertThat(mode(socket)).isEqualTo("rw-------");
      try (SocketChannel client = endpoint.connect().orElseThrow();
          SocketChannel served = listening.channel().accept()) {
        assertThat(DaemonEndpoint.isOfThisUser(client)).isTrue();
        assertThat(DaemonEndpoint.isOfThisUser(served)).isTrue();
      }
    }
    assertThat(socket).doesNotExist();
    assertThat(endpoint.connect()).isEmpty();
  }

  /** What the kernel says of a peer is compared with this user, whatever the modes of files. */
  @Test
  void another_user_is_not_this_one() throws Exception {
    UserPrincipal self = Files.getOwner(Path.of("/proc/self"));
    String name = self.getName().equals("nobody") ? "root" : "nobody";
    UserPrincipal other =
        socket.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(name);
    assertThat(DaemonEndpoint.isThisUser(self)).isTrue();
    assertThat(DaemonEndpoint.isThisUser(other)).isFalse();
  }

  @Test
  void the_second_agent_is_refused_and_the_first_goes_on() throws Exception {
    try (DaemonEndpoint.Listening listening = endpoint.listen()) {
      assertThatThrownBy(() -> endpoint.listen())
          .isInstanceOf(AgentException.class)
          .hasMessageContaining("daemon.already");
      assertThat(OtherProcessLock.isFree(socket.resolveSibling("agent.lock")))
          .as("for another process")
          .isFalse();
      assertThat(listening.channel().isOpen()).isTrue();
      try (SocketChannel client = endpoint.connect().orElseThrow()) {
        assertThat(client.isConnected()).isTrue();
      }
    }
  }

  @Test
  void a_socket_on_which_systemd_listens_is_left_to_it() throws Exception {
    Files.createDirectory(socket.getParent());
    Files.setPosixFilePermissions(socket.getParent(), PosixFilePermissions.fromString("rwx------"));
    try (ServerSocketChannel systemd = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      systemd.bind(UnixDomainSocketAddress.of(socket));
      assertThatThrownBy(() -> endpoint.listen())
          .isInstanceOf(AgentException.class)
          .hasMessageContaining("daemon.already");
    }
  }

  @Test
  void a_socket_that_a_killed_agent_has_left_is_no_agent_and_is_replaced() throws Exception {
    Files.createDirectory(socket.getParent());
    Files.setPosixFilePermissions(socket.getParent(), PosixFilePermissions.fromString("rwx------"));
    try (ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      killed.bind(UnixDomainSocketAddress.of(socket));
    }
    assertThat(socket).exists();
    assertThat(endpoint.connect()).isEmpty();
    try (DaemonEndpoint.Listening listening = endpoint.listen();
        SocketChannel client = endpoint.connect().orElseThrow()) {
      assertThat(listening.channel().isOpen()).isTrue();
      assertThat(client.isConnected()).isTrue();
    }
  }

  @Test
  void a_folder_that_lets_others_in_is_refused() throws Exception {
    Files.createDirectory(socket.getParent());
    Files.setPosixFilePermissions(socket.getParent(), PosixFilePermissions.fromString("rwxr-x---"));
    assertThatThrownBy(() -> endpoint.listen())
        .isInstanceOf(AgentException.class)
        .hasMessageContaining("daemon.folder");
  }

  @Test
  void a_file_that_is_no_socket_is_never_deleted() throws Exception {
    Path file = Files.writeString(runtime.resolve("letter"), "dear diary");
    Files.setPosixFilePermissions(runtime, PosixFilePermissions.fromString("rwx------"));
    DaemonEndpoint wrong = DaemonEndpoint.of(Map.of("HIKAE_SOCKET", file.toString())).orElseThrow();
    assertThat(wrong.connect()).isEmpty();
    assertThatThrownBy(() -> wrong.listen()).isInstanceOf(AgentException.class);
    assertThat(file).hasContent("dear diary");
  }

  @Test
  void there_is_none_where_nobody_said_a_place_that_a_socket_can_have() {
    String there = runtime.toString();
    assertThat(DaemonEndpoint.of(Map.of())).isEmpty();
    assertThat(DaemonEndpoint.of(Map.of("XDG_RUNTIME_DIR", there, "HIKAE_SOCKET", "none")))
        .isEmpty();
    assertThat(DaemonEndpoint.of(Map.of("XDG_RUNTIME_DIR", there + "/gone"))).isEmpty();
    assertThat(DaemonEndpoint.of(Map.of("HIKAE_SOCKET", "relative"))).isEmpty();
    assertThat(DaemonEndpoint.of(Map.of("HIKAE_SOCKET", "/" + "a".repeat(107)))).isEmpty();
    assertThat(DaemonEndpoint.of(Map.of("HIKAE_SOCKET", "/" + "a".repeat(106)))).isPresent();
  }
}
