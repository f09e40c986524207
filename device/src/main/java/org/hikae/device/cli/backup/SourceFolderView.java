package org.hikae.device.cli.backup;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A folder of this computer, as a backup would see it.
 *
 * @param path for people
 * @param rawPath the bytes of it, base64url
 * @param parent the same of the folder above; absent at the top
 * @param entries folders first, each in the order of names
 * @param more whether there are more than are shown
 * @param counted whether everything below was counted: in the time that there is for it, and on the
 *     file system of the folder
 * @param companyFolders what the company's policy has backed up, as it says it
 * @param policyKnown false when the portal could not be asked
 */
public record SourceFolderView(
    String path,
    String rawPath,
    @Nullable String parent,
    List<SourceEntryView> entries,
    boolean more,
    boolean counted,
    List<String> companyFolders,
    boolean policyKnown) {

  /** Why something is left out. */
  public enum LeftOutReason {
    /** The company's policy. */
    COMPANY,
    /** A cache, or trash. */
    CACHE,
    /** A file {@code .hikaeignore}; also of the agent itself. */
    IGNORE_FILE
  }

  /**
   * One entry.
   *
   * @param files how many files of it would be backed up
   * @param plainBytes how large they are
   * @param leftOut why nothing of it would be
   */
  public record SourceEntryView(
      String name,
      String rawPath,
      boolean directory,
      long files,
      long plainBytes,
      @Nullable LeftOutReason leftOut) {}
}
