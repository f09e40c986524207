package org.hikae.device.cli.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.daemon.DaemonFrame;
import org.hikae.device.daemon.DaemonGreeting;
import org.hikae.device.daemon.HomeProof;
import org.hikae.device.http.Sleeper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who is served, and who is not: clients of another build or in other surroundings, and those that
 * say something else, too much, or nothing.
 */
@Timeout(120)
class DaemonListenerTest {

  /** Not signed in: enough to see that the agent has done a command. */
  private static final int REFUSED = 6;

  @TempDir private Path folder;
  private AgentHarness device;
  private DaemonFixture daemon;

  @BeforeEach
  void start() throws Exception {
    device = AgentHarness.in(Files.createDirectories(folder.resolve("first")), Map.of());
    daemon = new DaemonFixture(device, folder);
    Files.createDirectories(daemon.home());
  }

  @AfterEach
  void end() {
    daemon.close();
  }

  private static void assertClosed(SocketChannel client) throws IOException {
    ByteBuffer rest = ByteBuffer.allocate(1024);
    try {
      while (client.read(rest) >= 0) {
        rest.clear();
      }
    } catch (IOException e) {
      // Closed with something unread.
    }
  }

  private void assertServes() {
    assertThat(device.asClient("snapshots")).as(device.err()).hasValue(REFUSED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET / HTTP/1.1\r\n\r\n", "\0\0\0\0\0\0\0\0", "\n", "hikae-agent"})
  void who_does_not_greet_is_put_out(String said) throws Exception {
    try (SocketChannel client = daemon.connect()) {
      byte[] bytes = (said + "x".repeat(300)).getBytes(StandardCharsets.ISO_8859_1);
      Channels.newOutputStream(client).write(bytes);
      assertClosed(client);
    }
    assertServes();
  }

  @Test
  void who_sends_something_else_than_a_request_is_put_out() throws Exception {
    List<byte[]> hostile =
        List.of(
            new byte[] {'R', 0x7f, 0, 0, 0},
            new byte[] {'R', 0, 0, 0, 4, 1, 2, 3, 4},
            new byte[] {'A', 0, 0, 0, 1, 1},
            new byte[] {'?', 0, 0, 0, 0});
    for (byte[] frame : hostile) {
      try (SocketChannel client = daemon.greeted()) {
        Channels.newOutputStream(client).write(frame);
        assertClosed(client);
      }
    }
    assertServes();
    assertThat(daemon.commands()).hasSize(1);
  }

  @Test
  void who_answers_unasked_is_put_out() throws Exception {
    try (SocketChannel client = daemon.greeted()) {
      assertThat(daemon.asks(client, "snapshots").kind()).isEqualTo(DaemonFrame.Kind.ACCEPTED);
      try {
        new DaemonFrame(DaemonFrame.Kind.ANSWER, new byte[] {1, 'x'})
            .write(Channels.newOutputStream(client));
      } catch (IOException e) {
        // The command has ended already.
      }
      assertClosed(client);
    }
    assertServes();
  }

  @Test
  void many_that_say_nothing_leave_commands_to_themselves_until_they_are_gone() throws Exception {
    List<SocketChannel> silent = new ArrayList<>();
    try {
      for (int i = 0; i < DaemonListener.MAX_CLIENTS; i++) {
        silent.add(daemon.connect());
      }
      assertThat(device.asClient("snapshots")).isEmpty();
    } finally {
      for (SocketChannel client : silent) {
        client.close();
      }
    }
    // Their threads end a moment later.
    while (device.asClient("snapshots").isEmpty()) {
      Thread.onSpinWait();
    }
    assertServes();
  }

  @Test
  void what_takes_secrets_from_its_own_process_is_not_handed_over() throws Exception {
    assertThat(device.asClient("status")).isEmpty();
    assertThat(device.asClient("password")).isEmpty();
    assertThat(device.asClient()).isEmpty();
    assertThat(device.asClient("restore", "--target", "x", "--password-fd", "0")).isEmpty();
    assertThat(device.asClient("restore", "--target", "x", "--digit-key-fd=3")).isEmpty();
    assertThat(device.asClient("backup", "--exclude-file", "/dev/fd/63", "tree")).isEmpty();
    assertThat(daemon.commands()).isEmpty();

    try (SocketChannel client = daemon.greeted()) {
      DaemonFrame answer = daemon.asks(client, "restore", "--target", "x", "--password-fd", "0");
      assertThat(answer.kind()).as("whatever a client says").isEqualTo(DaemonFrame.Kind.DECLINED);
    }
    assertThat(daemon.commands()).isEmpty();
  }

  @Test
  void an_old_client_and_a_new_agent_leave_each_other_alone() throws Exception {
    DaemonClient old =
        new DaemonClient(device.clientEnvironment(), carried -> REFUSED, "1.1.0 older");
    assertThat(old.run("snapshots")).isEmpty();
    assertThat(daemon.commands()).isEmpty();
    // The client goes as soon as it has read the greeting; the agent counts after it wrote it.
    while (daemon.otherBuilds() == 0) {
      Thread.onSpinWait();
    }
    assertThat(daemon.otherBuilds()).isOne();
    assertThat(device.asClient("snapshots")).hasValue(REFUSED);
  }

  @Test
  void a_new_client_and_an_old_agent_leave_each_other_alone() throws Exception {
    daemon.close();
    daemon = new DaemonFixture(device, folder, "1.1.0 older", Map.of());
    assertThat(device.asClient("snapshots")).isEmpty();
    assertThat(daemon.commands()).isEmpty();
    assertThat(device.run("snapshots")).isEqualTo(REFUSED);
  }

  @Test
  void an_agent_in_other_surroundings_leaves_commands_to_themselves() throws Exception {
    daemon.close();
    daemon =
        new DaemonFixture(device, folder, DaemonGreeting.ofThisBuild(), Map.of("TZ", "Asia/Tokyo"));
    assertThat(device.asClient("snapshots")).isEmpty();
    assertThat(daemon.commands()).isEmpty();
  }

  @Test
  void without_an_agent_nothing_is_handed_over() throws Exception {
    daemon.close();
    assertThat(device.asClient("snapshots")).isEmpty();
  }

  /** Such as in a sandbox that has the socket and not the folder with the keys. */
  @Test
  void a_process_of_the_same_person_that_may_not_write_to_the_agents_folder_gets_nothing()
      throws Exception {
    HomeProof left = HomeProof.leave(daemon.home(), new SecureRandom());
    Path outside = Files.write(folder.resolve("agent-0123456789abcdef.proof"), left.secret());
    Files.createSymbolicLink(daemon.home().resolve(outside.getFileName()), outside);
    List<HomeProof> others =
        List.of(
            new HomeProof(left.name(), new byte[32]),
            new HomeProof(left.name(), new byte[0]),
            new HomeProof("agent-ffffffffffffffff.proof", left.secret()),
            new HomeProof("../" + outside.getFileName(), left.secret()),
            new HomeProof(outside.getFileName().toString(), left.secret()),
            new HomeProof(outside.toString(), left.secret()));
    for (HomeProof proof : others) {
      try (SocketChannel client = daemon.greeted()) {
        DaemonFrame answer = daemon.asks(client, proof, "snapshots");
        assertThat(answer.kind()).as(proof.name()).isEqualTo(DaemonFrame.Kind.DECLINED);
        assertThat(new String(answer.body(), StandardCharsets.US_ASCII)).isEqualTo("proof");
      }
    }
    assertThat(daemon.commands()).isEmpty();
    try (SocketChannel client = daemon.greeted()) {
      assertThat(daemon.asks(client, left, "snapshots").kind())
          .isEqualTo(DaemonFrame.Kind.ACCEPTED);
    }
  }

  /** Rests until it is told how often; a pause after a failure passes at once. */
  private static final class CountedWait implements Sleeper {
    final Semaphore allowed = new Semaphore(0);
    final Queue<Duration> waits = new ConcurrentLinkedQueue<>();

    @Override
    public void wait(Duration duration) throws InterruptedException {
      if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
        return;
      }
      waits.add(duration);
      allowed.acquire();
    }
  }

  @Test
  void memory_is_given_back_soon_after_a_command_and_once_more() throws Exception {
    daemon.close();
    CountedWait sleeper = new CountedWait();
    AgentEnvironment here = device.environment();
    device.on(Map.of(), here.clock(), sleeper, here.computer());
    daemon = new DaemonFixture(device, folder);

    assertServes();
    sleeper.allowed.release();
    daemon.awaitRests(1);
    sleeper.allowed.release();
    daemon.awaitRests(1);
    assertThat(sleeper.waits).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(28));
  }

  @Test
  void what_comes_meanwhile_begins_the_rest_anew() throws Exception {
    daemon.close();
    CountedWait sleeper = new CountedWait();
    AgentEnvironment here = device.environment();
    device.on(Map.of(), here.clock(), sleeper, here.computer());
    daemon = new DaemonFixture(device, folder);

    assertServes();
    assertServes();
    sleeper.allowed.release(3);
    daemon.awaitRests(2);
    assertThat(sleeper.waits)
        .containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(28));
    assertThat(daemon.rests()).isZero();
  }

  @Test
  void clients_leave_nothing_in_the_agents_folder() throws Exception {
    assertServes();
    assertThat(daemon.home()).isDirectoryNotContaining("glob:**.proof");
  }

  @Test
  void commands_that_no_agent_does_are_declined_with_the_reason() throws Exception {
    for (String command : List.of("logout", "password", "daemon", "restic", "", "keys")) {
      try (SocketChannel client = daemon.greeted()) {
        DaemonFrame answer = daemon.asks(client, command);
        assertThat(answer.kind()).as(command).isEqualTo(DaemonFrame.Kind.DECLINED);
        assertThat(new String(answer.body(), StandardCharsets.US_ASCII)).isEqualTo("command");
      }
    }
    assertThat(daemon.commands()).isEmpty();
  }
}
