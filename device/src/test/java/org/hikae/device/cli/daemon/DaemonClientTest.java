package org.hikae.device.cli.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.cli.command.PersonTerminal;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.cli.harness.CompanyFixture;
import org.hikae.device.cli.harness.FirstDeviceTestBase;
import org.hikae.device.company.FakeCompany;
import org.hikae.device.company.KillDuringTransfer;
import org.hikae.device.daemon.DaemonFrame;
import org.hikae.device.state.AgentHome;
import org.hikae.device.state.RunLock;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Commands that an agent which stays does for a client, both in this process. Budget: 4 s. */
@Timeout(300)
@EveryThirdRun
class DaemonClientTest extends FirstDeviceTestBase {

  private static final int CANCELLED = 4;
  private static final int LOCAL = 9;

  private final List<DaemonFixture> open = new ArrayList<>();
  private Path home;

  @BeforeEach
  void start() throws Exception {
    optInWithPassword();
    home = folder.resolve("first");
    Files.writeString(Files.createDirectories(home.resolve("tree")).resolve("letter"), "dear");
  }

  @AfterEach
  void end() {
    open.forEach(DaemonFixture::close);
  }

  private DaemonFixture daemon() throws Exception {
    DaemonFixture daemon = new DaemonFixture(device, folder);
    open.add(daemon);
    return daemon;
  }

  /** Holds up a backup in the middle of its first object until it is let go on. */
  private static final class HeldUpBackup implements FakeCompany.RequestListener {
    final CountDownLatch arrived = new CountDownLatch(1);
    final CountDownLatch released = new CountDownLatch(1);

    @Override
    public byte[] arriving(String request, InputStream body) throws IOException {
      if (request.startsWith("PUT /api/v1/device/objects/")) {
        arrived.countDown();
        KillDuringTransfer.await(released);
      }
      return body.readAllBytes();
    }
  }

  private HeldUpBackup heldUp() {
    HeldUpBackup heldUp = new HeldUpBackup();
    companyFixture.company().watchedBy(heldUp);
    return heldUp;
  }

  private static CompletableFuture<OptionalInt> inBackground(
      AgentHarness device, String... arguments) {
    return CompletableFuture.supplyAsync(
        () -> device.asClient(arguments), task -> Thread.ofPlatform().daemon().start(task));
  }

  @Test
  void a_command_does_and_says_by_the_agent_what_it_would_by_itself() throws Exception {
    DaemonFixture daemon = daemon();

    assertThat(device.asClient("backup", "tree")).as(device.err()).hasValue(0);
    assertThat(device.out()).contains("1 files");
    assertThat(device.asClient("ls", "latest")).hasValue(0);
    String byTheAgent = device.out();
    assertThat(device.run("ls", "latest")).isZero();
    assertThat(byTheAgent).isEqualTo(device.out()).contains("letter");
    String target = home.resolve("back").toString();
    assertThat(device.asClient("restore", "--target", target, "--path", "tree/letter"))
        .as(device.err())
        .hasValue(0);
    assertThat(home.resolve("back/letter")).hasContent("dear");
    assertThat(daemon.commands())
        .extracting(List::getFirst)
        .containsExactly("backup", "ls", "restore");
  }

  @Test
  void exit_codes_complaints_and_the_language_are_those_of_the_command() throws Exception {
    DaemonFixture daemon = daemon();
    assertThat(device.asClient("ls", "--nonsense")).hasValue(2);
    assertThat(device.err()).contains("Unknown option");
    assertThat(device.asClient("ls", "--lang", "ja", "latest")).hasValue(device.run("ls"));
    assertThat(device.asClient("ls", "--help", "--lang", "ja")).hasValue(0);
    assertThat(device.out()).contains("スナップショット");
    assertThat(daemon.commands()).hasSize(3);
  }

  @Test
  void of_two_runs_at_once_the_second_is_told_so() throws Exception {
    DaemonFixture daemon = daemon();
    HeldUpBackup heldUp = heldUp();
    CompletableFuture<OptionalInt> first = inBackground(device, "backup", "tree");
    heldUp.arrived.await();

    AgentHarness second = AgentHarness.in(home, device.environment().environment());
    assertThat(second.asClient("backup", "tree")).as(second.err()).hasValue(LOCAL);
    assertThat(second.err()).contains("Another run of hikae");
    assertThat(second.asClient("snapshots")).as("reading goes on").hasValue(0);

    heldUp.released.countDown();
    assertThat(first.get(2, TimeUnit.MINUTES)).as(device.err()).hasValue(0);
    assertThat(daemon.commands()).hasSize(3);
  }

  @Test
  void an_interrupted_run_ends_in_order_and_the_same_command_completes_it() throws Exception {
    daemon();
    HeldUpBackup heldUp = heldUp();
    CompletableFuture<OptionalInt> run = inBackground(device, "backup", "tree");
    heldUp.arrived.await();

    device.interrupt();
    DaemonFixture.awaitEnding();
    heldUp.released.countDown();
    assertThat(run.get(2, TimeUnit.MINUTES)).hasValue(CANCELLED);
    assertThat(companyFixture.company().reports().getLast().result())
        .isEqualTo(RunResult.CANCELLED);

    assertThat(device.asClient("backup", "tree")).as(device.err()).hasValue(0);
  }

  @Test
  void a_run_whose_client_is_killed_ends_in_order() throws Exception {
    DaemonFixture daemon = daemon();
    HeldUpBackup heldUp = heldUp();
    try (SocketChannel client = daemon.greeted()) {
      assertThat(daemon.asks(client, "backup", "tree").kind()).isEqualTo(DaemonFrame.Kind.ACCEPTED);
      heldUp.arrived.await();
    }
    DaemonFixture.awaitEnding();
    heldUp.released.countDown();
    daemon.awaitRest();

    assertThat(companyFixture.company().reports().getLast().result())
        .isEqualTo(RunResult.CANCELLED);
    RunLock.take(new AgentHome(home.resolve("hikae"))).close();
  }

  @Test
  void an_agent_that_ends_has_its_run_end_in_order() throws Exception {
    DaemonFixture daemon = daemon();
    HeldUpBackup heldUp = heldUp();
    CompletableFuture<OptionalInt> run = inBackground(device, "backup", "tree");
    heldUp.arrived.await();
    CompletableFuture<Void> closing =
        CompletableFuture.runAsync(daemon::close, task -> Thread.ofPlatform().daemon().start(task));
    DaemonFixture.awaitEnding();
    heldUp.released.countDown();
    assertThat(run.get(2, TimeUnit.MINUTES)).hasValue(CANCELLED);
    closing.get(2, TimeUnit.MINUTES);
    assertThat(device.run("backup", "tree")).as(device.err()).isZero();
  }

  /** Types an answer and notes what was asked. */
  private static final class TypingPerson implements PersonTerminal {
    final List<String> asked = new ArrayList<>();
    final char[] typed = CompanyFixture.PASSWORD.toCharArray();

    @Override
    public char[] hidden(String prompt) {
      asked.add(prompt);
      return typed;
    }

    @Override
    public String visible(String prompt) {
      asked.add(prompt);
      return null;
    }
  }

  @Test
  void a_password_is_typed_at_the_client_and_overwritten_there() throws Exception {
    assertThat(device.run("backup", "tree")).as(device.err()).isZero();
    device = companyFixture.device("second");
    home = folder.resolve("second");
    DaemonFixture daemon = daemon();
    TypingPerson person = new TypingPerson();
    device.at(person);

    String target = home.resolve("back").toString();
    assertThat(device.asClient("restore", "--target", target)).as(device.err()).hasValue(0);
    assertThat(person.asked).singleElement().asString().contains("assword");
    assertThat(person.typed).containsOnly('\0');
    assertThat(daemon.commands()).hasSize(1);
  }

  @Test
  void without_a_terminal_nobody_is_asked() throws Exception {
    device = companyFixture.device("second");
    home = folder.resolve("second");
    daemon();
    assertThat(device.asClient("restore", "--target", home.resolve("back").toString()))
        .hasValue(device.run("restore", "--target", home.resolve("back").toString()))
        .isNotEqualTo(OptionalInt.of(0));
  }
}
