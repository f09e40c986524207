package org.hikae.device.cli.backup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.hikae.backup.wire.ChangeFigures;
import org.hikae.backup.wire.RunReport;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.AgentException;
import org.hikae.device.backup.Backup;
import org.hikae.device.backup.BackupRequest;
import org.hikae.device.backup.BackupResult;
import org.hikae.device.cli.access.BackupKeyAccess;
import org.hikae.device.cli.access.SignedInAgent;
import org.hikae.device.cli.access.UnlockOptions;
import org.hikae.device.cli.command.AgentCommand;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.DesktopNotification;
import org.hikae.device.cli.command.PathArguments;
import org.hikae.device.cli.command.RawArguments;
import org.hikae.device.cli.log.PortalLogPrinter;
import org.hikae.device.cli.possession.PossessionPrinter;
import org.hikae.device.cli.protection.RemindCommand;
import org.hikae.device.cli.run.BandwidthOptions;
import org.hikae.device.cli.run.RunSupervisor;
import org.hikae.device.cli.snapshots.SigningStart;
import org.hikae.device.cli.vault.VaultActivityCheck;
import org.hikae.device.exclude.ExcludeRules;
import org.hikae.device.files.RawPath;
import org.hikae.device.history.SeenSeriesHeads;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.possession.ChallengeSampleStore;
import org.hikae.device.possession.SamplingBackupStore;
import org.hikae.device.schedule.Schedule;
import org.hikae.device.schedule.ScheduleStore;
import org.hikae.device.snapshot.SeriesPosition;
import org.hikae.device.snapshot.SeriesRollbackException;
import org.hikae.device.state.AgentHome;
import org.hikae.device.state.RunLock;
import org.hikae.device.state.SeenSeriesHead;
import org.hikae.device.state.SigningMarker;
import org.hikae.device.store.BackupStore;
import org.hikae.device.store.BackupStoreException;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.TextCodec;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a snapshot of files and directories. */
@Command(
    name = "backup",
    description = "Encrypt files and directories on this device and store them as a new snapshot.")
public final class BackupCommand extends AgentCommand {

  private static final Set<String> WITH_SCHEDULED =
      Set.of("--scheduled", "--json", "--lang", "--verbose");

  @ArgGroup(exclusive = true, multiplicity = "0..1")
  private BackupSelection what = new BackupSelection();

  /** Either paths, or what the schedule says. */
  private static final class BackupSelection {
    @Parameters(
        paramLabel = "PATH",
        arity = "0..*",
        description =
            "Files and directories to back up; without any, the folders that your company's policy"
                + " names (hikae policy).")
    private List<String> paths = List.of();

    @Option(
        names = "--scheduled",
        description =
            "Back up what hikae schedule was told, with its options, if it is time; with low"
                + " priority, and not while paused, on battery or over a metered network.")
    private boolean scheduled;
  }

  @Mixin private ExcludeOptions excludes = new ExcludeOptions();

  @Option(names = "--one-file-system", description = "Stay on the file system of each path.")
  private boolean oneFileSystem;

  @Option(
      names = "--dry-run",
      description =
          "Only say what is new, changed and unchanged, and how much would be read; send and change"
              + " nothing.")
  private boolean dryRun;

  @Mixin private BandwidthOptions limits = new BandwidthOptions();

  @Mixin private UnlockOptions unlock = new UnlockOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  public BackupCommand(AgentEnvironment here) {
    super(here);
  }

  /** The command that these carried arguments make. */
  static BackupCommand parse(AgentEnvironment here, List<String> carried) {
    BackupCommand command = new BackupCommand(here);
    var _ = command.with(carried);
    return command;
  }

  /** What a schedule backs up, and how; nobody is asked. */
  static BackupCommand of(AgentEnvironment here, Schedule schedule) {
    List<String> carried =
        schedule.arguments().stream()
            .map(argument -> RawArguments.carried(Schedule.bytes(argument)))
            .toList();
    return parse(here.unattended(Schedule.bytes(schedule.workingDirectory())), carried);
  }

  /** The same now; without a schedule what the company's policy names. */
  public static BackupCommand asScheduled(AgentEnvironment here) throws AgentException {
    AgentHome home = AgentHome.of(here.environment(), here.userHome());
    Optional<Schedule> schedule = new ScheduleStore(home).schedule();
    try {
      return schedule.isPresent() ? of(here, schedule.get()) : parse(here, List.of());
    } catch (ParameterException e) {
      throw new AgentException(RunResult.REFUSED, e, "scheduled.arguments");
    }
  }

  @Override
  public RunResult run(CommandOutput output)
      throws AgentException, BackupStoreException, IOException {
    if (what.scheduled) {
      requireNothingElse();
      return new ScheduledBackup(here(), output).run().tell(output);
    }
    try (SignedInAgent agent = open(output)) {
      return locked(output, agent);
    }
  }

  /** The log is looked at after a backup that failed, too, and keeps nobody from the next one. */
  private RunResult locked(CommandOutput output, SignedInAgent agent)
      throws AgentException, BackupStoreException, IOException {
    RunLock lock = RunLock.take(agent.home());
    RunResult result = RunResult.INTERNAL;
    try (lock) {
      result = backUp(output, agent, () -> false);
      if (!dryRun) {
        new ScheduledBackup(here(), output).madeByHand(this, result);
      }
      return result;
    } catch (AgentException e) {
      result = e.result();
      throw e;
    } finally {
      // Here the lock is given back.
      if (result != RunResult.CANCELLED && !dryRun) {
        new PortalLogPrinter(here(), output, agent).afterBackup(result);
        new PossessionPrinter(here(), output).afterBackup(result);
      }
    }
  }

  /** The agent, with the limits that were asked for and may be lowered by the company. */
  SignedInAgent open(CommandOutput output) throws AgentException {
    return SignedInAgent.open(here(), output.messages().language(), limits.adjustable(here()));
  }

  /**
   * Backs up the paths; the caller holds the run lock.
   *
   * @param stop asked now and then; true ends the run in order
   */
  RunResult backUp(CommandOutput output, SignedInAgent agent, BooleanSupplier stop)
      throws AgentException, BackupStoreException, IOException {
    List<RawPath> named = named();
    if (named.size() > BackupRequest.MAX_PATHS) {
      throw new AgentException(RunResult.REFUSED, "backup.too-many-paths", BackupRequest.MAX_PATHS);
    }
    if (dryRun) {
      BackupPolicyCheck terms = BackupPolicyCheck.of(here(), output, agent);
      try (BackupKey key =
          new BackupKeyAccess(here(), output, agent, unlock.person()).sealingKey(terms.context())) {
        BackupRequest request = request(output, agent, terms, named, key);
        Backup engine = engine(agent, agent.store(), key, start(output, agent, key));
        return new BackupPlanPrinter(output).show(engine, request);
      } catch (SeriesRollbackException e) {
        throw setBack(e);
      }
    }
    RunResult result =
        new RunSupervisor(here(), output, agent, RunReport.Kind.BACKUP, stop)
            .around(
                progress -> {
                  // What is refused or not reached here is a run that failed, and reported as one.
                  BackupPolicyCheck terms = BackupPolicyCheck.of(here(), output, agent);
                  try (BackupKey key =
                      new BackupKeyAccess(here(), output, agent, unlock.person())
                          .sealingKey(terms.context())) {
                    BackupRequest request = request(output, agent, terms, named, key);
                    SigningStart start = start(output, agent, key);
                    start.beforeBackup();
                    try (SamplingBackupStore store = sampling(agent, key)) {
                      Backup engine = engine(agent, store, key, start);
                      return ended(output, agent, terms, engine.run(request, progress));
                    }
                  } catch (SeriesRollbackException e) {
                    throw setBack(e);
                  }
                });
    if (result != RunResult.CANCELLED) {
      new VaultActivityCheck(here(), output, agent).afterBackup();
    }
    RemindCommand.hint(here(), output, agent.stateFile().require());
    return result;
  }

  private BackupRequest request(
      CommandOutput output,
      SignedInAgent agent,
      BackupPolicyCheck terms,
      List<RawPath> named,
      BackupKey key)
      throws AgentException {
    List<RawPath> paths = terms.paths(named);
    if (paths.size() > BackupRequest.MAX_PATHS) {
      throw new AgentException(RunResult.REFUSED, "backup.too-many-paths", BackupRequest.MAX_PATHS);
    }
    ExcludeRules patterns = excludes.patterns(here(), output, agent.home(), terms.policy());
    return new BackupRequest(paths, patterns, oneFileSystem, lastSeen(agent, key));
  }

  /** Says what happened and the way on, which a person has to choose. */
  private static AgentException setBack(SeriesRollbackException e) {
    return new AgentException(RunResult.CORRUPT, e, "backup.set-back", e.expected(), e.found());
  }

  /** The paths, absolute. */
  List<RawPath> named() throws AgentException {
    List<RawPath> named = new ArrayList<>();
    for (String path : what.paths) {
      named.add(PathArguments.absolute(here(), path));
    }
    return named;
  }

  /**
   * Whether it backs up all that the other one names, and leaves out the same. Other folders that
   * hold what the other one names do not count: rules of their own may leave it out.
   */
  boolean takesAllOf(BackupCommand other) throws AgentException {
    List<RawPath> mine = named();
    List<RawPath> theirs = other.named();
    return new HashSet<>(mine).containsAll(theirs)
        // Without any, both take the company's folders.
        && mine.isEmpty() == theirs.isEmpty()
        && oneFileSystem == other.oneFileSystem
        && excludes.asked(here()).equals(other.excludes.asked(other.here()));
  }

  BandwidthOptions limits() {
    return limits;
  }

  /** Whether it says itself what to back up. */
  boolean namesPaths() {
    return !what.paths.isEmpty();
  }

  /** Names of the options that were given. */
  List<String> options() {
    return given().map(OptionSpec::longestName).toList();
  }

  /** All options that were given but one, as carried arguments with their values. */
  List<String> optionsBut(String name) {
    return given()
        .filter(option -> !option.longestName().equals(name))
        .flatMap(BackupCommand::arguments)
        .toList();
  }

  private static Stream<String> arguments(OptionSpec option) {
    String name = option.longestName();
    return option.arity().max() == 0
        ? Stream.of(name)
        : option.originalStringValues().stream().map(value -> name + "=" + value);
  }

  private Stream<OptionSpec> given() {
    return spec.commandLine().getParseResult().matchedOptions().stream();
  }

  /** What, how and how fast is said by the schedule; here it would be passed over in silence. */
  private void requireNothingElse() throws AgentException {
    if (!WITH_SCHEDULED.containsAll(options())) {
      throw new AgentException(RunResult.REFUSED, "scheduled.nothing-else");
    }
  }

  private static SigningStart start(CommandOutput output, SignedInAgent agent, BackupKey key) {
    return new SigningStart(output, agent, TextCodec.hex(key.setId()));
  }

  private SamplingBackupStore sampling(SignedInAgent agent, BackupKey key) {
    return new SamplingBackupStore(
        agent.store(),
        new ChallengeSampleStore(agent.home(), here().clock()),
        key.setId(),
        here().random());
  }

  private Backup engine(SignedInAgent agent, BackupStore store, BackupKey key, SigningStart start)
      throws AgentException {
    return new Backup(
            store,
            key,
            agent.identity().deviceId(),
            agent.home().cacheFolder(),
            here().clock(),
            here().random())
        .signedBy(start.state());
  }

  private static @Nullable SeriesPosition lastSeen(SignedInAgent agent, BackupKey key)
      throws AgentException {
    SeenSeriesHead head =
        agent.memory().head(TextCodec.hex(key.setId()), TextCodec.hex(agent.identity().deviceId()));
    try {
      return head == null
          ? null
          : new SeriesPosition(head.sequence(), Hash256.parse(head.stubHash()));
    } catch (MalformedException e) {
      throw new AgentException(RunResult.LOCAL, "state.damaged");
    }
  }

  private RunSupervisor.RunEnd ended(
      CommandOutput output, SignedInAgent agent, BackupPolicyCheck terms, BackupResult result)
      throws AgentException {
    Map<String, Object> more = new LinkedHashMap<>();
    SnapshotView snapshot = result.snapshot();
    if (snapshot != null) {
      SeenSeriesHeads memory = agent.memory();
      memory.committed(snapshot, result.signed());
      if (result.signed()) {
        new SigningMarker(agent.home(), snapshot.setId()).make();
      }
      more.put("snapshotId", snapshot.snapshotId());
      more.put("sequence", snapshot.sequence());
    }
    if (result.looksEncrypted()) {
      more.put("looksEncrypted", true);
    }
    Runnable told = snapshot == null ? () -> {} : () -> tell(output, terms, result);
    ChangeFigures changes = terms.context().changesAgreed() == null ? null : result.changes();
    return new RunSupervisor.RunEnd(result.result(), result.tally(), more, told, changes);
  }

  /**
   * The warning is this device's own: no portal can keep it from its person. Most backups are made
   * while nobody looks, so it is on the desktop, too.
   */
  private void tell(CommandOutput output, BackupPolicyCheck terms, BackupResult result) {
    if (result.looksEncrypted()) {
      output.note("backup.looks-encrypted");
      DesktopNotification.show(
          here(),
          output.messages().get("backup.looks-encrypted-title"),
          output.messages().get("backup.looks-encrypted"));
    }
    terms.ended(result.tally());
  }
}
