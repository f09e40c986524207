package org.hikae.insight.system.job;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.hikae.notice.service.Outbox;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.runtime.service.Settings;
import org.hikae.schema.store.DatabaseArchive;

/**
 * Tells when the database's log has not been archived for longer than the setting bears: one notice
 * that stays open, and is closed when the log is archived again. On H2 it tells nothing.
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class DatabaseArchiveJob {

  @Inject private DatabaseArchive archive;
  @Inject private Settings settings;
  @Inject private Outbox outbox;

  /** Looks once. */
  public void look() {
    Optional<Duration> limit = settings.databaseBackupWithin();
    if (limit.isPresent()) {
      archive.standing().ifPresent(archiveStatus -> judge(archiveStatus, limit.get()));
    }
  }

  private void judge(DatabaseArchive.ArchiveStatus archiveStatus, Duration limit) {
    NoticeKind kind = NoticeKind.DATABASE_BACKUP_OVERDUE;
    if (archiveStatus.age().compareTo(limit) <= 0) {
      outbox.over(kind);
    } else if (!outbox.isOpen(kind)) {
      String since = archiveStatus.since().toString();
      outbox.tellOnce(since, null, kind, Map.of("since", since));
    }
  }
}
