package org.hikae.vault.bench;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.hikae.crypto.opaque.client.Argon2idKsf;
import org.hikae.crypto.opaque.client.Ksf;
import org.hikae.hk1.MalformedException;
import org.hikae.vault.process.VaultSocketClient;
import org.hikae.vault.testing.PreparedLogin;
import org.hikae.vault.testing.TestDevice;
import org.hikae.vault.testing.TestDevice.Registered;
import org.hikae.vault.token.FakeRealm;
import org.hikae.vault.wire.SignedCard;
import org.hikae.vault.wire.VaultFrame.Kind;

/**
 * One run on one fresh vault, within its limits: an employee is not tried more often than twenty
 * times, nor wrong so often in a row that there would be a wait.
 */
final class BenchmarkRun {

  private static final String RIGHT = "twelve characters";
  private static final String WRONG = "another password!";
  private static final int EMPLOYEES = 100;

  /** Logins that one employee may have open at once without a wait. */
  private static final int OPEN_LOGINS = 3;

  private static final int WARM_UP_ROUNDS = 2;
  private static final int CONNECTIONS = 16;
  private static final double STEADY_PER_SECOND = 15;
  private static final int UNLOCKS = 5;

  /** Milliseconds of one message, by the password. */
  enum TimedMessage {
    LOGIN_START_RIGHT,
    LOGIN_START_WRONG,
    LOGIN_FINISH_RIGHT,
    LOGIN_FINISH_WRONG
  }

  /**
   * What one run gave.
   *
   * @param processorMillis of the vault for one whole login, at full speed
   * @param loginMillis LoginStart and LoginFinish of one login together, at the steady rate
   * @param timed single messages at the steady rate
   * @param unlockMillis the whole of an unlock, with the device's computation
   */
  record Figures(
      double secondsToReady,
      double attemptsPerSecond,
      double loginsPerSecond,
      double processorMillis,
      Samples loginMillis,
      Map<TimedMessage, Samples> timed,
      Samples unlockMillis,
      double peakMebibytes) {}

  private record Throughput(
      double attemptsPerSecond, double loginsPerSecond, double processorMillis) {}

  private record BenchmarkEmployee(TestDevice device, Registered registered) {}

  private final BenchmarkVault vault;
  private final FakeRealm realm;
  private final SignedCard card;
  private final LoadGenerator load;
  private final SecureRandom secure = new SecureRandom();

  BenchmarkRun(BenchmarkVault vault, FakeRealm realm) throws IOException, MalformedException {
    this.vault = vault;
    this.realm = realm;
    this.card = vault.card();
    this.load = new LoadGenerator(vault.socket(), CONNECTIONS);
  }

  Figures measure() throws IOException, ExecutionException, InterruptedException {
    List<BenchmarkEmployee> employees =
        IntStream.range(0, EMPLOYEES)
            .parallel()
            .mapToObj(number -> register("employee-" + number, input -> input))
            .toList();
    for (int i = 0; i < WARM_UP_ROUNDS; i++) {
      throughput(employees);
    }
    Throughput fast = throughput(employees);
    Map<TimedMessage, Samples> timed = new EnumMap<>(TimedMessage.class);
    Samples logins = steadily(employees, timed);
    return new Figures(
        vault.secondsToReady(),
        fast.attemptsPerSecond(),
        fast.loginsPerSecond(),
        fast.processorMillis(),
        logins,
        timed,
        unlocks(),
        vault.peakMebibytes());
  }

  private BenchmarkEmployee register(String subject, Ksf stretching) {
    Clock clock = Clock.systemUTC();
    TestDevice device =
        new TestDevice(
            this::ask,
            card,
            clock,
            () -> realm.rs256(realm.claims(clock.instant()).subject(subject).build()),
            secure,
            stretching);
    return new BenchmarkEmployee(device, device.register(RIGHT));
  }

  private byte[] ask(byte[] outer) {
    try (VaultSocketClient client = new VaultSocketClient(vault.socket())) {
      return client.ask(Kind.MESSAGE, outer);
    } catch (IOException | MalformedException e) {
      throw new IllegalStateException("The vault gave no answer.", e);
    }
  }

  private static PreparedLogin prepare(BenchmarkEmployee employee, boolean right) {
    return new PreparedLogin(
        employee.device(), employee.registered().credId(), right ? RIGHT : WRONG, right);
  }

  /** Attempts and whole logins per second, the device's computation left out. */
  private Throughput throughput(List<BenchmarkEmployee> employees)
      throws IOException, ExecutionException, InterruptedException {
    List<PreparedLogin> logins =
        employees.parallelStream()
            .flatMap(
                employee -> IntStream.range(0, OPEN_LOGINS).mapToObj(_ -> prepare(employee, true)))
            .toList();
    double before = vault.processorSeconds();
    LoadGenerator.LoadOutcome starts =
        load.asFastAsPossible(logins.stream().map(PreparedLogin::start).toList());
    takeStarts(logins, starts);
    LoadGenerator.LoadOutcome finishes =
        load.asFastAsPossible(logins.stream().map(PreparedLogin::finish).toList());
    double processorSeconds = vault.processorSeconds() - before;
    takeFinishes(logins, finishes);
    return new Throughput(
        starts.perSecond(),
        logins.size() / (starts.seconds() + finishes.seconds()),
        processorSeconds * 1000 / logins.size());
  }

  /** Right and wrong passwords in turn, at an even rate. */
  private Samples steadily(List<BenchmarkEmployee> employees, Map<TimedMessage, Samples> timed)
      throws IOException, ExecutionException, InterruptedException {
    List<PreparedLogin> logins = new ArrayList<>();
    for (int i = 0; i < OPEN_LOGINS; i++) {
      for (int number = 0; number < employees.size(); number++) {
        logins.add(prepare(employees.get(number), (number + i) % 2 == 0));
      }
    }
    Collections.shuffle(logins, new Random(1));
    LoadGenerator.LoadOutcome starts =
        load.evenly(logins.stream().map(PreparedLogin::start).toList(), STEADY_PER_SECOND);
    takeStarts(logins, starts);
    LoadGenerator.LoadOutcome finishes =
        load.evenly(logins.stream().map(PreparedLogin::finish).toList(), STEADY_PER_SECOND);
    takeFinishes(logins, finishes);
    timed.put(TimedMessage.LOGIN_START_RIGHT, only(true, logins, starts));
    timed.put(TimedMessage.LOGIN_START_WRONG, only(false, logins, starts));
    timed.put(TimedMessage.LOGIN_FINISH_RIGHT, only(true, logins, finishes));
    timed.put(TimedMessage.LOGIN_FINISH_WRONG, only(false, logins, finishes));
    return new Samples(
        IntStream.range(0, logins.size())
            .mapToDouble(i -> starts.millis()[i] + finishes.millis()[i])
            .toArray());
  }

  private static Samples only(
      boolean right, List<PreparedLogin> logins, LoadGenerator.LoadOutcome outcome) {
    return new Samples(
        IntStream.range(0, logins.size())
            .filter(i -> logins.get(i).isRight() == right)
            .mapToDouble(i -> outcome.millis()[i])
            .toArray());
  }

  private static void takeStarts(List<PreparedLogin> logins, LoadGenerator.LoadOutcome outcome) {
    IntStream.range(0, logins.size())
        .parallel()
        .forEach(i -> logins.get(i).started(outcome.answers().get(i)));
  }

  private static void takeFinishes(List<PreparedLogin> logins, LoadGenerator.LoadOutcome outcome) {
    IntStream.range(0, logins.size())
        .forEach(i -> logins.get(i).finished(outcome.answers().get(i)));
  }

  /** Password in, wrap out, with the agent's Argon2id, straight at the vault's socket. */
  private Samples unlocks() {
    BenchmarkEmployee slow = register("unlocking", new Argon2idKsf());
    return new Samples(DoubleStream.generate(() -> unlock(slow)).limit(UNLOCKS).toArray());
  }

  private static double unlock(BenchmarkEmployee employee) {
    long began = System.nanoTime();
    employee.device().login(employee.registered().credId(), RIGHT);
    return (System.nanoTime() - began) / 1e6;
  }
}
