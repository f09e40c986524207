package org.hikae.vault.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.h2.Driver;
import org.hikae.testing.EveryThirdRun;
import org.hikae.vault.port.UnavailableException;
import org.hikae.vault.port.VaultStore;
import org.hikae.vault.port.VaultStore.Secret;
import org.hikae.vault.port.VaultStore.SecretKind;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract on an embedded H2 file. */
@EveryThirdRun
class H2VaultStoreTest extends JdbcVaultStoreContract {

  @TempDir private Path directory;

  @Override
  void makeDatabase() {
    assertThat(directory).isEmptyDirectory();
  }

  @Override
  VaultStore process(byte[] rootCheck) {
    return JdbcVaultStore.h2(directory, rootCheck);
  }

  @Override
  void cut(VaultStore holder) {
    ((JdbcVaultStore) holder).abandon();
  }

  @Override
  List<String> childArguments() {
    return List.of("h2", directory.toString());
  }

  @Override
  void tamper(String sql) throws Exception {
    Properties login = new Properties();
    login.setProperty("user", "vault");
    login.setProperty("password", "");
    try (Connection connection =
            new Driver().connect("jdbc:h2:file:" + directory.resolve("vault"), login);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  @DisplayName(
      "HK1-V-08: after the sealed bytes are gone nothing of them is left in the closed file")
  void the_closed_file_holds_no_erased_bytes() throws Exception {
    byte[] erased = new byte[500];
    byte[] replaced = new byte[500];
    new SecureRandom().nextBytes(erased);
    new SecureRandom().nextBytes(replaced);
    write(
        store,
        rows -> {
          rows.putSecret(SecretKind.RECORD, new Secret(ALICE, 1, erased), 1);
          rows.putSecret(SecretKind.RECORD, new Secret(BOB, 1, replaced), 1);
        });
    store.close();
    assertThat(isInTheFile(erased)).as("the search would find them").isTrue();
    assertThat(isInTheFile(replaced)).as("the search would find them").isTrue();
    VaultStore second = another();
    awaitLease(second);
    write(
        second,
        rows -> {
          rows.eraseSecret(ALICE);
          rows.putSecret(SecretKind.RECORD, secret(BOB, 2, "sealed anew"), 2);
        });
    second.close();
    assertThat(isInTheFile(erased)).isFalse();
    assertThat(isInTheFile(replaced)).isFalse();
  }

  /**
   * Whether any twelve bytes of what is searched are there: the compacted file cuts long values.
   */
  private boolean isInTheFile(byte[] searched) throws IOException {
    String content = latin(Files.readAllBytes(directory.resolve("vault.mv.db")));
    String all = latin(searched);
    return IntStream.rangeClosed(0, all.length() - 12)
        .anyMatch(from -> content.contains(all.substring(from, from + 12)));
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  @Test
  void one_file_and_its_lock_are_all_there_is() throws Exception {
    write(store, rows -> rows.putNote("n", new byte[1_000_000]));
    assertOnlyThose();
    store.close();
    assertOnlyThose();
  }

  private void assertOnlyThose() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files)
          .containsExactlyInAnyOrder(
              directory.resolve("vault.lock"), directory.resolve("vault.mv.db"));
    }
  }

  @Test
  void kills_and_orderly_closes_in_any_order_leave_a_file_that_opens() {
    Random random = new Random(1);
    int written = 0;
    VaultStore current = store;
    for (int round = 0; round < 60; round++) {
      for (int left = random.nextInt(12); left > 0; left--) {
        written++;
        int number = written;
        byte[] content = new byte[random.nextInt(40_000)];
        random.nextBytes(content);
        write(
            current,
            rows -> {
              rows.append(row(number, ALICE));
              rows.putNote("note", content);
              rows.putSecret(SecretKind.LOGIN, new Secret(name(number % 50), 1, content), number);
            });
      }
      if (random.nextBoolean()) {
        cut(current);
      } else {
        current.close();
        current = another();
      }
      awaitLease(current);
      int expected = written;
      write(current, rows -> assertThat(rows.rows(0, 10_000)).hasSize(expected));
    }
  }

  @Test
  void a_file_that_is_no_database_is_an_outage() throws Exception {
    store.close();
    Files.write(directory.resolve("vault.mv.db"), new byte[100_000]);
    VaultStore second = another();
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(second::lease)
        .withMessage("The vault's database cannot be opened.");
  }

  @Test
  void a_directory_that_would_be_read_as_settings_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JdbcVaultStore.h2(directory.resolve("a;b"), ROOT_CHECK));
  }
}
