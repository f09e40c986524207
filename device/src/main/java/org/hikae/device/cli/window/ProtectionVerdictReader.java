package org.hikae.device.cli.window;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.AgentException;
import org.hikae.device.cli.access.SignedInAgent;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.Messages;
import org.hikae.device.cli.log.LogAlarmPrinter;
import org.hikae.device.cli.possession.PossessionPrinter;
import org.hikae.device.cli.snapshots.SnapshotCatalog;
import org.hikae.device.cli.window.CatalogSession.ReadCatalog;
import org.hikae.device.history.SealedSnapshotInfo;
import org.hikae.device.schedule.Schedule;
import org.hikae.device.schedule.SchedulePause;
import org.hikae.device.schedule.ScheduleStore;
import org.hikae.device.state.AgentHome;
import org.hikae.device.state.AgentState;
import org.hikae.device.state.ManagedDefaults;
import org.hikae.device.state.StateFile;
import org.hikae.device.state.UnlockedSet;
import org.hikae.device.store.BackupStoreException;
import org.hikae.enrollment.wire.DeviceContext;
import org.hikae.enrollment.wire.OptInState;
import org.hikae.enrollment.wire.Reconsent;
import org.hikae.enrollment.wire.SetView;
import org.hikae.hk1.TextCodec;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether the person is protected. When the last backup was is taken from the snapshot
 * itself, opened under K, never from what the portal says of it.
 */
final class ProtectionVerdictReader {

  /** How old the last backup may be when no schedule says that. */
  private static final int DAYS = 7;

  private final AgentEnvironment here;
  private final CatalogSession catalogs;

  ProtectionVerdictReader(AgentEnvironment here, CatalogSession catalogs) {
    this.here = here;
    this.catalogs = catalogs;
  }

  VerdictView read(String language) throws AgentException, BackupStoreException, IOException {
    AgentHome home = AgentHome.of(here.environment(), here.userHome());
    AgentState state = new StateFile(home).read().orElse(null);
    if (state == null || state.refreshToken() == null) {
      return VerdictView.signIn(server(state));
    }
    try (SignedInAgent agent = SignedInAgent.open(here, language)) {
      DeviceContext context = agent.portal().context();
      SetView set = context.set();
      if (context.state() != OptInState.OPTED_IN || set == null) {
        return VerdictView.of(ProtectionVerdict.OPT_IN);
      }
      UnlockedSet mine = state.set();
      if (mine == null || !mine.setId().equals(set.setId())) {
        return VerdictView.of(ProtectionVerdict.UNLOCK);
      }
      Reconsent asked = context.reconsent();
      if (asked != null && asked.paused()) {
        return VerdictView.of(ProtectionVerdict.CONSENT);
      }
    }
    ScheduleStore schedules = new ScheduleStore(home);
    // What stands since a look at the portal's log, or a challenge, which may have been long ago.
    Messages messages = Messages.in(language);
    List<String> alarms =
        Stream.concat(
                LogAlarmPrinter.standing(messages, home.logFolder(state.profile().server()))
                    .stream(),
                PossessionPrinter.standing(messages, home).stream())
            .toList();
    return catalogs.read(language, catalog -> ofSnapshots(catalog, schedules, alarms));
  }

  /** Where the person signs in, as {@code hikae login} finds it. */
  private @Nullable String server(@Nullable AgentState state) throws AgentException {
    return ManagedDefaults.read(here.managed())
        .get("server")
        .orElse(state == null ? null : state.profile().server());
  }

  private VerdictView ofSnapshots(ReadCatalog catalog, ScheduleStore schedules, List<String> alarms)
      throws AgentException, BackupStoreException {
    Instant now = here.clock().instant();
    Schedule schedule = schedules.schedule().orElse(null);
    Instant last = lastBackup(catalog).orElse(null);
    boolean begun = schedule != null && WindowSchedule.begun(here, schedules.runs(now));
    SchedulePause pause = schedule == null ? null : schedules.paused(now).orElse(null);
    boolean paused = pause != null;
    ProtectionVerdict verdict =
        alarms.isEmpty()
            ? verdict(catalog, age(last, now), schedule, begun, paused)
            : ProtectionVerdict.IN_DOUBT;
    List<String> notes = Stream.concat(alarms.stream(), catalog.notes().stream()).toList();
    Instant next = begun && !paused ? schedules.runs(now).next() : null;
    Instant pausedUntil = pause == null ? null : pause.end().orElse(null);
    return new VerdictView(verdict, last, next, paused, pausedUntil, null, notes);
  }

  private static @Nullable Duration age(@Nullable Instant last, Instant now) {
    return last == null ? null : Duration.between(last, now);
  }

  private static ProtectionVerdict verdict(
      ReadCatalog catalog,
      @Nullable Duration age,
      @Nullable Schedule schedule,
      boolean begun,
      boolean paused) {
    if (!catalog.sound()) {
      return ProtectionVerdict.IN_DOUBT;
    }
    if (age == null) {
      return ProtectionVerdict.NO_BACKUP;
    }
    int days = schedule == null ? DAYS : schedule.warnAfterDays();
    if (age.toDays() >= days) {
      return ProtectionVerdict.LATE;
    }
    if (paused) {
      return ProtectionVerdict.PAUSED;
    }
    return begun ? ProtectionVerdict.PROTECTED : ProtectionVerdict.NOT_SCHEDULED;
  }

  /** When this device's newest snapshot that opens was made. */
  private static Optional<Instant> lastBackup(ReadCatalog catalog)
      throws AgentException, BackupStoreException {
    SnapshotCatalog snapshots = catalog.opened().snapshots();
    String own = TextCodec.hex(catalog.opened().agent().identity().deviceId());
    String setId = TextCodec.hex(catalog.opened().key().setId());
    List<SnapshotView> ofDevice = snapshots.ofSet(setId, own);
    for (SnapshotView view : ofDevice) {
      Optional<SealedSnapshotInfo> info = snapshots.made(view);
      if (info.isPresent()) {
        return info.map(SealedSnapshotInfo::at);
      }
    }
    return Optional.empty();
  }
}
