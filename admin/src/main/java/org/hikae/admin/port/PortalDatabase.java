package org.hikae.admin.port;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The portal's database on PostgreSQL, read with the portal's two logins; nothing is changed. */
public interface PortalDatabase {

  /**
   * What the application's login sees.
   *
   * @param product name and version
   * @param ahead how far the database's clock is ahead of this one
   * @param settings values of {@link #DURABILITY}
   * @param excess rights that it should not have, as table and privilege
   * @param ownership why it is more than an application, such as {@code superuser}; null for none
   * @param archive the archive of the write-ahead log
   * @param queues null while there is no schema
   */
  record Facts(
      String product,
      Duration ahead,
      Map<String, String> settings,
      List<Right> excess,
      @Nullable String ownership,
      Archive archive,
      @Nullable Queues queues) {}

  /**
   * A right on a table.
   *
   * @param table its name
   * @param privilege {@code UPDATE}, {@code DELETE} or {@code TRUNCATE}
   */
  record Right(String table, String privilege) {}

  /**
   * How archiving goes.
   *
   * @param mode value of {@code archive_mode}
   * @param archivedAt when a segment was archived last
   * @param failedAt when it failed last
   * @param failedSegment which then failed
   */
  record Archive(
      String mode,
      @Nullable Instant archivedAt,
      @Nullable Instant failedAt,
      @Nullable String failedSegment) {}

  /**
   * What waits.
   *
   * @param sessions sessions still to be ended at Keycloak
   * @param oldestSession since when the oldest of them waits
   * @param directoryReadAt when the directory was last read
   * @param devices devices that ever ran
   * @param silentRuns of them in a run without word for longer than the portal waits
   */
  record Queues(
      long sessions,
      @Nullable Instant oldestSession,
      @Nullable Instant directoryReadAt,
      long devices,
      long silentRuns) {}

  /**
   * A migration that ran.
   *
   * @param version such as {@code 027}
   * @param description its sentence
   * @param success whether it ended well
   */
  record Applied(String version, String description, boolean success) {}

  /** Settings that decide whether a commit is kept. */
  List<String> DURABILITY = List.of("fsync", "full_page_writes", "synchronous_commit");

  /** Connects as the application and reads. */
  Facts asApplication() throws SQLException;

  /** Connects as the owner and reads the migrations that ran, none when there is no schema. */
  List<Applied> asOwner() throws SQLException;
}
