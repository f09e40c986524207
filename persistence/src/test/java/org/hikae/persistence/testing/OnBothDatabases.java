package org.hikae.persistence.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Tests that run on H2 and on PostgreSQL: their parameters come from {@link #databases}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class OnBothDatabases {

  private TestDatabase h2;
  private TestDatabase postgres;

  @BeforeAll
  void startDatabases(@TempDir Path directory) throws IOException, SQLException {
    h2 = TestDatabase.h2(directory);
    postgres = TestDatabase.postgres();
  }

  @AfterAll
  void stopDatabases() throws IOException {
    h2.shutDown();
    postgres.shutDown();
  }

  /** Each database once. */
  protected Stream<org.junit.jupiter.api.Named<TestDatabase>> databases() {
    return Stream.of(
        org.junit.jupiter.api.Named.of("H2", h2),
        org.junit.jupiter.api.Named.of("PostgreSQL", postgres));
  }
}
