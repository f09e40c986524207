package org.hikae.device.history;

import java.time.Instant;
import java.util.Optional;
import org.hikae.device.manifest.RootContent;

/**
 * What the root of a snapshot says of it, under K.
 *
 * @param at when its run began, by the clock of the device that made it
 * @param files number of regular files
 * @param plainBytes sum of their lengths
 * @param signed whether the device whose series it is has signed it; else anybody who has K may
 *     have made it
 */
public record SealedSnapshotInfo(Instant at, long files, long plainBytes, boolean signed) {

  /** The end of the year 9999, beyond which no date is shown. */
  private static final long LATEST_SECONDS = 253_402_300_799L;

  static Optional<SealedSnapshotInfo> of(RootContent root) {
    long seconds = root.startedSeconds();
    return seconds < 0 || seconds > LATEST_SECONDS
        ? Optional.empty()
        : Optional.of(
            new SealedSnapshotInfo(
                Instant.ofEpochSecond(seconds),
                root.files(),
                root.plainBytes(),
                root.formats().signed()));
  }
}
