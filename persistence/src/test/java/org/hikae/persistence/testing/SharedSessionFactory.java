package org.hikae.persistence.testing;

import java.sql.Connection;
import java.util.List;
import javax.sql.DataSource;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.cfg.Configuration;

/**
 * Makes entity managers for all databases of a kind. What it knows of a database is its kind, and
 * making it takes longer than most tests; so it is made once in a process, for the first that asks.
 */
final class SharedSessionFactory {

  private SessionFactory made;

  /**
   * An entity manager that works with this connection and leaves it open.
   *
   * @param source where the connection is from
   */
  Session open(Connection connection, DataSource source) {
    return factory(source).withOptions().connection(connection).openSession();
  }

  private synchronized SessionFactory factory(DataSource source) {
    if (made == null) {
      made = make(source);
    }
    return made;
  }

  private static SessionFactory make(DataSource source) {
    Configuration configuration = new Configuration();
    ENTITIES.forEach(configuration::addAnnotatedClass);
    configuration.getProperties().put(AvailableSettings.JAKARTA_NON_JTA_DATASOURCE, source);
    configuration.setProperty(AvailableSettings.JDBC_TIME_ZONE, "UTC");
    configuration.setProperty(AvailableSettings.HBM2DDL_AUTO, "none");
    // As WildFly sets it: what it would refuse at run time is to fail here.
    configuration.setProperty(AvailableSettings.JPA_QUERY_COMPLIANCE, "true");
    configuration
        .getProperties()
        .put(AvailableSettings.JSON_FORMAT_MAPPER, new NoJsonFormatMapper());
    return configuration.buildSessionFactory();
  }

  private static final List<Class<?>> ENTITIES =
      List.of(
          org.hikae.approval.entity.ApprovalRequest.class,
          org.hikae.caller.entity.IdempotentRequest.class,
          org.hikae.caller.entity.ServiceAccountUse.class,
          org.hikae.audit.entity.AuditEvent.class,
          org.hikae.audit.entity.AuditChainHead.class,
          org.hikae.audit.entity.AuditLink.class,
          org.hikae.audit.entity.AuditPersonal.class,
          org.hikae.audit.entity.AuditSeal.class,
          org.hikae.audit.entity.UnlinkedAuditEvent.class,
          org.hikae.identity.entity.DirectoryState.class,
          org.hikae.identity.entity.Employee.class,
          org.hikae.identity.entity.MassLeave.class,
          org.hikae.identity.entity.MassLeaver.class,
          org.hikae.identity.entity.PageSessionEnding.class,
          org.hikae.lifecycle.entity.Leaver.class,
          org.hikae.identity.entity.GroupMove.class,
          org.hikae.identity.entity.LegalHoldOrder.class,
          org.hikae.diagnostics.entity.DeviceDiagnostics.class,
          org.hikae.drill.entity.StoredRecoveryProof.class,
          org.hikae.enrollment.entity.BackupSet.class,
          org.hikae.enrollment.entity.Consent.class,
          org.hikae.enrollment.entity.ConsentDraft.class,
          org.hikae.enrollment.entity.ConsentTranslation.class,
          org.hikae.enrollment.entity.ConsentVersion.class,
          org.hikae.enrollment.entity.Device.class,
          org.hikae.enrollment.entity.LegalHoldWrap.class,
          org.hikae.enrollment.entity.KeyWrap.class,
          org.hikae.notice.entity.ChannelSetting.class,
          org.hikae.notice.entity.Notice.class,
          org.hikae.notice.entity.NoticeDelivery.class,
          org.hikae.notice.entity.NoticeRecipient.class,
          org.hikae.policy.entity.PolicyScope.class,
          org.hikae.policy.entity.PolicyVersion.class,
          org.hikae.backup.entity.BackupRepository.class,
          org.hikae.backup.entity.ChangeAlarm.class,
          org.hikae.backup.entity.ChangeDay.class,
          org.hikae.backup.entity.MaintenanceState.class,
          org.hikae.backup.entity.IdleObject.class,
          org.hikae.backup.entity.NewestRun.class,
          org.hikae.insight.entity.EmployeeSummary.class,
          org.hikae.backup.entity.ResticObject.class,
          org.hikae.backup.entity.ResticObjectPeriod.class,
          org.hikae.backup.entity.ResticDailyReleases.class,
          org.hikae.backup.entity.ResticPassword.class,
          org.hikae.enrollment.transfer.entity.KeyTransfer.class,
          org.hikae.enrollment.transfer.entity.RelayedMessage.class,
          org.hikae.enrollment.entity.ResticCredential.class,
          org.hikae.insight.entity.ProtectionDay.class,
          org.hikae.insight.recovery.entity.RecoveryDay.class,
          org.hikae.insight.entity.RunPeriod.class,
          org.hikae.insight.entity.StorageDay.class,
          org.hikae.insight.report.entity.MonthlyReport.class,
          org.hikae.insight.report.entity.MonthlyReportSchedule.class,
          org.hikae.backup.entity.RottenObject.class,
          org.hikae.backup.entity.Run.class,
          org.hikae.backup.entity.ScrubPass.class,
          org.hikae.backup.entity.ScrubState.class,
          org.hikae.backup.entity.Series.class,
          org.hikae.backup.entity.Snapshot.class,
          org.hikae.backup.entity.SnapshotRelease.class,
          org.hikae.backup.entity.SnapshotObjects.class,
          org.hikae.backup.entity.StorageUse.class,
          org.hikae.backup.entity.StoredObject.class,
          org.hikae.rollout.entity.Campaign.class,
          org.hikae.rollout.entity.GateReading.class,
          org.hikae.rollout.entity.Invitation.class,
          org.hikae.rollout.entity.RolloutOffer.class,
          org.hikae.rollout.entity.Wave.class,
          org.hikae.transparency.entity.FullTile.class,
          org.hikae.transparency.entity.LogHead.class,
          org.hikae.transparency.entity.LoggedEntry.class,
          org.hikae.vault.entity.VaultContact.class,
          org.hikae.vault.entity.VaultReceipt.class);
}
