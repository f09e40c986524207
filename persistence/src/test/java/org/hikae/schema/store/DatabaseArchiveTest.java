package org.hikae.schema.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.time.Instant;
import org.h2.jdbcx.JdbcDataSource;
import org.hikae.persistence.testing.OnBothDatabases;
import org.hikae.persistence.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the application's login learns of the archive, on both databases. */
class DatabaseArchiveTest extends OnBothDatabases {

  @ParameterizedTest
  @MethodSource("databases")
  void a_server_that_archives_nothing_counts_from_its_start(TestDatabase database)
      throws Exception {
    boolean h2;
    try (var connection = database.application().getConnection()) {
      h2 = connection.getMetaData().getDatabaseProductName().equals("H2");
    }
    var archiveStatus = new DatabaseArchive(database.application()).standing();
    assertThat(archiveStatus.isEmpty()).isEqualTo(h2);
    archiveStatus.ifPresent(
        known -> {
          assertThat(known.archivedAt()).isNull();
          assertThat(known.files()).isZero();
          assertThat(known.since()).isBetween(Instant.now().minusSeconds(3600), Instant.now());
          assertThat(known.age()).isBetween(Duration.ZERO, Duration.ofHours(1));
        });
  }

  @Test
  void a_database_that_does_not_answer_is_no_archive() {
    JdbcDataSource nobody = new JdbcDataSource();
    nobody.setURL("jdbc:h2:tcp://localhost:1/nobody");
    assertThatIllegalStateException().isThrownBy(() -> new DatabaseArchive(nobody).standing());
  }
}
