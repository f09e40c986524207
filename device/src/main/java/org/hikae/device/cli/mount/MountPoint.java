package org.hikae.device.cli.mount;

import java.io.IOException;
import java.util.List;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.files.FileAccessException;
import org.hikae.device.files.FileHandle;
import org.hikae.device.files.RawFiles;
import org.hikae.device.files.RawPath;
import org.hikae.device.fuse.FuseProgram;
import org.hikae.device.fuse.MountTable;

/** Gets a directory ready to be mounted on. */
final class MountPoint {

  private final CommandOutput output;
  private final FuseProgram program;

  MountPoint(CommandOutput output, FuseProgram program) {
    this.output = output;
    this.program = program;
  }

  /**
   * Makes it when it is missing, and takes away what earlier runs have left, here or elsewhere.
   *
   * @return the directory, with all links in its path followed
   */
  RawPath prepare(RawPath wanted) throws AgentException, IOException {
    try (RawFiles files = RawFiles.open()) {
      removeDead(files);
      FileHandle opened;
      try {
        opened = files.openDirectoryFollowing(wanted);
      } catch (FileAccessException e) {
        if (!e.isMissing() || wanted.depth() == 0) {
          throw e;
        }
        opened = make(files, wanted);
      }
      try (FileHandle directory = opened) {
        RawPath point = files.realPath(wanted);
        if (MountTable.ours().contains(point)) {
          throw new AgentException(RunResult.REFUSED, "mount.already", point);
        }
        if (!files.list(directory).isEmpty()) {
          throw new AgentException(RunResult.REFUSED, "mount.not-empty", point);
        }
        return point;
      }
    }
  }

  private static FileHandle make(RawFiles files, RawPath wanted) throws FileAccessException {
    try (FileHandle parent = files.openDirectoryFollowing(wanted.parent())) {
      byte[] name = wanted.name(wanted.depth() - 1);
      files.makeDirectory(parent, name);
      return files.openDirectory(parent, name);
    }
  }

  /** A program that was killed, and fusermount3 with it, leaves a mount that nobody answers for. */
  private void removeDead(RawFiles files) throws IOException {
    List<RawPath> ours = MountTable.ours();
    for (RawPath point : ours) {
      if (isDead(files, point) && program.unmount(point)) {
        output.note("mount.stale", point);
      }
    }
  }

  private static boolean isDead(RawFiles files, RawPath point) {
    try (FileHandle _ = files.openDirectoryFollowing(point)) {
      return false;
    } catch (FileAccessException e) {
      // Others' mounts are refused, whether anybody is behind them or not.
      return e.isDisconnected();
    }
  }
}
