package org.hikae.device.exclude;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.hikae.device.files.FileAccessException;
import org.hikae.device.files.FileHandle;
import org.hikae.device.files.FileType;
import org.hikae.device.files.RawFiles;
import org.hikae.device.files.RawPath;
import org.hikae.device.run.ProgressListener.Warning;
import org.hikae.device.run.ProgressListener.WarningKind;

/**
 * What a directory says about itself: which entries it wants left out, and whether it is a cache.
 * Whether it says anything is seen in the list of its names, so one that does not costs nothing.
 */
public final class IgnoreFiles {

  /** Patterns for the directory that it lies in, and all below. */
  static final byte[] IGNORE_FILE = ".hikaeignore".getBytes(StandardCharsets.US_ASCII);

  /** The tag of a directory whose contents can be made anew (bford.info/cachedir). */
  public static final byte[] CACHE_TAG = "CACHEDIR.TAG".getBytes(StandardCharsets.US_ASCII);

  private static final byte[] SIGNATURE =
      "Signature: 8a477f597d28d172789f06886806bc55".getBytes(StandardCharsets.US_ASCII);

  private final RawFiles files;
  private final boolean cacheTags;
  private final boolean ignoreFiles;
  private final Consumer<Warning> warnings;

  public IgnoreFiles(RawFiles files, ExcludeRules excludes, Consumer<Warning> warnings) {
    this.files = files;
    this.cacheTags = excludes.cacheTags();
    this.ignoreFiles = excludes.ignoreFiles();
    this.warnings = warnings;
  }

  /** The patterns in a directory with those of its ignore file, if it has one that can be used. */
  public DirectoryExcludes ignoring(
      FileHandle directory, RawPath path, List<byte[]> names, DirectoryExcludes directoryExcludes) {
    if (!ignoreFiles || !has(names, IGNORE_FILE)) {
      return directoryExcludes;
    }
    try {
      return directoryExcludes.with(
          PatternFile.read(files, directory, IGNORE_FILE, ExcludeRule.PatternAnchor.HERE));
    } catch (FileAccessException e) {
      unused(path, e.reason());
    } catch (InvalidPatternException e) {
      unused(path, String.valueOf(e.getMessage()));
    }
    return directoryExcludes;
  }

  private void unused(RawPath directory, String reason) {
    warnings.accept(
        new Warning(directory.child(IGNORE_FILE), WarningKind.IGNORE_FILE_UNUSED, reason));
  }

  /** Whether a directory is tagged as a cache. */
  public boolean isCache(FileHandle directory, List<byte[]> names) {
    if (!cacheTags || !has(names, CACHE_TAG)) {
      return false;
    }
    byte[] start = new byte[SIGNATURE.length];
    try (FileHandle tag = files.openFile(directory, CACHE_TAG)) {
      return files.status(tag).type() == FileType.REGULAR
          && files.read(tag, 0, start, 0, start.length) == start.length
          && Arrays.compare(start, SIGNATURE) == 0;
    } catch (FileAccessException e) {
      // A tag that cannot be read tags nothing; that it cannot be read is told when it is stored.
      return false;
    }
  }

  private static boolean has(List<byte[]> names, byte[] name) {
    return Collections.binarySearch(names, name, Arrays::compareUnsigned) >= 0;
  }
}
