package org.hikae.device.verify;

/**
 * What a sample of the packs of files shows, when nothing was wrong with it.
 *
 * @param packs how many packs of files there are
 * @param opened how many of them were chosen, at random and without the store's knowing
 * @param leastShare the smallest share that was chosen of those of one series, 0 to 1
 */
public record SampleCoverage(long packs, long opened, double leastShare) {

  /** How many packs one percent of them are, at least one. */
  public long onePercent() {
    return Math.max(1, (packs + 99) / 100);
  }

  /**
   * The probability, 0 to 1, with which the sample has at least one of so many lost packs: a lower
   * bound, wherever they lie and whoever chose them before. Of a series of N packs, n of which are
   * opened, the sample has none of k with a probability of at most (1 − n / N)^k.
   */
  public double seen(long lost) {
    return 1 - Math.pow(1 - leastShare, (double) lost);
  }
}
