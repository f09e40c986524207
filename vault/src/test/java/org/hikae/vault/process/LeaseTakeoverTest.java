package org.hikae.vault.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.hikae.hk1.MalformedException;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.PostgresServers;
import org.hikae.vault.root.pkcs11.SoftHsmTokens;
import org.hikae.vault.testing.TestDevice;
import org.hikae.vault.testing.TestDevice.Guess;
import org.hikae.vault.testing.TestDevice.Registered;
import org.hikae.vault.token.FakeRealm;
import org.hikae.vault.wire.RecordState;
import org.hikae.vault.wire.SignedCard;
import org.hikae.vault.wire.VaultFrame.Kind;
import org.hikae.vault.wire.VaultRefusal;
import org.hikae.vault.wire.VaultReply;
import org.hikae.vault.wire.VaultReply.Refused;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two vault processes on one PostgreSQL database and one token, one of which is killed in the
 * middle of many guesses. Budget: 40 seconds.
 */
@DisplayName("HK1-V-08, V-16: two processes and one takeover")
@Tag("token")
@Timeout(240)
@EveryThirdRun
class LeaseTakeoverTest {

  private static final String PASSWORD = "twelve characters";
  private static final int GUESSES = 64;
  private static final int ANSWERED_BEFORE_THE_KILL = 4;

  @TempDir private Path directory;
  private FakeRealm realm;
  private EmbeddedPostgres postgres;
  private Path hsm;
  private SignedCard card;

  @BeforeEach
  void initialise() throws Exception {
    realm = new FakeRealm();
    hsm = directory.resolve("hsm.conf");
    SoftHsmTokens.makeTokens(hsm, 1);
    postgres = PostgresServers.durable().start();
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE ROLE hikae_vault LOGIN PASSWORD 'of the test'");
      statement.execute("CREATE DATABASE vault OWNER hikae_vault");
    }
    Path password = Files.writeString(directory.resolve("database-password"), "of the test");
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
    configure("a");
    configure("b");
    try (VaultChildProcess init =
        VaultChildProcess.program(
            Map.of("SOFTHSM2_CONF", hsm.toString()),
            "init",
            "--config=" + config("a"),
            "--pin-file=" + SoftHsmTokens.pinFile(directory, SoftHsmTokens.PIN),
            "--vault-root-out=" + directory.resolve("offline.key"),
            "--first-keeper-out=" + directory.resolve("keeper1.key"),
            "--second-keeper-out=" + directory.resolve("keeper2.key"))) {
      init.await("root fingerprint: ");
      assertThat(init.exitCode()).isZero();
    }
    Files.createDirectories(state("b"));
    for (String file : new String[] {"card.bin", "keepers.bin"}) {
      Files.copy(state("a").resolve(file), state("b").resolve(file));
    }
    card = SignedCard.parse(Files.readAllBytes(state("a").resolve("card.bin")));
  }

  private Path state(String node) {
    return directory.resolve("state-" + node);
  }

  private Path config(String node) {
    return directory.resolve(node + ".properties");
  }

  private Path socket(String node) {
    return directory.resolve(node + ".sock");
  }

  private void configure(String node) throws IOException {
    Files.writeString(
        config(node),
        String.join(
            "\n",
            "tenant=demo",
            "issuer=" + realm.issuer(),
            "jwks-url=" + realm.jwksUrl(),
            "socket=" + socket(node),
            "allowed-uid=12345",
            "state-dir=" + state(node),
            "root=pkcs11",
            "pkcs11-library=" + SoftHsmTokens.library(),
            "database-url=jdbc:postgresql://localhost:" + postgres.getPort() + "/vault",
            "database-user=hikae_vault",
            "database-password-file=" + directory.resolve("database-password")));
  }

  @AfterEach
  void close() throws IOException {
    postgres.close();
    realm.close();
  }

  private VaultChildProcess run(String node) throws IOException {
    VaultChildProcess vault =
        VaultChildProcess.start(
            NoWaitVaultMain.class,
            Map.of("SOFTHSM2_CONF", hsm.toString()),
            config(node).toString(),
            SoftHsmTokens.PIN);
    vault.await("serving");
    return vault;
  }

  private TestDevice device(String node) {
    return new TestDevice(
        outer -> ask(node, outer),
        card,
        Clock.systemUTC(),
        () -> realm.rs256(realm.claims(Clock.systemUTC().instant()).build()),
        new SecureRandom());
  }

  private byte[] ask(String node, byte[] outer) {
    try (VaultSocketClient client = new VaultSocketClient(socket(node))) {
      return client.ask(Kind.MESSAGE, outer);
    } catch (IOException | MalformedException e) {
      throw new IllegalStateException("no answer", e);
    }
  }

  @Test
  @DisplayName(
      "HK1-V-08: 64 guesses over two processes, one killed in the middle: ten are answered")
  void ten_of_sixty_four_guesses_are_answered_across_a_takeover() throws Exception {
    try (VaultChildProcess a = run("a");
        VaultChildProcess b = run("b");
        ExecutorService threads = Executors.newFixedThreadPool(GUESSES)) {
      TestDevice onA = device("a");
      Registered registered = onA.register(PASSWORD);
      TestDevice onB = device("b").speakingFor(onA);
      AtomicInteger answered = new AtomicInteger();
      CountDownLatch kill = new CountDownLatch(1);
      List<Future<VaultReply>> replies = new ArrayList<>();
      for (int i = 0; i < GUESSES; i++) {
        Guess guess = onA.guess("guess number " + i);
        TestDevice first = i % 2 == 0 ? onA : onB;
        TestDevice second = i % 2 == 0 ? onB : onA;
        replies.add(
            threads.submit(
                () -> {
                  VaultReply reply = untilAnswered(registered.credId(), guess, first, second);
                  if (reply instanceof VaultReply.Done
                      && answered.incrementAndGet() == ANSWERED_BEFORE_THE_KILL) {
                    kill.countDown();
                  }
                  return reply;
                }));
      }
      kill.await();
      a.kill();
      int done = 0;
      int refused = 0;
      for (Future<VaultReply> reply : replies) {
        switch (reply.get()) {
          case VaultReply.Done ignored -> done++;
          case Refused no -> {
            assertThat(no.refusal()).isEqualTo(VaultRefusal.LOCKED);
            refused++;
          }
        }
      }

      assertThat(done).isEqualTo(10);
      assertThat(refused).isEqualTo(GUESSES - 10);
      assertThat(onB.status().record().state()).isIn(RecordState.ACTIVE, RecordState.LOCKED);
      assertThat(onB.attemptsLeft()).isZero();
      assertThat(b.isAlive()).isTrue();
    }
  }

  /** One guess, sent again with the same bytes inside, now here, now there, until it is decided. */
  private static VaultReply untilAnswered(
      byte[] credId, Guess guess, TestDevice first, TestDevice second) {
    for (TestDevice next = first; ; next = next == first ? second : first) {
      try {
        VaultReply reply = next.send(guess, credId);
        boolean undecided = reply instanceof Refused no && no.refusal() == VaultRefusal.UNAVAILABLE;
        if (!undecided) {
          return reply;
        }
      } catch (IllegalStateException e) {
        // Nobody listens there any more, or the answer was lost with the process.
        Thread.onSpinWait();
      }
    }
  }
}
