package org.hikae.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.hikae.it.agent.AgentDevice;
import org.hikae.it.agent.AgentResult;
import org.hikae.it.agent.CountingProxy;
import org.hikae.it.agent.InProcessAgent;
import org.hikae.it.client.TestAccount;
import org.hikae.it.client.TestCompany;
import org.hikae.it.stack.Stack;
import org.hikae.it.stack.StackDatabase;
import org.hikae.testing.BuildOutput;

/**
 * An employee of one system whose device is tormented: it has a tree that changes, reaches the
 * portal through a proxy, and keeps account of every snapshot that was acknowledged. A second
 * device is only signed in. Made once for all suites of this package.
 */
final class DisturbedEmployee {

  static final String PASSWORD = "hotaru-no-hikari-mado-no-yuki-5";

  private static final Map<StackDatabase.Kind, DisturbedEmployee> KNOWN =
      new EnumMap<>(StackDatabase.Kind.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The vault answers a password for ten minutes after the sign-in. */
  private static final long FRESH_NANOS = 300_000_000_000L;

  private final Stack stack;
  private final Path folder;
  private final CountingProxy proxy;
  private final AgentDevice agent;
  private final InProcessAgent here;

  /** Signed in and nothing else; devices that have lost everything begin as copies of its home. */
  private final AgentDevice other;

  private final TestAccount testAccount;
  private final ChangingTree tree;
  private final Map<String, ChangingTree.Plan> acknowledged = new LinkedHashMap<>();
  private volatile long signedInAt;
  private int restores;

  private DisturbedEmployee(Stack stack, TestAccount testAccount, Path folder)
      throws IOException, InterruptedException {
    this.stack = stack;
    this.folder = folder;
    this.proxy = new CountingProxy(stack.portalUrl());
    this.agent = new AgentDevice(stack, folder.resolve("first")).by(proxy.url()).quick();
    agent.login(testAccount);
    agent.optIn("both", PASSWORD);
    this.here = new InProcessAgent(agent.home());
    this.other = new AgentDevice(stack, folder.resolve("second")).by(proxy.url()).quick();
    this.testAccount = testAccount;
    signIn();
    this.tree = new ChangingTree(folder.resolve("tree"));
  }

  /** The protected employee of the system on this kind of database. */
  static synchronized DisturbedEmployee on(StackDatabase.Kind kind)
      throws IOException, InterruptedException {
    DisturbedEmployee known = KNOWN.get(kind);
    if (known == null) {
      Path folder = BuildOutput.root().resolve("it/target/faults").resolve(kind.name());
      ChangingTree.remove(folder);
      Files.createDirectories(folder);
      known = new DisturbedEmployee(Stack.on(kind), TestCompany.on(kind).employee(), folder);
      KNOWN.put(kind, known);
    }
    return known;
  }

  Stack stack() {
    return stack;
  }

  CountingProxy proxy() {
    return proxy;
  }

  ChangingTree tree() {
    return tree;
  }

  /** The identifier of the employee's set. */
  String setId() throws IOException {
    return agent.setId();
  }

  /** Backs up in this process. */
  AgentResult backUp() {
    return noted(here.run("backup", "--json", tree.root().toString()));
  }

  /** Begins a backup in a process of its own, which may be killed. */
  AgentDevice.RunningCommand begin() throws IOException {
    return agent.begin("victim", "backup", "--json", tree.root().toString());
  }

  /** Keeps account of what a run says was committed, however it ended. */
  AgentResult noted(AgentResult agentResult) {
    for (String line : agentResult.out().lines().toList()) {
      // The last line of a process that was killed may end anywhere.
      if (line.endsWith("}")) {
        String snapshot = snapshotOf(line);
        if (!snapshot.isEmpty()) {
          acknowledged.put(snapshot, tree.plan());
        }
      }
    }
    return agentResult;
  }

  private static String snapshotOf(String line) {
    try {
      JsonNode event = JSON.readTree(line);
      return event.path("event").asText().equals("backup") ? event.path("snapshotId").asText() : "";
    } catch (IOException e) {
      throw new AssertionError("not a JSON line: " + line, e);
    }
  }

  /** Snapshots whose commit was answered, oldest first. */
  List<String> acknowledged() {
    return List.copyOf(acknowledged.keySet());
  }

  /** Completes a backup of the tree as it is and restores it, which must make an equal one. */
  void completeAndRestore(String told) throws IOException, InterruptedException {
    AgentResult done = backUp();
    assertThat(done.exitCode()).as("%s: %s", told, done).isEqualTo(AgentResult.DONE);
    Path target = target();
    String snapshot = done.event("backup").path("snapshotId").asText();
    AgentResult restored = here.run(restore(snapshot, target));
    assertThat(restored.exitCode()).as("%s: %s", told, restored).isEqualTo(AgentResult.DONE);
    tree.requireEqual(target, told);
    ChangingTree.remove(target);
  }

  /** Restores an acknowledged snapshot and compares it with what it was made of. */
  void restoreAsPlanned(String snapshot, String told) throws IOException, InterruptedException {
    Path target = target();
    AgentResult restored = here.run(restore(snapshot, target));
    assertThat(restored.exitCode()).as("%s: %s", told, restored).isEqualTo(AgentResult.DONE);
    tree.requireAsPlanned(target, acknowledged.get(snapshot), told);
    ChangingTree.remove(target);
  }

  /** A device of the employee that has nothing but its sign-in, and where it would restore to. */
  record SecondDevice(InProcessAgent agent, Path target) {}

  SecondDevice fresh() throws IOException, InterruptedException {
    if (System.nanoTime() - signedInAt > FRESH_NANOS) {
      signIn();
    }
    Path home = folder.resolve("fresh " + restores);
    int exit =
        new ProcessBuilder("cp", "-a", other.home().toString(), home.toString())
            .inheritIO()
            .start()
            .waitFor();
    assertThat(exit).isZero();
    return new SecondDevice(new InProcessAgent(home), target());
  }

  private void signIn() throws IOException, InterruptedException {
    other.login(testAccount);
    signedInAt = System.nanoTime();
  }

  /** Restores the newest snapshot on a device that has nothing, by the password and the vault. */
  AgentResult restoreByPassword(SecondDevice fresh) throws IOException {
    return fresh.agent().withPassword(PASSWORD, restore(acknowledged().getLast(), fresh.target()));
  }

  void forget(SecondDevice fresh) throws IOException, InterruptedException {
    ChangingTree.remove(fresh.agent().home());
    ChangingTree.remove(fresh.target());
  }

  /**
   * Every acknowledged snapshot is listed and whole: all are read back and opened, some and the
   * newest are restored and compared.
   */
  void requireAllAcknowledged(Random random, String told) throws IOException, InterruptedException {
    List<String> listed = new ArrayList<>();
    for (JsonNode event : here.run("snapshots", "--json").events()) {
      listed.add(event.path("snapshotId").asText());
    }
    assertThat(listed).as(told).containsAll(acknowledged());
    AgentResult verified = here.run("verify", "--json");
    assertThat(verified.exitCode()).as("%s: %s", told, verified).isEqualTo(AgentResult.DONE);
    List<String> all = acknowledged();
    for (int i = 0; i < 2; i++) {
      restoreAsPlanned(all.get(random.nextInt(all.size())), told);
    }
    restoreAsPlanned(all.getLast(), told);
  }

  private Path target() {
    return folder.resolve("restored " + restores++);
  }

  private String[] restore(String snapshot, Path target) {
    return new String[] {
      "restore", snapshot, "--json", "--path", tree.root().toString(), "--target", target.toString()
    };
  }
}
