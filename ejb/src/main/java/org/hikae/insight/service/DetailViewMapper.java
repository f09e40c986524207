package org.hikae.insight.service;

import java.time.Instant;
import java.util.Objects;
import org.hikae.insight.store.CoverageFigures;
import org.hikae.insight.store.OwnFigures;
import org.hikae.insight.value.LastRun;
import org.hikae.insight.view.EmployeeDetail;
import org.hikae.insight.view.OwnOverview;
import org.hikae.insight.view.RunState;

/** Shows devices, protections and runs on the pages of one employee or one device. */
public final class DetailViewMapper {

  private DetailViewMapper() {}

  public static OwnOverview.OwnDevice device(OwnFigures.DeviceFigure figure, Instant now) {
    LastRun run = figure.lastRun();
    return new OwnOverview.OwnDevice(
        figure.deviceId(),
        figure.name(),
        figure.platform(),
        figure.agentVersion(),
        figure.state(),
        figure.seen().enrolledAt(),
        figure.seen().lastSeenAt(),
        figure.seen().lastBackupAt(),
        figure.seen().lastBackupBy(),
        run == null ? null : run.reportedAt(),
        run == null ? null : run.kind(),
        RunState.of(run, now));
  }

  public static OwnOverview.Protection protection(OwnFigures.WrapFigure figure) {
    return new OwnOverview.Protection(
        figure.wrapId(),
        figure.method(),
        figure.generation(),
        figure.deviceName(),
        figure.createdAt());
  }

  public static EmployeeDetail.RunRow run(CoverageFigures.RunFigure figure, Instant now) {
    return new EmployeeDetail.RunRow(
        figure.deviceName(),
        figure.lastRun().kind(),
        Objects.requireNonNull(RunState.of(figure.lastRun(), now)),
        figure.startedAt(),
        figure.work().filesDone(),
        figure.work().filesFailed(),
        figure.work().bytesSent());
  }
}
