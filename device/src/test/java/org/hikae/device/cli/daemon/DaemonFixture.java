package org.hikae.device.cli.daemon;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.hikae.device.AgentException;
import org.hikae.device.cli.AgentMain;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.daemon.CommandRequest;
import org.hikae.device.daemon.DaemonEndpoint;
import org.hikae.device.daemon.DaemonFrame;
import org.hikae.device.daemon.DaemonGreeting;
import org.hikae.device.daemon.HomeProof;
import org.hikae.device.daemon.ProcessContext;
import org.hikae.device.state.AgentHome;

/** An agent that stays, in this process and with the home of a device, and clients of any kind. */
final class DaemonFixture implements AutoCloseable {

  private final AgentHarness device;
  private final DaemonEndpoint endpoint;
  private final DaemonEndpoint.Listening listening;
  private final DaemonListener listener;
  private final List<List<String>> commands = new CopyOnWriteArrayList<>();
  private final AtomicInteger otherBuilds = new AtomicInteger();
  private final CountDownLatch rested = new CountDownLatch(1);
  private final Semaphore rests = new Semaphore(0);

  /** As it ships. */
  DaemonFixture(AgentHarness device, Path folder) throws AgentException {
    this(device, folder, DaemonGreeting.ofThisBuild(), Map.of());
  }

  /**
   * One of another build or in other surroundings.
   *
   * @param more variables of its process that its clients do not have
   */
  DaemonFixture(AgentHarness device, Path folder, String build, Map<String, String> more)
      throws AgentException {
    this.device = device;
    Path socket = folder.resolve("run/agent.sock");
    AgentEnvironment here = device.environment();
    device.on(
        Map.of("HIKAE_SOCKET", socket.toString()), here.clock(), here.pause(), here.computer());
    Map<String, String> environment = new HashMap<>(here.environment());
    environment.putAll(more);
    endpoint = DaemonEndpoint.of(device.environment().environment()).orElseThrow();
    listening = endpoint.listen();
    listener =
        new DaemonListener(
            listening.channel(),
            here,
            build,
            ProcessContext.ofThisProcess(
                environment, AgentHome.of(environment, here.userHome()).folder()),
            this::run,
            new DaemonListener.DaemonEvents() {
              @Override
              public void rested() {
                rested.countDown();
                rests.release();
              }

              @Override
              public void metAnotherBuild() {
                otherBuilds.incrementAndGet();
              }
            });
    listener.start();
  }

  private int run(AgentEnvironment here, String... carried) {
    commands.add(List.of(carried));
    return AgentMain.run(here, carried);
  }

  DaemonListener listener() {
    return listener;
  }

  /** The command lines that it has done, or does. */
  List<List<String>> commands() {
    return commands;
  }

  int otherBuilds() {
    return otherBuilds.get();
  }

  /** Once a command has ended and nothing is at work. */
  void awaitRest() throws InterruptedException {
    rested.await();
  }

  /** Once it was said so often that nothing is at work. */
  void awaitRests(int times) throws InterruptedException {
    rests.acquire(times);
  }

  /** How often that was said, but for what was waited for. */
  int rests() {
    return rests.availablePermits();
  }

  /** Once a run has heard that it is to end; it waits for its engine then. */
  static void awaitEnding() {
    while (Thread.getAllStackTraces().keySet().stream()
        .noneMatch(
            thread ->
                thread.getName().equals(DaemonSession.ENDING)
                    && thread.getState() == Thread.State.TIMED_WAITING)) {
      Thread.onSpinWait();
    }
  }

  /** Connects as anybody of this user could. */
  SocketChannel connect() {
    return endpoint.connect().orElseThrow();
  }

  /** A client that goes on as a test says; it has sent its greeting and heard that of the agent. */
  SocketChannel greeted() throws IOException {
    SocketChannel client = connect();
    DaemonGreeting.write(Channels.newOutputStream(client), DaemonGreeting.ofThisBuild());
    var _ = DaemonGreeting.read(Channels.newInputStream(client));
    return client;
  }

  /** What the agent says to a request for a command. */
  DaemonFrame asks(SocketChannel client, String... carried) throws IOException {
    HomeProof proof = HomeProof.leave(home(), new SecureRandom());
    try {
      return asks(client, proof, carried);
    } finally {
      proof.delete(home());
    }
  }

  /** The same by a client that proves so that it may write to the agent's folder. */
  DaemonFrame asks(SocketChannel client, HomeProof proof, String... carried) throws IOException {
    AgentEnvironment here = device.environment();
    CommandRequest request =
        new CommandRequest(
            proof,
            ProcessContext.ofThisProcess(here.environment(), home()),
            "UTF-8",
            false,
            here.workingDirectory(),
            Map.of(),
            List.of(carried));
    return sends(client, new DaemonFrame(DaemonFrame.Kind.REQUEST, request.encode()));
  }

  Path home() {
    AgentEnvironment here = device.environment();
    return AgentHome.of(here.environment(), here.userHome()).folder();
  }

  /** The first answer to a frame. */
  DaemonFrame sends(SocketChannel client, DaemonFrame frame) throws IOException {
    frame.write(Channels.newOutputStream(client));
    InputStream in = Channels.newInputStream(client);
    return DaemonFrame.read(in, EnumSet.allOf(DaemonFrame.Kind.class));
  }

  @Override
  public void close() {
    listening.close();
    listener.close();
  }
}
