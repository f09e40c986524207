package org.hikae.vault.core;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Ids;
import org.hikae.hk1.Transcript;
import org.hikae.vault.account.VaultLimits;
import org.hikae.vault.core.TestDevice.Registered;
import org.hikae.vault.process.Installation;
import org.hikae.vault.process.VaultConfig;
import org.hikae.vault.root.OpenedRoot;
import org.hikae.vault.store.JdbcVaultStore;
import org.hikae.vault.wire.OwnerOrder.Order;
import org.hikae.vault.wire.SignedCard;

/** Makes vault.zip with the vault of an earlier commit: its files, and the keys of the devices. */
final class MakeVault {

  private static final String PASSPHRASE = "a good passphrase of the test";
  private static final String PASSWORD = "twelve characters";

  private final SecureRandom random = new SecureRandom();
  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-24T09:00:00Z"));
  private final Properties told = new Properties();
  private SignedCard card;
  private Vault vault;

  public static void main(String[] arguments) throws Exception {
    new MakeVault().make(Path.of(arguments[0]));
  }

  private void make(Path into) throws Exception {
    Path folder = Files.createTempDirectory("earlier-vault");
    Path state = folder.resolve("state");
    Path file = folder.resolve("vault.properties");
    Files.writeString(
        file,
        String.join(
            "\n",
            "tenant=" + VaultWorld.TENANT,
            "issuer=" + VaultWorld.ISSUER,
            "jwks-url=" + VaultWorld.ISSUER + "/certs",
            "socket=" + folder.resolve("v.sock"),
            "allowed-uid=12345",
            "state-dir=" + state));
    VaultConfig config = VaultConfig.read(file);
    byte[] secret = PASSPHRASE.getBytes(StandardCharsets.UTF_8);
    card =
        Installation.create(
            config,
            new Installation.Offline(
                folder.resolve("root.key"), folder.resolve("1.key"), folder.resolve("2.key")),
            SecretBytes.copyOf(secret),
            Installation.Keys.NEW,
            random);
    VaultConfig.Database.Embedded database = (VaultConfig.Database.Embedded) config.database();
    Files.createDirectories(database.directory());
    try (OpenedRoot opened = OpenedRoot.open(config.root(), SecretBytes.copyOf(secret), random);
        JdbcVaultStore store =
            JdbcVaultStore.h2(
                database.directory(), opened.root().hmac(Transcript.of("vault store check")))) {
      store.lease();
      vault =
          new Vault(
              card,
              new Vault.Ports(
                  opened.root(), opened.anchor(), null, opened.epochs(), store, MakeVault::verify, clock, random),
              new Vault.Policy(Duration.ofDays(35), VaultLimits.WAITS));
      happen();
      vault.rest();
    }
    told.setProperty("now", clock.instant().toString());
    try (OutputStream out = Files.newOutputStream(into);
        ZipOutputStream zip = new ZipOutputStream(out);
        Stream<Path> files = Files.walk(state)) {
      zip.setLevel(9);
      StringBuilder text = new StringBuilder();
      told.stringPropertyNames().stream()
          .sorted()
          .forEach(name -> text.append(name).append('=').append(told.getProperty(name)).append('\n'));
      entry(zip, "told.properties", text.toString().getBytes(StandardCharsets.ISO_8859_1));
      for (Path each : files.filter(Files::isRegularFile).sorted().toList()) {
        entry(zip, "state/" + state.relativize(each), Files.readAllBytes(each));
      }
    }
    System.out.println(Files.size(into) + " bytes");
  }

  private static void entry(ZipOutputStream zip, String name, byte[] bytes) throws Exception {
    ZipEntry entry = new ZipEntry(name);
    entry.setTime(1_700_000_000_000L);
    zip.putNextEntry(entry);
    zip.write(bytes);
  }

  /** A token is {@code sub|auth_time}. */
  private static TokenVerifier.Bearer verify(String token) {
    int bar = token.indexOf('|');
    return new TokenVerifier.Bearer(
        VaultWorld.ISSUER,
        token.substring(0, bar),
        Instant.ofEpochSecond(Long.parseLong(token.substring(bar + 1))));
  }

  private TestDevice device(String subject) {
    return new TestDevice(
        bytes -> vault.answer(bytes),
        card,
        clock,
        () -> subject + "|" + clock.instant().getEpochSecond(),
        random);
  }

  private void tell(String name, TestDevice device) {
    told.setProperty(name + ".device", Ids.hex(device.deviceKey.encode().expose()));
    told.setProperty(name + ".owner", Ids.hex(device.ownerKey.encode().expose()));
    told.setProperty(name + ".set", Ids.hex(device.setId));
  }

  private void tell(String name, Registered registered) {
    told.setProperty(name + ".record", Ids.hex(registered.credId()));
    told.setProperty(name + ".wrap", Ids.hex(registered.wrap()));
  }

  /** Another device of the same set. */
  private TestDevice beside(String subject, TestDevice first) {
    TestDevice other = device(subject);
    other.setId = first.setId;
    other.ownerKey = first.ownerKey;
    return other;
  }

  private void happen() {
    byte[] none = {};
    TestDevice alice = device("alice");
    Registered ofAlice = alice.register(PASSWORD);
    alice.receipt(alice.witness(3, Hash256.sha256(new byte[1])));
    clock.advance(Duration.ofHours(1));
    TestDevice second = beside("alice", alice);
    second.login(ofAlice.credId(), PASSWORD);
    second.start(ofAlice.credId(), "a wrong password");
    clock.advance(Duration.ofHours(1));
    alice.receipt(alice.order(Order.FREEZE, none));
    tell("alice.first", alice);
    tell("alice.second", second);
    tell("alice", ofAlice);

    TestDevice bob = device("bob");
    Registered ofBob = bob.register(PASSWORD);
    bob.receipt(bob.witness(1, Hash256.sha256(new byte[2])));
    Registered next = bob.register("another password of bob");
    tell("bob.first", bob);
    tell("bob", ofBob);
    tell("bob.next", next);
    told.setProperty("bob.due", String.valueOf(next.exposed().entry().dueSeconds()));

    TestDevice carol = device("carol");
    Registered ofCarol = carol.register(PASSWORD);
    TestDevice other = beside("carol", carol);
    other.start(ofCarol.credId(), "a wrong password");
    other.start(ofCarol.credId(), "another wrong password");
    other.login(ofCarol.credId(), PASSWORD);
    other.start(ofCarol.credId(), "a wrong password");
    carol.receipt(carol.witness(7, Hash256.sha256(new byte[3])));
    tell("carol.first", carol);
    tell("carol.second", other);
    tell("carol", ofCarol);
  }
}
