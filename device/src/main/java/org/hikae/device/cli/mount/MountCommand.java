package org.hikae.device.cli.mount;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.AgentException;
import org.hikae.device.cli.access.UnlockOptions;
import org.hikae.device.cli.command.AgentCommand;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.DisplayFormat;
import org.hikae.device.cli.command.PathArguments;
import org.hikae.device.cli.run.BandwidthOptions;
import org.hikae.device.cli.snapshots.OpenedCatalog;
import org.hikae.device.files.FileHandle;
import org.hikae.device.files.FileStatus;
import org.hikae.device.files.RawFiles;
import org.hikae.device.files.RawPath;
import org.hikae.device.fuse.FuseProgram;
import org.hikae.device.fuse.FuseServer;
import org.hikae.device.fuse.FuseSession;
import org.hikae.device.history.SnapshotChoice;
import org.hikae.device.mount.MountedSnapshot;
import org.hikae.device.mount.MountedSnapshotReader;
import org.hikae.device.mount.MountedTree;
import org.hikae.device.portal.ObjectWait;
import org.hikae.device.portal.PortalBackupStore;
import org.hikae.device.store.BackupStoreException;
import org.hikae.hk1.TextCodec;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows all snapshots as folders, until it is ended. */
@Command(
    name = "mount",
    description =
        "Show all snapshots as folders in a directory, read-only, until Ctrl-C. Only what is read"
            + " there is fetched. Needs FUSE (package fuse3).")
public final class MountCommand extends AgentCommand {

  /** How long the end waits for programs that are reading. */
  private static final int GRACE_SECONDS = 2;

  /** So many different troubles are told; after that they are only errors of what reads. */
  private static final int MAX_TOLD = 100;

  @Parameters(
      index = "0",
      paramLabel = "DIR",
      description = "An empty directory of yours; it is made when it is not there.")
  private String directory = "";

  @Option(
      names = "--device",
      paramLabel = "ID",
      description = "Only of the device whose identifier begins so.")
  private @Nullable String device;

  @Mixin private BandwidthOptions limits = new BandwidthOptions();

  @Mixin private UnlockOptions unlock = new UnlockOptions();

  public MountCommand(AgentEnvironment here) {
    super(here);
  }

  @Override
  public RunResult run(CommandOutput output)
      throws AgentException, BackupStoreException, IOException {
    FuseProgram program =
        FuseProgram.find(here().environment())
            .orElseThrow(() -> new AgentException(RunResult.LOCAL, "mount.no-fuse"));
    RawPath point =
        new MountPoint(output, program).prepare(PathArguments.absolute(here(), directory));
    return OpenedCatalog.around(
        here(),
        output,
        unlock,
        limits.bandwidth(here()),
        opened -> show(output, opened, program, point));
  }

  private RunResult show(
      CommandOutput output, OpenedCatalog opened, FuseProgram program, RawPath point)
      throws AgentException, BackupStoreException, IOException {
    boolean sound = opened.snapshots().sound();
    List<SnapshotView> views =
        opened.snapshots().ofSet(TextCodec.hex(opened.key().setId()), device);
    MountedDeviceList list = MountedDeviceList.of(opened.agent(), opened.snapshots(), views);
    if (list.unreadable() > 0) {
      output.note("mount.not-shown", list.unreadable());
    }
    if (list.snapshots() == 0) {
      throw new AgentException(RunResult.REFUSED, "snapshots.none");
    }
    Newest newest = newest(output, opened, list);
    try (ProcessEnd _ = new ProcessEnd(program, point);
        MountedSnapshotReader reader =
            new MountedSnapshotReader(
                // Each with a patience of its own: what is read may come back after hours.
                () ->
                    new PortalBackupStore(
                        opened.agent().portal(), new ObjectWait(here().pause()::nanos)),
                opened::reading)) {
      MountedTree tree =
          new MountedTree(
              list.devices(), newest.snapshot(), owner(), reader, new TroublePrinter(output));
      serve(output, program, point, tree, list);
      long received = reader.bytesReceived();
      output.say("mount.ended", point, DisplayFormat.bytes(received));
      output.event("unmounted", Map.of("path", point.toString(), "bytesReceived", received));
    }
    return sound && newest.sound() ? RunResult.SUCCESS : RunResult.CORRUPT;
  }

  /** The newest snapshot, if one can be named, and whether no series is in doubt. */
  private record Newest(@Nullable MountedSnapshot snapshot, boolean sound) {}

  private Newest newest(CommandOutput output, OpenedCatalog opened, MountedDeviceList list)
      throws AgentException, BackupStoreException {
    try {
      SnapshotChoice choice = opened.snapshots().toShow("latest", device);
      return new Newest(list.find(choice.view()).orElse(null), choice.doubtful().isEmpty());
    } catch (AgentException e) {
      if (e.result() != RunResult.REFUSED && e.result() != RunResult.CORRUPT) {
        throw e;
      }
      output.note("mount.no-latest", e);
      return new Newest(null, e.result() != RunResult.CORRUPT);
    }
  }

  /** Whoever runs this: the kernel shows whose process it is. */
  private static MountedTree.Owner owner() throws IOException {
    try (RawFiles files = RawFiles.open();
        FileHandle process = files.openDirectoryFollowing(RawPath.of("/proc/self"))) {
      FileStatus status = files.status(process);
      return new MountedTree.Owner(status.uid(), status.gid());
    }
  }

  private void serve(
      CommandOutput output,
      FuseProgram program,
      RawPath point,
      MountedTree tree,
      MountedDeviceList list)
      throws AgentException, IOException {
    try (FuseSession mounted = mount(program, point)) {
      output.event(
          "mounted",
          Map.of(
              "path", point.toString(),
              "rawPath", TextCodec.base64(point.toBytes()),
              "devices", list.devices().size(),
              "snapshots", list.snapshots()));
      output.say("mount.ready", point);
      try {
        new FuseServer(mounted.channel(), tree, defect -> output.note("mount.defect", defect))
            .serve();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AgentException(RunResult.CANCELLED, e, "run.cancelled");
      } finally {
        // Of one that has been taken away already nothing is said.
        var _ = program.unmount(point);
      }
    }
  }

  private static FuseSession mount(FuseProgram program, RawPath point) throws AgentException {
    try {
      return program.mount(point);
    } catch (IOException e) {
      throw new AgentException(RunResult.LOCAL, e, "mount.refused", point);
    }
  }

  /** Unmounts when the process is told to end, and lets the command say so. */
  private static final class ProcessEnd implements AutoCloseable {

    private final FuseProgram program;
    private final RawPath point;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = Thread.ofPlatform().unstarted(this::end);

    ProcessEnd(FuseProgram program, RawPath point) {
      this.program = program;
      this.point = point;
      Runtime.getRuntime().addShutdownHook(hook);
    }

    private void end() {
      try {
        var _ = program.unmount(point);
        // Who is still reading gets an error when this process is gone.
        var _ = ended.await(GRACE_SECONDS, TimeUnit.SECONDS);
      } catch (IOException e) {
        // fusermount3 takes it away when this process has ended.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void close() {
      ended.countDown();
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The process is ending already, and the hook is what waits for us.
      }
    }
  }

  /** Says why something cannot be read, each once. */
  private static final class TroublePrinter implements MountedTree.FailureListener {

    private final CommandOutput output;
    private final Set<String> told = new HashSet<>();

    TroublePrinter(CommandOutput output) {
      this.output = output;
    }

    @Override
    public synchronized void failed(MountedSnapshot snapshot, Exception why) {
      Object reason =
          why.getCause() instanceof AgentException cause ? cause : String.valueOf(why.getMessage());
      if (told.size() < MAX_TOLD && told.add(snapshot.folder() + why.getMessage())) {
        output.note("mount.trouble", snapshot.folder(), reason);
      }
    }
  }
}
