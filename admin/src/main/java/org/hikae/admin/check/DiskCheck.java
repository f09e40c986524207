package org.hikae.admin.check;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hikae.admin.doctor.Check;
import org.hikae.admin.doctor.Code;
import org.hikae.admin.doctor.Finding;
import org.hikae.admin.doctor.Words;
import org.hikae.admin.port.Volumes;

/** Room on the volumes that matter. */
public final class DiskCheck implements Check {

  /** The portal may have that much in temporary files at once, and a little more. */
  static final long FULL_BYTES = 512L * 1024 * 1024;

  private static final double FULL_SHARE = 0.03;
  private static final double LOW_SHARE = 0.10;
  private static final double GIB = 1024.0 * 1024 * 1024;

  private final Volumes volumes;
  private final List<Path> paths;

  /** Looks at the volumes of these paths. */
  public DiskCheck(Volumes volumes, List<Path> paths) {
    this.volumes = volumes;
    this.paths = List.copyOf(paths);
  }

  @Override
  public String name() {
    return "disk";
  }

  @Override
  public List<Finding> look() {
    List<Finding> findings = new ArrayList<>();
    for (Path path : paths) {
      try {
        Volumes.Room room = volumes.of(path);
        findings.add(Finding.of(code(room), path, gib(room.freeBytes()), gib(room.totalBytes())));
      } catch (IOException e) {
        findings.add(Finding.of(Code.DISK_MISSING, path, Words.of(e)));
      }
    }
    return findings;
  }

  private static Code code(Volumes.Room room) {
    double share = room.totalBytes() == 0 ? 0 : (double) room.freeBytes() / room.totalBytes();
    if (room.freeBytes() < FULL_BYTES || share < FULL_SHARE) {
      return Code.DISK_FULL;
    }
    return share < LOW_SHARE ? Code.DISK_LOW : Code.DISK_OK;
  }

  private static String gib(long bytes) {
    return String.format(Locale.ROOT, "%.1f GiB", bytes / GIB);
  }
}
