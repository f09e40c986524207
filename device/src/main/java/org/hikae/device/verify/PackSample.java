package org.hikae.device.verify;

/**
 * How many packs of files of a series are opened: a share of them, rounded up, within bounds.
 *
 * @param percent the share, 1 to 100
 * @param least as many of each series are opened whatever the share is, if there are so many
 * @param most no more of each series are opened; at least {@code least}
 */
public record PackSample(int percent, int least, int most) {

  /** All of them. */
  public static final PackSample ALL = of(100);

  /** Beside the server's scrubbing, a share that nobody chose. */
  private static final int SCRUB_PERCENT = 1;

  private static final int SCRUB_LEAST = 32;

  /** Of packs of 8 MiB, 8 GiB. */
  private static final int SCRUB_MOST = 1024;

  /** Refuses what is no share. */
  public PackSample {
    if (percent < 1 || percent > 100 || least < 0 || most < least) {
      throw new IllegalArgumentException(
          "a sample is 1 to 100 percent, not " + percent + " of " + least + " to " + most);
    }
  }

  /** So many percent, whatever that comes to. */
  public static PackSample of(int percent) {
    return new PackSample(percent, 0, Integer.MAX_VALUE);
  }

  /** The one beside the server's scrubbing (spec HK1-D-17). */
  public static PackSample besideScrub() {
    return new PackSample(SCRUB_PERCENT, SCRUB_LEAST, SCRUB_MOST);
  }

  /** The one beside the server's scrubbing of which a person has chosen the share. */
  public static PackSample besideScrub(int percent) {
    return new PackSample(percent, SCRUB_LEAST, Integer.MAX_VALUE);
  }

  /** How many of so many packs. */
  int count(int packs) {
    long share = ((long) packs * percent + 99) / 100;
    return Math.min(packs, Math.clamp(share, least, most));
  }
}
