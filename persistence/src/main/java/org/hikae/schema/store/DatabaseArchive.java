package org.hikae.schema.store;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Whether the database's log leaves its disk, by what PostgreSQL counts of its archive; any login
 * may ask. H2 archives nothing.
 */
@ApplicationScoped
public class DatabaseArchive {

  private static final String POSTGRESQL = "PostgreSQL";

  /** A server that has never archived has been without a backup since it started. */
  private static final String QUERY =
      "select archived_count, last_archived_time, since,"
          + " extract(epoch from clock_timestamp() - since)::bigint"
          + " from (select *, coalesce(last_archived_time, pg_postmaster_start_time()) as since"
          + " from pg_stat_archiver) a";

  @Resource(lookup = "java:jboss/datasources/HikaeDS")
  private DataSource application;

  /** For the container. */
  protected DatabaseArchive() {}

  /** For tests without a container. */
  public DatabaseArchive(DataSource application) {
    this.application = application;
  }

  /**
   * How the archive stands.
   *
   * @param files files of the log that were archived since the statistics began
   * @param archivedAt when the last of them was; null for none
   * @param since from when on nothing was archived: the same, or the server's start
   * @param age how long ago that was, by the database's clock
   */
  public record ArchiveStatus(
      long files, @Nullable Instant archivedAt, Instant since, Duration age) {}

  /**
   * How the archive stands; empty on H2.
   *
   * @throws IllegalStateException when the database does not answer
   */
  public Optional<ArchiveStatus> standing() {
    try (Connection connection = application.getConnection()) {
      if (!connection.getMetaData().getDatabaseProductName().equals(POSTGRESQL)) {
        return Optional.empty();
      }
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery(QUERY)) {
        row.next();
        OffsetDateTime archivedAt = row.getObject(2, OffsetDateTime.class);
        return Optional.of(
            new ArchiveStatus(
                row.getLong(1),
                archivedAt == null ? null : archivedAt.toInstant(),
                row.getObject(3, OffsetDateTime.class).toInstant(),
                Duration.ofSeconds(row.getLong(4))));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("The database did not say what it archives.", e);
    }
  }
}
