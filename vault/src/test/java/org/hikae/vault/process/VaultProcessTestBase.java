package org.hikae.vault.process;

import com.nimbusds.jose.JOSEException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.hikae.hk1.MalformedException;
import org.hikae.vault.testing.TestDevice;
import org.hikae.vault.token.FakeRealm;
import org.hikae.vault.wire.SignedCard;
import org.hikae.vault.wire.VaultFrame.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The real program in processes of its own, with a realm and a device. */
abstract class VaultProcessTestBase {

  static final String PASSWORD = "twelve characters";

  @TempDir Path directory;
  FakeRealm realm;
  Path config;
  Path socket;
  SignedCard card;

  @BeforeEach
  void openRealm() throws IOException, JOSEException {
    realm = new FakeRealm();
    socket = directory.resolve("v.sock");
    config = directory.resolve("vault.properties");
  }

  @AfterEach
  void closeRealm() {
    realm.close();
  }

  /** Writes the settings of a vault that takes the realm's tokens, and these. */
  void configure(String... more) throws IOException {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "tenant=demo",
                "issuer=" + realm.issuer(),
                "jwks-url=" + realm.jwksUrl(),
                "socket=" + socket,
                "allowed-uid=12345",
                "state-dir=" + directory.resolve("state")));
    lines.addAll(List.of(more));
    Files.write(config, lines);
  }

  TestDevice device() {
    return new TestDevice(
        this::ask,
        card,
        Clock.systemUTC(),
        () -> realm.rs256(realm.claims(Clock.systemUTC().instant()).build()),
        new SecureRandom());
  }

  byte[] ask(byte[] outer) {
    try (VaultSocketClient client = new VaultSocketClient(socket)) {
      return client.ask(Kind.MESSAGE, outer);
    } catch (IOException | MalformedException e) {
      throw new IllegalStateException("no answer", e);
    }
  }
}
