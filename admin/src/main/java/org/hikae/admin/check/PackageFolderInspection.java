package org.hikae.admin.check;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.hikae.admin.doctor.DoctorFinding;
import org.hikae.admin.doctor.FindingCode;

/** Who could exchange the packages that the portal offers from a folder, besides root. */
final class PackageFolderInspection {

  /** Most findings; when these are mended, the next ones are told. */
  static final int MAX_FINDINGS = 10;

  private static final Set<PosixFilePermission> OTHERS_WRITE =
      Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  private final Path folder;
  private final Path self;

  /**
   * Of a folder that is there.
   *
   * @param self something that belongs to the portal's user
   */
  PackageFolderInspection(Path folder, Path self) {
    this.folder = folder;
    this.self = self;
  }

  /** What is wrong with the folder and what lies directly in it; nothing when all is well. */
  List<DoctorFinding> findings() {
    List<DoctorFinding> findings = new ArrayList<>();
    try {
      PosixFileAttributes attributes = Files.readAttributes(folder, PosixFileAttributes.class);
      UserPrincipal owner = attributes.owner();
      if (owner.equals(Files.getOwner(self)) && !owner.getName().equals("root")) {
        findings.add(DoctorFinding.of(FindingCode.SETTINGS_OWNER, folder, owner.getName()));
      }
      mode(folder, attributes, findings);
      entries(findings);
    } catch (IOException | DirectoryIteratorException e) {
      // A folder that cannot be looked at is told by the portal, on its page of the system.
    }
    return findings;
  }

  private void entries(List<DoctorFinding> findings) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        if (findings.size() >= MAX_FINDINGS) {
          return;
        }
        PosixFileAttributes attributes =
            Files.readAttributes(entry, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        // The mode of a link says nothing, and the portal follows none.
        if (!attributes.isSymbolicLink()) {
          mode(entry, attributes, findings);
        }
      }
    }
  }

  private static void mode(
      Path path, PosixFileAttributes attributes, List<DoctorFinding> findings) {
    Set<PosixFilePermission> permissions = attributes.permissions();
    if (!Collections.disjoint(permissions, OTHERS_WRITE)) {
      findings.add(
          DoctorFinding.of(
              FindingCode.SETTINGS_OPEN, path, PosixFilePermissions.toString(permissions)));
    }
  }
}
