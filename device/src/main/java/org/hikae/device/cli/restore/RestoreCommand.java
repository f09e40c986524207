package org.hikae.device.cli.restore;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hikae.backup.wire.RunReport;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.AgentException;
import org.hikae.device.cli.access.BackupKeyAccess;
import org.hikae.device.cli.access.PersonPrompt;
import org.hikae.device.cli.access.SignedInAgent;
import org.hikae.device.cli.access.UnlockOptions;
import org.hikae.device.cli.command.AgentCommand;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.PathArguments;
import org.hikae.device.cli.run.BandwidthOptions;
import org.hikae.device.cli.run.RunSupervisor;
import org.hikae.device.cli.snapshots.SnapshotCatalog;
import org.hikae.device.cli.snapshots.SnapshotOptions;
import org.hikae.device.cli.vault.VaultActivityText;
import org.hikae.device.files.FileAccessException;
import org.hikae.device.files.RawPath;
import org.hikae.device.history.SealedSnapshotInfo;
import org.hikae.device.history.SnapshotChoice;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.restore.OverwriteMode;
import org.hikae.device.restore.Restore;
import org.hikae.device.restore.RestoreRequest;
import org.hikae.device.restore.RestoreResult;
import org.hikae.device.state.RunLock;
import org.hikae.device.store.BackupStoreException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a snapshot, or a part of it, into a directory. */
@Command(
    name = "restore",
    description =
        "Write a snapshot, or a part of it, into a directory. On a device that does not have the"
            + " key yet it asks for the password or the 64-digit key first.")
public final class RestoreCommand extends AgentCommand {

  @Option(
      names = "--target",
      required = true,
      paramLabel = "DIR",
      description = "Directory to restore into; it is made when it is not there.")
  private String target = "";

  @Option(
      names = "--path",
      paramLabel = "PATH",
      description =
          "Restore only this path. The contents of a directory lie in the target itself;"
              + " without --path everything lies below it under its full path.")
  private @Nullable String path;

  @Option(
      names = "--overwrite",
      arity = "0..1",
      paramLabel = "POLICY",
      fallbackValue = "always",
      preprocessor = OverwriteOption.class,
      converter = OverwriteOption.class,
      description =
          "Allow a target that is not empty. POLICY says what becomes of what is there already:"
              + " always (the default) replaces it; if-changed leaves files with the same size and"
              + " time alone, such as to go on after an interruption; if-newer replaces only what"
              + " changed earlier than the one in the snapshot; never leaves it alone.")
  private OverwriteMode overwrite = OverwriteMode.REFUSE;

  @Option(
      names = "--dry-run",
      description = "Only say what would be created, replaced and left alone; write nothing.")
  private boolean dryRun;

  @Mixin private SnapshotOptions chosen = new SnapshotOptions();

  @Option(
      names = "--accept-regress",
      description =
          "Restore although the portal shows older or other snapshots than this device has seen.")
  private boolean acceptRegress;

  @Option(
      names = "--accept-older",
      paramLabel = "SEQ",
      description =
          "Restore although the vault has witnessed a newer snapshot than the portal shows; SEQ is"
              + " the number of the newest one shown, 0 when none is; or although the key that"
              + " opened is from another time, SEQ being the number of the snapshot that is named."
              + " At a terminal it is asked for instead. Repeatable.")
  private List<Long> acceptOlder = List.of();

  @Option(
      names = "--accept-unchecked",
      description =
          "Restore the newest snapshot of another device although nobody but the portal says that"
              + " it is the newest. At a terminal it is asked for instead.")
  private boolean acceptUnchecked;

  @Mixin private BandwidthOptions limits = new BandwidthOptions();

  @Mixin private UnlockOptions unlock = new UnlockOptions();

  public RestoreCommand(AgentEnvironment here) {
    super(here);
  }

  @Override
  public RunResult run(CommandOutput output)
      throws AgentException, BackupStoreException, IOException {
    try (SignedInAgent agent =
            SignedInAgent.open(here(), output.messages().language(), limits.bandwidth(here()));
        RunLock _ = RunLock.take(agent.home())) {
      BackupKeyAccess backupKeyAccess = new BackupKeyAccess(here(), output, agent, unlock.person());
      boolean named = !chosen.snapshot().equalsIgnoreCase("latest");
      try (BackupKey key = named ? backupKeyAccess.keyToRead() : backupKeyAccess.key();
          SnapshotCatalog snapshots = SnapshotCatalog.read(here(), output, agent, key)) {
        return restore(output, agent, backupKeyAccess, key, snapshots);
      }
    }
  }

  private static Map<String, Object> told(SnapshotCatalog snapshots, SnapshotView view)
      throws AgentException, BackupStoreException {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("snapshotId", view.snapshotId());
    fields.put("deviceId", view.deviceId());
    fields.put("sequence", view.sequence());
    snapshots
        .made(view)
        .ifPresent(
            sealedSnapshotInfo -> {
              fields.put("madeAt", sealedSnapshotInfo.at().toString());
              fields.put("signed", sealedSnapshotInfo.signed());
            });
    return fields;
  }

  /** Whose it is, when it was made and whether it is signed: before a person is asked about it. */
  private static void tellWhat(
      CommandOutput output, SignedInAgent agent, SnapshotCatalog snapshots, SnapshotView view)
      throws AgentException, BackupStoreException {
    output.say(
        "restore.what",
        view.snapshotId().substring(0, 12),
        snapshots.when(view),
        snapshots.made(view).map(SealedSnapshotInfo::files).orElse(view.files()),
        VaultActivityText.of(output, agent).device(view.deviceId()));
    boolean signed = snapshots.made(view).filter(SealedSnapshotInfo::signed).isPresent();
    output.say(signed ? "restore.signed" : "restore.not-signed");
  }

  /** Lets K of another generation open what was named when a person wants that (HK1-K-20). */
  private void requireOther(CommandOutput output, PersonPrompt person, SnapshotView view)
      throws AgentException {
    output.event("alarm", Map.of("fault", "OTHER_GENERATION"));
    output.note("rotate.other");
    String phrase = output.messages().get("freshness.phrase", view.sequence());
    if (!acceptOlder.contains(view.sequence()) && !person.types(phrase, "rotate.other-type")) {
      throw new AgentException(RunResult.CORRUPT, "rotate.other-refused");
    }
  }

  private RunResult restore(
      CommandOutput output,
      SignedInAgent agent,
      BackupKeyAccess backupKeyAccess,
      BackupKey key,
      SnapshotCatalog snapshots)
      throws AgentException, BackupStoreException, IOException {
    RawPath into = PathArguments.absolute(here(), target);
    RawPath selection = path == null ? RawPath.ROOT : PathArguments.absolute(here(), path);
    SnapshotCatalog.AcceptedRisks acceptedRisks =
        new SnapshotCatalog.AcceptedRisks(
            acceptRegress, acceptOlder, acceptUnchecked, backupKeyAccess.person());
    SnapshotChoice choice =
        snapshots.toRestore(
            chosen.snapshot(),
            chosen.device(),
            acceptedRisks,
            chosen -> {
              tellWhat(output, agent, snapshots, chosen);
              if (!backupKeyAccess.isOfSet(key)) {
                requireOther(output, backupKeyAccess.person(), chosen);
              }
            });
    SnapshotView view = choice.view();
    RestoreRequest request = new RestoreRequest(view, selection, into, overwrite);
    if (dryRun) {
      try (BackupKey sealed = backupKeyAccess.reading(key, view.generation())) {
        return new RestorePlanPrinter(output).show(agent.store(), sealed, request);
      }
    }
    return new RunSupervisor(here(), output, agent, RunReport.Kind.RESTORE)
        .around(
            progress -> {
              try (BackupKey sealed = backupKeyAccess.reading(key, view.generation())) {
                RestoreResult result =
                    new Restore(agent.store(), sealed, snapshots.copies()).run(request, progress);
                return new RunSupervisor.RunEnd(
                    result.result(), result.tally(), told(snapshots, view));
              } catch (FileAccessException e) {
                if (e.isOutOfSpace()) {
                  throw new AgentException(RunResult.LOCAL, e, "disk.full-target", into);
                }
                throw e;
              } catch (NoSuchFileException e) {
                throw new AgentException(
                    RunResult.REFUSED, e, "restore.not-in-snapshot", selection);
              }
            });
  }
}
