package org.hikae.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.hikae.hk1.Hash256;
import org.hikae.it.agent.AgentDevice;
import org.hikae.it.agent.AgentResult;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiDevice;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.TestCompany;
import org.hikae.it.stack.StackDatabase;
import org.jspecify.annotations.Nullable;

/**
 * The kills of one system, one after the other. After each the same backup is completed and its
 * snapshot restored and compared. Kills come at a random moment of what they disturb, whose length
 * was measured undisturbed.
 */
final class KillRun {

  private static final int NETWORK = 5;
  private static final int KILLED = 128 + 9;

  /** Of the vault's kills, every third comes while a device without anything asks for its key. */
  private static final int PASSWORD_EVERY = 3;

  /**
   * The vault answers twenty tries of an employee in a day; what is under way may be begun anew.
   */
  private static final int MOST_PASSWORDS = 15;

  /** How often something may end before it is disturbed. */
  private static final int MOST_TRIES = 20;

  private static final int OBJECTS = 20;
  private static final int OBJECT_BYTES = 50_000;

  private final StackDatabase.Kind kind;
  private final String told;
  private final List<PlannedKill> kills;
  private final Random random;
  private final AtomicBoolean stopped;
  private final Length ofProcess = new Length();
  private final Length ofBackup = new Length();
  private final Length ofPassword = new Length();
  private DisturbedEmployee disturbedEmployee;
  private volatile @Nullable Process victim;
  private int tooLate;
  private final AtomicInteger passwords = new AtomicInteger();

  /** How long something took when it was last left alone. */
  private static final class Length {
    private volatile long nanos;
  }

  /**
   * A lane.
   *
   * @param stopped set by the first lane that fails, and ends the others
   */
  KillRun(
      StackDatabase.Kind kind,
      String told,
      List<PlannedKill> kills,
      Random random,
      AtomicBoolean stopped) {
    this.kind = kind;
    this.told = told + ", " + kind;
    this.kills = kills;
    this.random = random;
    this.stopped = stopped;
  }

  /** Does everything and says what it was. */
  String call() throws Exception {
    try {
      long began = System.nanoTime();
      disturbedEmployee = DisturbedEmployee.on(kind);
      measure();
      int done = 0;
      Map<PlannedKill.Victim, Long> millis = new EnumMap<>(PlannedKill.Victim.class);
      for (PlannedKill kill : kills) {
        if (stopped.get()) {
          break;
        }
        long from = System.nanoTime();
        one(kill);
        done++;
        millis.merge(kill.victim(), (System.nanoTime() - from) / 1_000_000, Long::sum);
      }
      disturbedEmployee.requireAllAcknowledged(random, told);
      if (kind == StackDatabase.Kind.POSTGRESQL) {
        StoreIntegrity.require(disturbedEmployee.stack().db(), disturbedEmployee.setId(), told);
      }
      return told
          + ": "
          + done
          + " kills, "
          + tooLate
          + " more came too late, milliseconds "
          + millis
          + ", "
          + disturbedEmployee.acknowledged().size()
          + " snapshots acknowledged, in all "
          + (System.nanoTime() - began) / 1_000_000_000
          + " s";
    } catch (Exception | AssertionError e) {
      stopped.set(true);
      throw e;
    }
  }

  private void measure() throws Exception {
    disturbedEmployee.tree().change(random);
    requireDone(disturbedEmployee.backUp());
    if (kills(PlannedKill.Victim.AGENT)) {
      disturbedEmployee.tree().change(random);
      requireDone(timed(ofProcess, this::process));
    }
    disturbedEmployee.tree().change(random);
    requireDone(timed(ofBackup, disturbedEmployee::backUp));
    if (kills(PlannedKill.Victim.VAULT)) {
      requireDone(timed(ofPassword, this::askForKey));
    }
  }

  private boolean kills(PlannedKill.Victim victim) {
    return kills.stream().anyMatch(kill -> kill.victim() == victim);
  }

  private void requireDone(AgentResult agentResult) {
    assertThat(agentResult.exitCode()).as("%s: %s", told, agentResult).isEqualTo(AgentResult.DONE);
  }

  private static AgentResult timed(Length length, Callable<AgentResult> work) throws Exception {
    long from = System.nanoTime();
    AgentResult agentResult = work.call();
    length.nanos = System.nanoTime() - from;
    return agentResult;
  }

  private AgentResult process() throws IOException, InterruptedException {
    AgentDevice.RunningCommand run = disturbedEmployee.begin();
    victim = run.process();
    return disturbedEmployee.noted(run.ended());
  }

  /** A device that has nothing restores by the password. */
  private AgentResult askForKey() throws IOException, InterruptedException {
    passwords.incrementAndGet();
    DisturbedEmployee.SecondDevice fresh = disturbedEmployee.fresh();
    try {
      return disturbedEmployee.restoreByPassword(fresh);
    } finally {
      disturbedEmployee.forget(fresh);
    }
  }

  private void one(PlannedKill kill) throws Exception {
    String what = told + ", " + kill;
    disturbedEmployee.tree().change(kill.random());
    switch (kill.victim()) {
      case AGENT -> agent(kill, what);
      case VAULT -> {
        if (kill.number() % PASSWORD_EVERY == 0 && passwords.get() < MOST_PASSWORDS) {
          vaultAtPassword(kill, what);
        } else {
          vault(kill, what);
        }
      }
      case DATABASE -> database(kill, what);
      case PORTAL -> portal(kill, what);
    }
    disturbedEmployee.completeAndRestore(what);
  }

  /**
   * Begins something and gives it at a random moment before its end, which is when the fault has to
   * come: nothing else is waited for. What ended sooner than expected is begun anew.
   */
  private FutureTask<AgentResult> underWay(
      PlannedKill kill, Length length, Callable<AgentResult> work, String what) throws Exception {
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      FutureTask<AgentResult> run = new FutureTask<>(() -> timed(length, work));
      long nanos = kill.random().nextLong(length.nanos);
      Thread.ofPlatform().daemon().name("disturbed").start(run);
      Thread.sleep(nanos / 1_000_000, (int) (nanos % 1_000_000));
      if (!run.isDone()) {
        return run;
      }
      AgentResult agentResult = result(run);
      assertThat(agentResult.exitCode())
          .as("%s: %s", what, agentResult)
          .isEqualTo(AgentResult.DONE);
      tooLate++;
      disturbedEmployee.tree().change(kill.random());
    }
    throw new AssertionError(what + ": no kill came in time");
  }

  private void agent(PlannedKill kill, String what) throws Exception {
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      victim = null;
      FutureTask<AgentResult> run = underWay(kill, ofProcess, this::process, what);
      long length = ofProcess.nanos;
      while (victim == null) {
        Thread.onSpinWait();
      }
      victim.destroyForcibly();
      AgentResult agentResult = result(run);
      ofProcess.nanos = length;
      assertThat(agentResult.exitCode())
          .as("%s: %s", what, agentResult)
          .isIn(AgentResult.DONE, KILLED);
      if (agentResult.exitCode() == KILLED) {
        return;
      }
      tooLate++;
      disturbedEmployee.tree().change(kill.random());
    }
    throw new AssertionError(what + ": no kill came in time");
  }

  private void vault(PlannedKill kill, String what) throws Exception {
    FutureTask<AgentResult> run = underWay(kill, ofBackup, disturbedEmployee::backUp, what);
    long length = ofBackup.nanos;
    disturbedEmployee.stack().vault().kill();
    disturbedEmployee.stack().vault().restart();
    // The vault witnesses a backup that is complete without it.
    AgentResult agentResult = result(run);
    ofBackup.nanos = length;
    assertThat(agentResult.exitCode()).as("%s: %s", what, agentResult).isEqualTo(AgentResult.DONE);
  }

  private void vaultAtPassword(PlannedKill kill, String what) throws Exception {
    FutureTask<AgentResult> run = underWay(kill, ofPassword, this::askForKey, what);
    disturbedEmployee.stack().vault().kill();
    disturbedEmployee.stack().vault().restart();
    AgentResult agentResult = result(run);
    assertThat(agentResult.exitCode())
        .as("%s: %s", what, agentResult)
        .isIn(AgentResult.DONE, NETWORK);
    // The right password opens all the same, and clears what the vault had charged.
    AgentResult opened = timed(ofPassword, this::askForKey);
    assertThat(opened.exitCode()).as("%s: %s", what, opened).isEqualTo(AgentResult.DONE);
  }

  private void database(PlannedKill kill, String what) throws Exception {
    FutureTask<AgentResult> run = underWay(kill, ofBackup, disturbedEmployee::backUp, what);
    long length = ofBackup.nanos;
    disturbedEmployee.stack().db().kill();
    disturbedEmployee.stack().db().restart();
    // The portal says that it may be sent again, and its pool recovers by itself.
    AgentResult agentResult = result(run);
    ofBackup.nanos = length;
    assertThat(agentResult.exitCode()).as("%s: %s", what, agentResult).isEqualTo(AgentResult.DONE);
  }

  private void portal(PlannedKill kill, String what) throws Exception {
    Acknowledged before = acknowledge();
    FutureTask<AgentResult> run = underWay(kill, ofBackup, disturbedEmployee::backUp, what);
    long length = ofBackup.nanos;
    disturbedEmployee.stack().killPortal();
    disturbedEmployee.stack().startPortal();
    AgentResult agentResult = result(run);
    ofBackup.nanos = length;
    assertThat(agentResult.exitCode())
        .as("%s: %s", what, agentResult)
        .isIn(AgentResult.DONE, NETWORK);
    before.require(what);
  }

  /** What a device by the specification alone was told is stored. */
  private record Acknowledged(
      ApiDevice device, List<String> packs, String root, ApiReply committed, String stubHash) {

    /** It is there, and the series goes on from it. */
    void require(String what) throws Exception {
      ApiClient session = device.session();
      for (String pack : packs) {
        byte[] bytes = session.get("/v1/device/objects/" + pack).body();
        assertThat(Hash256.sha256(bytes).hex()).as(what).isEqualTo(pack);
      }
      ApiReply found = session.get("/v1/device/snapshots/" + committed.field("snapshotId"));
      assertThat(found.json()).as(what).isEqualTo(committed.json());
      ApiReply next =
          session.json(
              "POST", "/v1/device/snapshots", device.snapshot(2, stubHash, root, packs, List.of()));
      assertThat(next.status()).as("%s: %s", what, next).isEqualTo(201);
    }
  }

  private Acknowledged acknowledge() throws Exception {
    TestCompany company = TestCompany.on(kind);
    ApiDevice device = ApiDevice.enrol(company.agentOf(company.employee()), "killed");
    ApiClient session = device.session();
    device.optIn(session);
    String root = ApiDevice.store(session, ApiDevice.random(500));
    List<String> packs = new ArrayList<>();
    for (int i = 0; i < OBJECTS; i++) {
      packs.add(ApiDevice.store(session, ApiDevice.random(OBJECT_BYTES + i)));
    }
    packs.sort(null);
    ApiReply committed = session.json("POST", "/v1/device/snapshots", device.first(root, packs));
    assertThat(committed.status()).as("%s", committed).isEqualTo(201);
    return new Acknowledged(device, packs, root, committed, committed.field("stubHash"));
  }

  private static AgentResult result(FutureTask<AgentResult> task) throws Exception {
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw new AssertionError("the agent failed", e.getCause());
    }
  }
}
