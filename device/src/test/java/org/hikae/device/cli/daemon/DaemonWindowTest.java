package org.hikae.device.cli.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.hikae.device.AgentJson;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.WindowSupervisor;
import org.hikae.device.cli.harness.FirstDeviceTestBase;
import org.hikae.device.cli.window.WindowPage;
import org.hikae.device.company.FakeCompany;
import org.hikae.device.company.KillDuringTransfer;
import org.hikae.device.daemon.DaemonEndpoint;
import org.hikae.device.daemon.DaemonFrame;
import org.hikae.device.daemon.DaemonGreeting;
import org.hikae.device.state.AgentHome;
import org.hikae.device.state.RunLock;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Windows that an agent which stays holds for its clients. Budget: 4 s. */
@Timeout(120)
@EveryThirdRun
class DaemonWindowTest extends FirstDeviceTestBase {

  private static final String USER = "user.name";

  private DaemonFixture daemon;
  private Path tree;
  private String user;

  @BeforeEach
  void start() throws Exception {
    optInWithPassword();
    tree = Files.createDirectories(folder.resolve("first/tree"));
    Files.writeString(tree.resolve("letter"), "dear");
    daemon = new DaemonFixture(device, folder);
    user = System.setProperty(USER, "aiko");
  }

  @AfterEach
  void end() {
    System.setProperty(USER, user);
    daemon.close();
  }

  private Path opened() throws IOException {
    assertThat(device.asClient("open", "--json", "--no-browser")).as(device.err()).hasValue(0);
    JsonNode event = AgentJson.mapper().readTree(device.out().lines().findFirst().orElseThrow());
    return Path.of(event.get("file").textValue());
  }

  private String folders() throws IOException {
    return AgentJson.mapper().writeValueAsString(Map.of("folders", List.of(tree.toString())));
  }

  @Test
  void a_window_goes_on_when_the_command_that_opened_it_has_ended() throws Exception {
    WindowPage page = WindowPage.open(opened(), "en");
    WindowPage other = WindowPage.open(opened(), "en");
    page.ask("back-up", folders());
    assertThat(page.ended().get("result").textValue()).isEqualTo("SUCCESS");
    assertThat(other.ask("timeline", "{}").get("snapshots")).hasSize(1);
    assertThat(daemon.listener().isResting()).as("open windows keep it").isFalse();
    assertThat(device.asClient("ls", "latest")).as("beside them").hasValue(0);

    page.ask("end", "{}");
    other.ask("end", "{}");
    while (!daemon.listener().isResting()) {
      Thread.onSpinWait();
    }
    assertThatThrownBy(() -> page.file("/")).isInstanceOf(IOException.class);
    assertThat(device.asClient("ls", "latest")).as("the agent stays").hasValue(0);
  }

  @Test
  void a_name_is_found_by_a_window_and_by_a_command_at_once() throws Exception {
    WindowPage page = WindowPage.open(opened(), "en");
    page.ask("back-up", folders());
    assertThat(page.ended().get("result").textValue()).isEqualTo("SUCCESS");
    for (int i = 0; i < 10; i++) {
      CompletableFuture<OptionalInt> command =
          CompletableFuture.supplyAsync(
              () -> device.asClient("find", "lett"), task -> Thread.ofPlatform().start(task));
      JsonNode found = page.ask("search", "{\"text\":\"lett\"}");
      assertThat(command.get(1, TimeUnit.MINUTES)).as(device.err()).hasValue(0);
      assertThat(device.out()).contains("letter");
      assertThat(found.get("snapshots").intValue()).isEqualTo(1);
      // While the command makes the index, the window has what there is of it.
      assertThat(found.get("total").intValue()).isEqualTo(found.get("searched").intValue());
    }
    JsonNode found = page.ask("search", "{\"text\":\"lett\"}");
    assertThat(found.get("searched").intValue()).isEqualTo(1);
    assertThat(found.get("hits").toString()).contains("letter");
  }

  @Test
  void one_more_than_there_may_be_is_left_to_its_command() throws Exception {
    for (int i = 0; i < DaemonWindows.MAX_WINDOWS; i++) {
      opened();
    }
    assertThat(device.asClient("open", "--no-browser")).isEmpty();
  }

  @Test
  void a_place_is_kept_for_the_window_of_a_command_and_free_again_without_one() throws Exception {
    for (int i = 1; i < DaemonWindows.MAX_WINDOWS; i++) {
      opened();
    }
    DaemonWindows.WindowPlace place = daemon.listener().windows().reserve().orElseThrow();
    assertThat(daemon.listener().windows().reserve()).isEmpty();
    assertThat(device.asClient("open", "--no-browser")).as("of another command").isEmpty();
    place.close();
    place.close();
    assertThat(daemon.listener().windows().count()).isEqualTo(DaemonWindows.MAX_WINDOWS - 1);
    opened();
  }

  @Test
  void what_is_done_in_a_window_counts_as_a_command() throws Exception {
    WindowPage page = WindowPage.open(opened(), "en");
    for (int i = 0; i < DaemonListener.MAX_COMMANDS; i++) {
      assertThat(daemon.listener().begins()).isTrue();
    }
    assertThat(page.reply("back-up", folders()).body()).contains("window.agent-busy");
    for (int i = 0; i < DaemonListener.MAX_COMMANDS; i++) {
      daemon.listener().ended();
    }
    page.ask("back-up", folders());
    assertThat(page.ended().get("result").textValue()).isEqualTo("SUCCESS");
    page.ask("end", "{}");
    while (!daemon.listener().isResting()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void of_all_windows_one_reads_snapshots_at_a_time() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    AtomicInteger reading = new AtomicInteger();
    companyFixture
        .company()
        .watchedBy(
            new FakeCompany.RequestListener() {
              @Override
              public byte[] arriving(String request, InputStream body) throws IOException {
                if (request.startsWith("GET /api/v1/device/snapshots")
                    && reading.incrementAndGet() == 1) {
                  arrived.countDown();
                  KillDuringTransfer.await(released);
                }
                return body.readAllBytes();
              }
            });
    WindowPage page = WindowPage.open(opened(), "en");
    WindowPage other = WindowPage.open(opened(), "en");
    Semaphore permit = daemon.listener().windows().reading();
    FutureTask<JsonNode> first = new FutureTask<>(() -> page.ask("timeline", "{}"));
    FutureTask<JsonNode> second = new FutureTask<>(() -> other.ask("timeline", "{}"));
    Thread.ofPlatform().start(first);
    assertThat(arrived.await(1, TimeUnit.MINUTES)).isTrue();
    Thread.ofPlatform().start(second);
    while (!permit.hasQueuedThreads()) {
      Thread.onSpinWait();
    }
    assertThat(reading).as("the other one waits").hasValue(1);
    released.countDown();
    assertThat(first.get(1, TimeUnit.MINUTES).has("snapshots")).isTrue();
    assertThat(second.get(1, TimeUnit.MINUTES).has("snapshots")).isTrue();
  }

  @Test
  void what_is_done_in_a_window_ends_in_order_with_the_agent() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    companyFixture
        .company()
        .watchedBy(
            new FakeCompany.RequestListener() {
              @Override
              public byte[] arriving(String request, InputStream body) throws IOException {
                if (request.startsWith("PUT /api/v1/device/objects/")) {
                  arrived.countDown();
                  KillDuringTransfer.await(released);
                }
                return body.readAllBytes();
              }
            });
    WindowPage page = WindowPage.open(opened(), "en");
    page.ask("back-up", folders());
    assertThat(arrived.await(1, TimeUnit.MINUTES)).isTrue();
    Thread closing = Thread.ofPlatform().start(daemon::close);
    DaemonFixture.awaitEnding();
    released.countDown();
    assertThat(closing.join(Duration.ofMinutes(1))).isTrue();
    AgentHome home =
        AgentHome.of(device.environment().environment(), device.environment().userHome());
    try (RunLock _ = RunLock.take(home)) {
      assertThat(device.run("snapshots")).isZero();
    }
    assertThat(device.out()).doesNotContain("1 files");
  }

  @Test
  void no_window_waits_with_its_run_for_another_one_that_ends() throws Exception {
    CountDownLatch told = new CountDownLatch(2);
    AtomicInteger waited = new AtomicInteger();
    try (SocketChannel client = daemon.connect()) {
      DaemonWindows windows = daemon.listener().windows();
      SessionTerminal terminal = new SessionTerminal(new FrameWriter(client));
      for (int i = 0; i < 2; i++) {
        WindowSupervisor command =
            windows.of(terminal, device.environment(), windows.reserve().orElseThrow());
        assertThat(command.host(around -> new SlowWindow(around, told, waited))).isPresent();
      }
      daemon.close();
    }
    assertThat(waited).as("closed once each run was told").hasPositiveValue();
  }

  /** A window whose end takes until every run has heard of its own. */
  private static final class SlowWindow implements WindowSupervisor.HostedWindow {
    private final CountDownLatch told;
    private final AtomicInteger waited;
    private final CountDownLatch closed = new CountDownLatch(1);

    SlowWindow(AgentEnvironment around, CountDownLatch told, AtomicInteger waited) {
      this.told = told;
      this.waited = waited;
      var _ = around.interruption().upon(told::countDown);
    }

    @Override
    public Path linkFile() {
      return Path.of("/");
    }

    @Override
    public void awaitEnd() throws InterruptedException {
      closed.await();
    }

    @Override
    public void close() {
      try {
        if (told.await(5, TimeUnit.SECONDS)) {
          waited.incrementAndGet();
        } else {
          waited.set(Integer.MIN_VALUE);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      closed.countDown();
    }
  }

  @Test
  void its_client_shows_it_in_the_browser_of_the_person() throws Exception {
    AgentEnvironment here = device.environment();
    device.on(Map.of("DISPLAY", ":7"), here.clock(), here.pause(), here.computer());
    assertThat(device.asClient("open")).as(device.err()).hasValue(0);
    assertThat(device.shown()).hasSize(1);
    WindowPage page = WindowPage.open(Path.of(device.shown().getFirst()), "en");
    assertThat(page.ask("verdict", "{}").get("verdict").textValue()).isEqualTo("NO_BACKUP");
  }

  @Test
  void a_client_shows_nothing_but_files_of_windows() throws Exception {
    AgentEnvironment here = device.environment();
    Path home = AgentHome.of(here.environment(), here.userHome()).folder();
    Path socket = folder.resolve("other/agent.sock");
    device.on(
        Map.of("HIKAE_SOCKET", socket.toString()), here.clock(), here.pause(), here.computer());
    List<String> files =
        List.of(
            "/etc/hostname",
            "https://example.com",
            home.resolve("secrets.json").toString(),
            home.resolve("window/../secrets.json").toString(),
            home.resolve("window/a.html").toString());
    try (DaemonEndpoint.Listening listening =
        DaemonEndpoint.of(device.environment().environment()).orElseThrow().listen()) {
      Thread agent = Thread.ofPlatform().start(() -> shows(listening.channel(), files));
      assertThat(device.asClient("open")).hasValue(0);
      assertThat(agent.join(Duration.ofMinutes(1))).isTrue();
    }
    assertThat(device.shown()).containsExactly(files.getLast());
  }

  /** An agent that has its client show files. */
  private static void shows(ServerSocketChannel channel, List<String> files) {
    try (SocketChannel client = channel.accept()) {
      InputStream in = Channels.newInputStream(client);
      OutputStream out = Channels.newOutputStream(client);
      DaemonGreeting.write(out, DaemonGreeting.read(in));
      var _ = DaemonFrame.read(in, Set.of(DaemonFrame.Kind.REQUEST));
      DaemonFrame.of(DaemonFrame.Kind.ACCEPTED).write(out);
      for (String file : files) {
        new DaemonFrame(DaemonFrame.Kind.SHOW, file.getBytes(StandardCharsets.UTF_8)).write(out);
        var _ = DaemonFrame.read(in, Set.of(DaemonFrame.Kind.ANSWER));
      }
      new DaemonFrame(DaemonFrame.Kind.EXIT, new byte[] {0}).write(out);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
