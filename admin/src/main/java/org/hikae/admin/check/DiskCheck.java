package org.hikae.admin.check;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hikae.admin.doctor.DoctorFinding;
import org.hikae.admin.doctor.ExceptionText;
import org.hikae.admin.doctor.FindingCode;
import org.hikae.admin.doctor.InstallationCheck;
import org.hikae.admin.port.DiskVolumes;

/** Room on the volumes that matter. */
public final class DiskCheck implements InstallationCheck {

  /** The portal may have that much in temporary files at once, and a little more. */
  static final long FULL_BYTES = 512L * 1024 * 1024;

  private static final double FULL_SHARE = 0.03;
  private static final double LOW_SHARE = 0.10;
  private static final double GIB = 1024.0 * 1024 * 1024;

  private final DiskVolumes volumes;
  private final List<Path> paths;

  /** Looks at the volumes of these paths. */
  public DiskCheck(DiskVolumes volumes, List<Path> paths) {
    this.volumes = volumes;
    this.paths = List.copyOf(paths);
  }

  @Override
  public String name() {
    return "disk";
  }

  @Override
  public List<DoctorFinding> look() {
    List<DoctorFinding> findings = new ArrayList<>();
    for (Path path : paths) {
      try {
        DiskVolumes.FreeSpace freeSpace = volumes.of(path);
        findings.add(
            DoctorFinding.of(
                code(freeSpace), path, gib(freeSpace.freeBytes()), gib(freeSpace.totalBytes())));
      } catch (IOException e) {
        findings.add(DoctorFinding.of(FindingCode.DISK_MISSING, path, ExceptionText.of(e)));
      }
    }
    return findings;
  }

  private static FindingCode code(DiskVolumes.FreeSpace freeSpace) {
    double share =
        freeSpace.totalBytes() == 0 ? 0 : (double) freeSpace.freeBytes() / freeSpace.totalBytes();
    if (freeSpace.freeBytes() < FULL_BYTES || share < FULL_SHARE) {
      return FindingCode.DISK_FULL;
    }
    return share < LOW_SHARE ? FindingCode.DISK_LOW : FindingCode.DISK_OK;
  }

  private static String gib(long bytes) {
    return String.format(Locale.ROOT, "%.1f GiB", bytes / GIB);
  }
}
