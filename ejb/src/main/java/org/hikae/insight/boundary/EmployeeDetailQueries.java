package org.hikae.insight.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.hikae.caller.service.CurrentCaller;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.caller.value.DepartmentScope;
import org.hikae.identity.service.EmployeeDirectory;
import org.hikae.identity.service.LegalHolds;
import org.hikae.identity.value.EmployeeId;
import org.hikae.identity.view.StandingLegalHold;
import org.hikae.identity.wire.RealmNames;
import org.hikae.insight.service.BackupVerdictReader;
import org.hikae.insight.service.DetailViewMapper;
import org.hikae.insight.store.CoverageFigures;
import org.hikae.insight.store.OwnFigures;
import org.hikae.insight.view.BackupVerdict;
import org.hikae.insight.view.EmployeeDetail;
import org.hikae.insight.view.EmployeeOffer;
import org.hikae.insight.view.EmployeeRow;
import org.hikae.insight.view.OwnOverview;
import org.hikae.notice.service.EmployeeNoticeReader;
import org.hikae.notice.view.NoticeView;
import org.hikae.problem.control.Refusal;
import org.hikae.rollout.service.RolloutDecision;

/** Shows who runs the backup one employee. */
@Stateless
@RolesAllowed({RealmNames.BACKUP_ADMIN, RealmNames.HELPDESK, RealmNames.AUDITOR})
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.SCOPED)
public class EmployeeDetailQueries {

  @Inject private OwnFigures figures;
  @Inject private CoverageFigures coverage;
  @Inject private EmployeeDirectory directory;
  @Inject private LegalHolds legalHolds;
  @Inject private BackupVerdictReader verdicts;
  @Inject private EmployeeNoticeReader notices;
  @Inject private RolloutDecision rolloutDecision;
  @Inject private CurrentCaller currentCaller;
  @Inject private Clock clock;

  /** Everything about one employee; refused as not found when there is none. */
  public EmployeeDetail of(EmployeeId employeeId) {
    Instant now = clock.instant();
    EmployeeRow row =
        figures
            .employee(employeeId.value())
            .map(figure -> EmployeeRow.of(figure, now))
            .orElseThrow(Refusal::notFound);
    DepartmentScope scope = currentCaller.caller().scope();
    List<String> departments =
        directory.groupsOf(employeeId.value()).stream().filter(scope::includes).sorted().toList();
    List<OwnOverview.OwnDevice> devices =
        figures.devices(employeeId.value()).stream()
            .map(device -> DetailViewMapper.device(device, now))
            .toList();
    return new EmployeeDetail(
        row,
        OwnOverview.lastBackupBy(devices),
        departments,
        devices,
        figures.wraps(employeeId.value()).stream().map(DetailViewMapper::protection).toList(),
        coverage.runs(employeeId.value()).stream()
            .map(run -> DetailViewMapper.run(run, now))
            .toList(),
        legalHolds.standing(employeeId.value()).map(StandingLegalHold::setAt).orElse(null));
  }

  /** Whether the employee is protected; refused as not found when there is none. */
  public BackupVerdict verdict(EmployeeId employeeId) {
    return verdicts.of(employeeId.value(), clock.instant());
  }

  /**
   * What the employee was told about their own backup, newest first; refused as not found when
   * there is none.
   */
  public List<NoticeView> notices(EmployeeId employeeId) {
    directory.requireKnown(employeeId.value());
    return notices.newest(employeeId.value());
  }

  /** Whether and how the rollout reached the employee; refused as not found when there is none. */
  public EmployeeOffer offer(EmployeeId employeeId) {
    directory.requireKnown(employeeId.value());
    return new EmployeeOffer(
        rolloutDecision.offered(employeeId.value()),
        figures.invitations(employeeId.value()).stream()
            .map(EmployeeDetailQueries::invitation)
            .toList());
  }

  private static EmployeeOffer.InvitationRow invitation(OwnFigures.InvitationFigure figure) {
    return new EmployeeOffer.InvitationRow(
        figure.campaign(),
        figure.wave(),
        figure.invitedAt(),
        figure.seenAt(),
        figure.optedInAt(),
        figure.withdrawnAt());
  }
}
