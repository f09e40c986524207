package org.hikae.vault.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.hikae.hk1.MalformedException;
import org.hikae.vault.testing.RecordLifecycleScenario;
import org.hikae.vault.testing.RecordLifecycleScenario.NoAnswerException;
import org.hikae.vault.testing.RecordLifecycleScenario.Step;
import org.hikae.vault.testing.RecordLifecycleScenario.StepOutcome;
import org.hikae.vault.testing.TestDevice;
import org.hikae.vault.token.FakeRealm;
import org.hikae.vault.wire.SignedCard;
import org.hikae.vault.wire.VaultFrame;
import org.hikae.vault.wire.VaultFrame.Kind;
import org.hikae.vault.wire.VaultReply;
import org.jspecify.annotations.Nullable;

/**
 * A vault in a process of its own that is killed in the middle of lives of records: between the
 * sending of a chosen step's message and the reading of its answer, after a delay drawn from the
 * seed up to somewhat more than that step was seen to take; at any time of a life; between two; and
 * while it starts.
 */
final class KilledVaultScenario implements RecordLifecycleScenario.MessageTransport {

  private static final List<Step> STEPS = List.of(Step.values());

  private static final String ANY_TIME = "at any time";
  private static final String IDLE = "between messages";
  private static final String STARTING = "while starting";

  /** Beyond the usual time, so that some kills come after the answer. */
  private static final double SPREAD = 1.3;

  private final Path home;
  private final FakeRealm realm;
  private final Map<String, String> environment;
  private final String secret;
  private final Random random;
  private final Map<Step, Long> usualNanos = new EnumMap<>(Step.class);
  private final Map<String, Integer> kills = new TreeMap<>();
  private final Map<StepOutcome, Integer> found = new EnumMap<>(StepOutcome.class);
  private long usualStartNanos;
  private long lastAnswerNanos;

  private @Nullable SignedCard card;
  private @Nullable VaultChildProcess running;
  private @Nullable Step aim;
  private long killAfterNanos = -1;
  private CompletableFuture<Void> killer = CompletableFuture.completedFuture(null);
  private volatile boolean dead;

  /** Makes a vault in {@code home}, with these settings for its root. */
  KilledVaultScenario(
      Path home, FakeRealm realm, List<String> rootSettings, String secret, Path hsm, long seed)
      throws IOException, InterruptedException, MalformedException {
    this.home = Files.createDirectories(home);
    this.realm = realm;
    this.environment = Map.of("SOFTHSM2_CONF", hsm.toString());
    this.secret = secret;
    this.random = new Random(seed);
    List<String> settings = new ArrayList<>(rootSettings);
    settings.addAll(
        List.of(
            "tenant=demo",
            "issuer=" + realm.issuer(),
            "jwks-url=" + realm.jwksUrl(),
            "socket=" + socket(),
            "allowed-uid=12345",
            "state-dir=" + home.resolve("state")));
    Files.write(config(), settings);
    initialise(rootSettings.isEmpty() ? "passphrase" : "pin");
  }

  private void initialise(String kind)
      throws IOException, InterruptedException, MalformedException {
    Path file = Files.writeString(home.resolve("secret"), secret + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    try (VaultChildProcess init =
        VaultChildProcess.program(
            environment,
            "init",
            "--config=" + config(),
            "--" + kind + "-file=" + file,
            "--vault-root-out=" + home.resolve("offline.key"),
            "--first-keeper-out=" + home.resolve("keeper1.key"),
            "--second-keeper-out=" + home.resolve("keeper2.key"))) {
      init.await("root fingerprint: ");
      assertThat(init.exitCode()).isZero();
    }
    card = SignedCard.parse(Files.readAllBytes(home.resolve("state/card.bin")));
  }

  private Path config() {
    return home.resolve("vault.properties");
  }

  private Path socket() {
    return home.resolve("v.sock");
  }

  /** A first life shows how long everything takes; then lives with a death each. */
  void killUntil(int count) throws Exception {
    try {
      start();
      List<RecordLifecycleScenario> lived = new ArrayList<>();
      long began = System.nanoTime();
      lived.add(live("first"));
      long usualLifeNanos = System.nanoTime() - began;
      int aims = STEPS.size() + 2;
      for (int i = 0; kills() < count; i++) {
        int next = i % aims;
        if (next < STEPS.size()) {
          aim = STEPS.get(next);
          lived.add(live("life-" + i));
        } else if (next == STEPS.size()) {
          killAfter(upTo(usualLifeNanos));
          lived.add(live("life-" + i));
          killer.join();
        } else {
          kill(IDLE);
          killWhileStarting();
        }
        if (dead) {
          revive();
        }
      }
      for (RecordLifecycleScenario life : lived) {
        life.requireWhole();
      }
    } finally {
      process().close();
    }
  }

  private RecordLifecycleScenario live(String subject) {
    Clock clock = Clock.systemUTC();
    TestDevice device =
        new TestDevice(
            this::ask,
            Objects.requireNonNull(card),
            clock,
            () -> realm.rs256(realm.claims(clock.instant()).subject(subject).build()),
            new SecureRandom());
    RecordLifecycleScenario life = new RecordLifecycleScenario(device, this);
    life.live();
    return life;
  }

  private long upTo(long nanos) {
    return (long) (random.nextDouble() * SPREAD * nanos);
  }

  // The process.

  private VaultChildProcess process() {
    return Objects.requireNonNull(running);
  }

  private VaultChildProcess launch() throws IOException {
    VaultChildProcess launched =
        VaultChildProcess.start(NoWaitVaultMain.class, environment, config().toString(), secret);
    running = launched;
    return launched;
  }

  private void start() throws IOException {
    long began = System.nanoTime();
    launch().await("serving");
    usualStartNanos = System.nanoTime() - began;
    dead = false;
  }

  private void kill(String where) {
    kills.merge(where, 1, Integer::sum);
    dead = true;
    try {
      process().kill();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void killAfter(long nanos) {
    killer =
        CompletableFuture.runAsync(
            () -> kill(ANY_TIME), CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS));
  }

  /** A start puts in order what a kill left, and may be killed itself. */
  private void killWhileStarting() throws IOException, InterruptedException {
    VaultChildProcess starting = launch();
    assertThat(starting.endsWithin(upTo(usualStartNanos))).as("it ends by itself").isFalse();
    kill(STARTING);
  }

  @Override
  public boolean isDead() {
    return dead;
  }

  @Override
  public void revive() {
    killer.join();
    try {
      start();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  // Its messages.

  @Override
  public VaultReply carry(Step step, Supplier<VaultReply> message) {
    if (step == aim) {
      killAfterNanos = upTo(usualNanos.getOrDefault(step, 0L));
      return message.get();
    }
    VaultReply reply = message.get();
    usualNanos.put(step, lastAnswerNanos);
    return reply;
  }

  private byte[] ask(byte[] outer) {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
      ByteBuffer out = ByteBuffer.wrap(new VaultFrame(Kind.MESSAGE, outer).encode());
      while (out.hasRemaining()) {
        channel.write(out);
      }
      long sent = System.nanoTime();
      if (killAfterNanos >= 0) {
        killAt(sent + killAfterNanos);
      }
      VaultFrame answer = VaultFrame.read(Channels.newInputStream(channel));
      lastAnswerNanos = System.nanoTime() - sent;
      return answer.body();
    } catch (IOException e) {
      if (dead) {
        throw new NoAnswerException(e);
      }
      throw new AssertionError("A living vault gave no answer.", e);
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }

  /** Waits busily: the whole of an answer takes a few milliseconds. */
  private void killAt(long nanoTime) {
    String where = String.valueOf(aim);
    aim = null;
    killAfterNanos = -1;
    while (System.nanoTime() < nanoTime) {
      Thread.onSpinWait();
    }
    kill(where);
  }

  @Override
  public void found(Step step, StepOutcome stepOutcome) {
    found.merge(stepOutcome, 1, Integer::sum);
  }

  // The tally.

  int kills() {
    return kills.values().stream().mapToInt(Integer::intValue).sum();
  }

  Map<StepOutcome, Integer> found() {
    return found;
  }

  @Override
  public String toString() {
    return kills() + " kills: " + kills + "; in the middle of a step they left " + found;
  }
}
