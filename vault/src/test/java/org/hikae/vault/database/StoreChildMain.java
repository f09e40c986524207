package org.hikae.vault.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.vault.port.VaultStore;

/** A process that writes to a store until it is killed, and says what it has committed. */
final class StoreChildMain {

  /** Transactions of {@link Mode#STALL} before it stalls. */
  static final long BEFORE_STALL = 5;

  /** What it does. */
  enum Mode {
    /** Commits one transaction after the other. */
    RUN,
    /** Commits a few, then stays inside one until it is killed. */
    STALL
  }

  private StoreChildMain() {}

  /** Arguments: mode; then {@code h2 DIRECTORY} or {@code postgresql URL USER PASSWORD}. */
  public static void main(String[] arguments) throws IOException {
    Mode mode = Mode.valueOf(arguments[0].toUpperCase(Locale.ROOT));
    VaultStore store = store(arguments);
    StoreFixture.awaitLease(store);
    long last = mode == Mode.RUN ? Long.MAX_VALUE : BEFORE_STALL;
    for (long number = 1; number <= last; number++) {
      long current = number;
      StoreFixture.write(store, rows -> write(rows, current));
      say("committed " + number);
    }
    StoreFixture.write(
        store,
        rows -> {
          write(rows, last + 1);
          say("inside");
          stall();
        });
  }

  private static VaultStore store(String[] arguments) {
    byte[] check = JdbcVaultStoreContract.ROOT_CHECK;
    return arguments[1].equals("h2")
        ? JdbcVaultStore.h2(Path.of(arguments[2]), check)
        : JdbcVaultStore.postgresql(
            arguments[2],
            arguments[3],
            SecretBytes.copyOf(arguments[4].getBytes(StandardCharsets.UTF_8)),
            check);
  }

  private static void write(VaultStore.Rows rows, long number) {
    rows.putNote("count", Long.toString(number).getBytes(StandardCharsets.UTF_8));
    rows.append(StoreFixture.row(number, StoreFixture.ALICE));
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }

  /** Its input stays open as long as the test lives. */
  private static void stall() {
    try {
      while (System.in.read() >= 0) {
        say("still inside");
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
