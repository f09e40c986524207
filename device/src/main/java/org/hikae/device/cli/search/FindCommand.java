package org.hikae.device.cli.search;

import java.io.IOException;
import java.util.List;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.AgentException;
import org.hikae.device.cli.access.UnlockOptions;
import org.hikae.device.cli.command.AgentCommand;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.RawArguments;
import org.hikae.device.cli.search.CatalogSearch.FoundOnDevice;
import org.hikae.device.cli.search.CatalogSearch.SearchListener;
import org.hikae.device.cli.snapshots.OpenedCatalog;
import org.hikae.device.cli.vault.VaultActivityText;
import org.hikae.device.files.RawPath;
import org.hikae.device.http.BandwidthLimits;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.protection.KeyUnlock;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.search.NameSearch;
import org.hikae.device.search.NameSearch.FoundNames;
import org.hikae.device.state.AgentHome;
import org.hikae.device.state.StateFile;
import org.hikae.device.state.UnlockedSet;
import org.hikae.device.store.BackupStoreException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Finds files by a part of their names, in all snapshots. */
@Command(
    name = "find",
    description =
        "Find files and directories of all snapshots by a part of their names, with each version."
            + " The names are kept on this device, encrypted, and sent nowhere.")
public final class FindCommand extends AgentCommand {

  private static final int ID_DIGITS = 12;

  @Parameters(
      index = "0",
      paramLabel = "NAME",
      description = "A part of the name; capitals make no difference.")
  private String name = "";

  @Option(
      names = "--device",
      paramLabel = "ID",
      description = "Only of the device whose identifier begins so.")
  private @Nullable String device;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Show at most so many names; 100 by default.")
  private int limit = 100;

  @Option(
      names = "--offline",
      description = "Search what is kept on this device, without asking the portal.")
  private boolean offline;

  @Mixin private UnlockOptions unlock = new UnlockOptions();

  public FindCommand(AgentEnvironment here) {
    super(here);
  }

  @Override
  public RunResult run(CommandOutput output)
      throws AgentException, BackupStoreException, IOException {
    byte[] part = RawArguments.bytes(name);
    if (!RawPath.isName(part) || limit < 1) {
      throw new AgentException(RunResult.REFUSED, "find.malformed", RawPath.display(part));
    }
    return offline
        ? findKept(output, part)
        : OpenedCatalog.around(
            here(),
            output,
            unlock,
            BandwidthLimits.UNLIMITED,
            opened -> find(output, opened, part));
  }

  private RunResult find(CommandOutput output, OpenedCatalog opened, byte[] part)
      throws AgentException, BackupStoreException, IOException {
    boolean sound = opened.snapshots().sound();
    VaultActivityText words = VaultActivityText.of(output, opened.agent());
    List<FoundOnDevice> found;
    // Others may have the indexes again before anything is printed, which may take its time.
    try (CatalogSearch search =
        CatalogSearch.open(opened, device, here().random(), new UpdatePrinter(output))) {
      found = search.names(part, limit);
    }
    FoundNamePrinter printer = new FoundNamePrinter(output);
    for (FoundOnDevice each : found) {
      printer.print(words.device(each.deviceId()), each.deviceId(), each.found());
    }
    printer.end();
    return sound ? RunResult.SUCCESS : RunResult.CORRUPT;
  }

  /** Searches what is kept, with the key that this device has. */
  private RunResult findKept(CommandOutput output, byte[] part) throws AgentException, IOException {
    AgentHome home = AgentHome.of(here().environment(), here().userHome());
    UnlockedSet set = new StateFile(home).require().set();
    if (set == null) {
      throw new AgentException(RunResult.LOCKED, "find.no-key");
    }
    FoundNamePrinter printer = new FoundNamePrinter(output);
    int left = limit;
    try (BackupKey key = KeyUnlock.stored(set);
        SearchIndexDirectory directory = SearchIndexDirectory.openToRead(home, key)) {
      for (String each : directory.devices()) {
        if (device == null || each.startsWith(device)) {
          FoundNames found = NameSearch.find(directory.place(each), part, left);
          left -= found.names().size();
          printer.print(each, each, found);
        }
      }
    } catch (DamagedDataException e) {
      throw new AgentException(RunResult.LOCAL, e, "find.damaged");
    }
    printer.end();
    return RunResult.SUCCESS;
  }

  /** Says what takes time, and what is not found because of damage. */
  private record UpdatePrinter(CommandOutput output) implements SearchListener {

    @Override
    public void reads(SnapshotView view) {
      output.note("find.reads", view.snapshotId().substring(0, ID_DIGITS));
    }

    @Override
    public void unreadable(SnapshotView view, BackupStoreException why) {
      output.note(
          "find.unreadable",
          view.snapshotId().substring(0, ID_DIGITS),
          String.valueOf(why.getMessage()));
    }

    @Override
    public void tooLarge(String deviceId) {
      output.note("find.too-large");
    }
  }
}
