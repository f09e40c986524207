package org.hikae.device.cli.window;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.cli.backup.BackupCommand;
import org.hikae.device.cli.command.AgentCommand;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.PathArguments;
import org.hikae.device.cli.command.RawArguments;
import org.hikae.device.cli.restore.RestoreCommand;
import org.hikae.device.cli.window.WindowRequests.BackUpRequest;
import org.hikae.device.cli.window.WindowRequests.RestoreItem;
import org.hikae.device.cli.window.WindowRequests.WindowRestoreRequest;
import org.hikae.device.files.FileAccessException;
import org.hikae.device.files.FileHandle;
import org.hikae.device.files.RawFiles;
import org.hikae.device.files.RawPath;
import org.hikae.device.restore.OverwriteMode;
import org.jspecify.annotations.Nullable;

/** Makes of what the page asks for the commands that a person would have typed. */
final class WindowCommands {

  private final AgentEnvironment here;

  /** For commands where nobody sits, in the person's home. */
  WindowCommands(AgentEnvironment here) {
    this.here = here.unattended(here.userHome().getBytes(StandardCharsets.UTF_8));
  }

  List<AgentCommand> backup(BackUpRequest request) throws AgentException {
    if (request.folders().isEmpty()) {
      return List.of(BackupCommand.asScheduled(here));
    }
    List<String> carried = new ArrayList<>();
    for (String folder : request.folders()) {
      carried.add(RawArguments.carried(typed(folder).toBytes()));
    }
    return List.of(new BackupCommand(here).with(carried));
  }

  List<AgentCommand> restore(WindowRestoreRequest request)
      throws AgentException, FileAccessException {
    String snapshotId = WindowRequests.snapshotId(request.snapshotId());
    int items = request.items().size();
    boolean refuses = request.overwrite() == OverwriteMode.REFUSE;
    if (items == 0 || items > WindowRequests.MAX_ITEMS || refuses) {
      throw new AgentException(RunResult.REFUSED, "window.items", WindowRequests.MAX_ITEMS);
    }
    String typed = request.target();
    RawPath folder = typed == null ? null : typed(typed);
    List<AgentCommand> commands = new ArrayList<>();
    try (RawFiles files = RawFiles.open()) {
      for (RestoreItem item : request.items()) {
        RawPath path = WindowRequests.path(item.rawPath());
        if (path.depth() == 0) {
          throw new AgentException(RunResult.REFUSED, "window.items", WindowRequests.MAX_ITEMS);
        }
        RawPath target = target(path, item.directory(), folder);
        make(files, target.parent());
        List<String> carried =
            List.of(
                snapshotId,
                "--path=" + RawArguments.carried(path.toBytes()),
                "--target=" + RawArguments.carried(target.toBytes()),
                "--overwrite=" + word(request.overwrite()));
        commands.add(new RestoreCommand(here).with(carried));
      }
    }
    return commands;
  }

  /** Makes a folder and those above it that are missing; a restore makes its target only. */
  private static void make(RawFiles files, RawPath folder) throws FileAccessException {
    if (folder.depth() == 0 || isThere(files, folder)) {
      return;
    }
    make(files, folder.parent());
    try (FileHandle parent = files.openDirectoryFollowing(folder.parent())) {
      files.makeDirectory(parent, folder.name(folder.depth() - 1));
    }
  }

  private static boolean isThere(RawFiles files, RawPath folder) throws FileAccessException {
    try (FileHandle _ = files.openDirectoryFollowing(folder)) {
      return true;
    } catch (FileAccessException e) {
      if (e.isMissing()) {
        return false;
      }
      throw e;
    }
  }

  /** The contents of a folder lie in the target itself, anything else below it by its name. */
  private static RawPath target(RawPath path, boolean directory, @Nullable RawPath folder) {
    if (!directory) {
      return folder == null ? path.parent() : folder;
    }
    return folder == null ? path : folder.child(path.name(path.depth() - 1));
  }

  private static String word(OverwriteMode mode) {
    return mode.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** A folder as a person types it, from their home. */
  private RawPath typed(String text) throws AgentException {
    String whole =
        text.equals("~") || text.startsWith("~/") ? here.userHome() + text.substring(1) : text;
    return PathArguments.absolute(here, RawArguments.carry(whole));
  }
}
