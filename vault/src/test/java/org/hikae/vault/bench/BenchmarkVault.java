package org.hikae.vault.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.hikae.hk1.MalformedException;
import org.hikae.testing.PostgresServers;
import org.hikae.vault.process.VaultSocketClient;
import org.hikae.vault.root.pkcs11.SoftHsmTokens;
import org.hikae.vault.token.FakeRealm;
import org.hikae.vault.wire.SignedCard;
import org.hikae.vault.wire.VaultFrame.Kind;
import org.jspecify.annotations.Nullable;

/** A vault made anew and run by the launcher that production uses, with its options. */
final class BenchmarkVault implements AutoCloseable {

  private static final String PASSPHRASE = "a passphrase of the bench";
  private static final double NANOS_PER_SECOND = 1e9;

  private final Path home;
  private final Path launcher;
  private final String secretOption;
  private final @Nullable EmbeddedPostgres postgres;
  private final Process process;
  private final double secondsToReady;

  /**
   * Makes a vault and starts it.
   *
   * @param home an empty folder
   * @param launcher bin/hikae-vault
   */
  BenchmarkVault(Path home, Path launcher, FakeRealm realm, boolean inToken, boolean onPostgresql)
      throws IOException, SQLException, InterruptedException, MalformedException {
    this.home = home;
    this.launcher = launcher;
    List<String> settings =
        new ArrayList<>(
            List.of(
                "tenant=demo",
                "issuer=" + realm.issuer(),
                "jwks-url=" + realm.jwksUrl(),
                "socket=" + socket(),
                "allowed-uid=12345",
                "state-dir=" + home.resolve("state")));
    if (inToken) {
      SoftHsmTokens.makeTokens(hsm(), 1);
      settings.addAll(List.of("root=pkcs11", "pkcs11-library=" + SoftHsmTokens.library()));
    }
    postgres = onPostgresql ? postgresql(settings) : null;
    Files.write(config(), settings);
    secretOption =
        (inToken ? "--pin-file=" : "--passphrase-file=")
            + secretFile("secret", inToken ? SoftHsmTokens.PIN : PASSPHRASE);
    Process init =
        launch(
            "init",
            "--vault-root-out=" + home.resolve("offline.key"),
            "--first-keeper-out=" + home.resolve("keeper1.key"),
            "--second-keeper-out=" + home.resolve("keeper2.key"));
    await(init, "root fingerprint: ");
    if (init.waitFor() != 0) {
      throw new IOException("The vault could not be made.");
    }
    long began = System.nanoTime();
    process = launch("run");
    await(process, "serving");
    try (VaultSocketClient client = new VaultSocketClient(socket())) {
      if (client.ask(Kind.HEALTH, new byte[0])[0] != 1) {
        throw new IOException("The vault started and does not serve.");
      }
    }
    secondsToReady = (System.nanoTime() - began) / NANOS_PER_SECOND;
  }

  private EmbeddedPostgres postgresql(List<String> settings) throws IOException, SQLException {
    EmbeddedPostgres server =
        PostgresServers.durable().setDataDirectory(home.resolve("postgresql")).start();
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE ROLE hikae_vault LOGIN PASSWORD '" + PASSPHRASE + "'");
      statement.execute("CREATE DATABASE vault OWNER hikae_vault");
    }
    settings.addAll(
        List.of(
            "database-url=jdbc:postgresql://localhost:" + server.getPort() + "/vault",
            "database-user=hikae_vault",
            "database-password-file=" + secretFile("database-password", PASSPHRASE)));
    return server;
  }

  private Path secretFile(String name, String secret) throws IOException {
    Path file = Files.writeString(home.resolve(name), secret);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private Path hsm() {
    return home.resolve("hsm.conf");
  }

  private Path config() {
    return home.resolve("vault.properties");
  }

  private Process launch(String command, String... more) throws IOException {
    List<String> line =
        new ArrayList<>(
            List.of(launcher.toString(), command, "--config=" + config(), secretOption));
    line.addAll(List.of(more));
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .redirectError(ProcessBuilder.Redirect.to(home.resolve(command + ".err").toFile()));
    builder.environment().put("SOFTHSM2_CONF", hsm().toString());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder.start();
  }

  private static void await(Process process, String beginning) throws IOException {
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    String line = out.readLine();
    while (line != null && !line.startsWith(beginning)) {
      line = out.readLine();
    }
    if (line == null) {
      throw new IOException("The vault ended without saying: " + beginning);
    }
  }

  Path socket() {
    return home.resolve("v.sock");
  }

  SignedCard card() throws IOException, MalformedException {
    return SignedCard.parse(Files.readAllBytes(home.resolve("state/card.bin")));
  }

  /** From the launcher's start to the first good answer about its health. */
  double secondsToReady() {
    return secondsToReady;
  }

  /** The processor time that the process has used, on all cores together. */
  double processorSeconds() {
    return process.toHandle().info().totalCpuDuration().orElseThrow().toNanos() / NANOS_PER_SECOND;
  }

  /** The most memory that the process had resident so far. */
  double peakMebibytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0;
      }
    }
    throw new IOException("The system does not say how much memory a process had.");
  }

  /** Stops in order. */
  @Override
  public void close() throws IOException {
    process.toHandle().destroy();
    process.onExit().join();
    if (postgres != null) {
      postgres.close();
    }
  }
}
