package org.hikae.device.cli.search;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.AgentException;
import org.hikae.device.cli.access.UnlockOptions;
import org.hikae.device.cli.command.AgentCommand;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.DisplayFormat;
import org.hikae.device.cli.command.RawArguments;
import org.hikae.device.cli.snapshots.OpenedCatalog;
import org.hikae.device.cli.vault.VaultActivityText;
import org.hikae.device.files.OwnerOnlyFiles;
import org.hikae.device.files.RawPath;
import org.hikae.device.history.SealedSnapshotInfo;
import org.hikae.device.http.BandwidthLimits;
import org.hikae.device.keys.Subkey;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.sealing.SealContext;
import org.hikae.device.search.IndexTooLargeException;
import org.hikae.device.search.NameSearch;
import org.hikae.device.search.NameSearch.FoundName;
import org.hikae.device.search.NameSearch.FoundNames;
import org.hikae.device.search.NameSearch.FoundVersion;
import org.hikae.device.search.SearchIndexUpdater;
import org.hikae.device.search.SearchIndexUpdater.IndexPlace;
import org.hikae.device.search.SearchIndexUpdater.ShownSnapshot;
import org.hikae.device.store.BackupStoreException;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.TextCodec;
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
  private static final String LOCK = "lock";

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
    return OpenedCatalog.around(
        here(), output, unlock, BandwidthLimits.UNLIMITED, opened -> find(output, opened, part));
  }

  private RunResult find(CommandOutput output, OpenedCatalog opened, byte[] part)
      throws AgentException, BackupStoreException, IOException {
    boolean sound = opened.snapshots().sound();
    String setId = TextCodec.hex(opened.key().setId());
    Path folder = folder(opened);
    FoundPrinter printer = new FoundPrinter(output, limit);
    try (SecretBytes key = opened.key().subkey(Subkey.NAMES);
        FileChannel channel = lock(folder)) {
      for (Map.Entry<String, List<ShownSnapshot>> series : bySeries(opened, setId).entrySet()) {
        byte[] id = deviceId(series.getKey());
        IndexPlace place =
            new IndexPlace(
                folder.resolve(Hash256.sha256(id).hex().substring(0, 2 * ID_DIGITS) + ".index"),
                key,
                new SealContext(opened.key().setId(), opened.key().generation(), id));
        FoundNames found;
        try {
          update(output, opened, place, series.getValue());
          found = NameSearch.find(place, part, printer.left());
        } catch (DamagedDataException e) {
          // It can be made of what is stored.
          Files.deleteIfExists(place.file());
          update(output, opened, place, series.getValue());
          found = NameSearch.find(place, part, printer.left());
        }
        String called = VaultActivityText.of(output, opened.agent()).device(series.getKey());
        printer.print(called, series.getKey(), found);
      }
      assert channel.isOpen();
    } catch (DamagedDataException e) {
      throw new BackupStoreException(RunResult.LOCAL, String.valueOf(e.getMessage()), e);
    }
    printer.end();
    return sound ? RunResult.SUCCESS : RunResult.CORRUPT;
  }

  private static byte[] deviceId(String shown) {
    try {
      return TextCodec.parseId("deviceId", shown);
    } catch (MalformedException e) {
      throw new IllegalStateException("a snapshot whose root opens is of a device", e);
    }
  }

  private static Path folder(OpenedCatalog opened) throws AgentException, IOException {
    Path cache = opened.agent().home().create().cacheFolder();
    for (Path each : List.of(cache, cache.resolve("names"))) {
      if (!Files.isDirectory(each)) {
        Files.createDirectory(each, OwnerOnlyFiles.folder());
      }
    }
    return cache.resolve("names");
  }

  /** Two updates at once would write one file; the system frees the lock when a process dies. */
  private static FileChannel lock(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve(LOCK),
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            OwnerOnlyFiles.file());
    channel.lock();
    return channel;
  }

  /** Snapshots that can be read, by device, ascending. */
  private Map<String, List<ShownSnapshot>> bySeries(OpenedCatalog opened, String setId)
      throws AgentException, BackupStoreException {
    Map<String, List<ShownSnapshot>> series = new TreeMap<>();
    List<SnapshotView> views =
        opened.snapshots().newestFirst(opened.snapshots().ofSet(setId, device));
    for (SnapshotView view : views.reversed()) {
      Optional<SealedSnapshotInfo> made = opened.snapshots().made(view);
      if (made.isPresent()) {
        series
            .computeIfAbsent(view.deviceId(), id -> new ArrayList<>())
            .add(new ShownSnapshot(view, made.get().at().getEpochSecond()));
      }
    }
    return series;
  }

  private void update(
      CommandOutput output, OpenedCatalog opened, IndexPlace place, List<ShownSnapshot> shown)
      throws DamagedDataException, AgentException, BackupStoreException, IOException {
    try {
      new SearchIndexUpdater(opened.agent().store(), opened::reading, here().random())
          .update(place, shown, new UpdatePrinter(output));
    } catch (IndexTooLargeException e) {
      output.note("find.too-large");
    }
  }

  /** Says what takes time, and what is not found because of damage. */
  private record UpdatePrinter(CommandOutput output) implements SearchIndexUpdater.UpdateListener {

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
  }

  /** Shows what was found, up to a limit. */
  private static final class FoundPrinter {

    private final CommandOutput output;
    private int left;
    private int more;
    private boolean any;

    FoundPrinter(CommandOutput output, int limit) {
      this.output = output;
      this.left = limit;
    }

    /** How many more are shown. */
    int left() {
      return left;
    }

    void print(String device, String deviceId, FoundNames found) {
      any |= found.total() > 0;
      more += found.total() - found.names().size();
      left -= found.names().size();
      if (!found.names().isEmpty()) {
        output.say("find.on", device);
      }
      for (FoundName each : found.names()) {
        show(each);
        event(deviceId, each);
      }
    }

    private void show(FoundName each) {
      output.line(each.path().toString());
      if (each.deleted()) {
        output.say("find.deleted");
      }
      for (FoundVersion version : each.versions()) {
        output.say(
            version.snapshots() == 1 ? "find.version" : "find.versions",
            DisplayFormat.time(
                Instant.ofEpochSecond(version.version().modifiedSeconds()), ZoneId.systemDefault()),
            DisplayFormat.bytes(version.version().size()),
            version.last().snapshotId().substring(0, ID_DIGITS),
            version.snapshots());
      }
    }

    private void event(String deviceId, FoundName each) {
      List<Map<String, Object>> versions = new ArrayList<>();
      for (FoundVersion version : each.versions()) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("snapshotId", version.last().snapshotId());
        fields.put("firstSnapshotId", version.first().snapshotId());
        fields.put("snapshots", version.snapshots());
        fields.put("type", version.version().type().name());
        fields.put("size", version.version().size());
        fields.put(
            "modified", Instant.ofEpochSecond(version.version().modifiedSeconds()).toString());
        versions.add(fields);
      }
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("path", each.path().toString());
      fields.put("rawPath", TextCodec.base64(each.path().toBytes()));
      fields.put("deviceId", deviceId);
      fields.put("deleted", each.deleted());
      fields.put("versions", versions);
      output.event("found", fields);
    }

    void end() {
      if (!any) {
        output.say("find.none");
      } else if (more > 0) {
        output.note("find.more", more);
      }
    }
  }
}
