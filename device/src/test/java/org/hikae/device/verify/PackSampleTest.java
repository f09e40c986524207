package org.hikae.device.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** How many packs a sample has, and what it shows (HK1-D-17). */
class PackSampleTest {

  @Test
  void a_share_is_rounded_up_and_all_are_all() {
    assertThat(PackSample.ALL.count(0)).isZero();
    assertThat(PackSample.ALL.count(Integer.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
    assertThat(PackSample.of(1).count(1)).isEqualTo(1);
    assertThat(PackSample.of(1).count(100)).isEqualTo(1);
    assertThat(PackSample.of(1).count(101)).isEqualTo(2);
    assertThat(PackSample.of(34).count(3)).isEqualTo(2);
  }

  @Test
  void beside_scrubbing_it_has_32_at_least_and_1024_at_most_unless_a_share_was_chosen() {
    PackSample sample = PackSample.besideScrub();
    assertThat(sample.count(0)).isZero();
    assertThat(sample.count(31)).isEqualTo(31);
    assertThat(sample.count(32)).isEqualTo(32);
    assertThat(sample.count(3200)).isEqualTo(32);
    assertThat(sample.count(3201)).isEqualTo(33);
    assertThat(sample.count(102_400)).isEqualTo(1024);
    assertThat(sample.count(500_000)).isEqualTo(1024);
    assertThat(PackSample.besideScrub(2).count(500_000)).isEqualTo(10_000);
    assertThat(PackSample.besideScrub(2).count(100)).isEqualTo(32);
  }

  @Test
  void what_is_no_share_is_refused() {
    for (int percent : new int[] {Integer.MIN_VALUE, 0, 101}) {
      assertThatIllegalArgumentException().isThrownBy(() -> PackSample.of(percent));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> new PackSample(1, 2, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new PackSample(1, -1, 1));
  }

  @Test
  void a_loss_of_one_percent_is_seen_as_often_as_that() {
    SampleCoverage coverage = new SampleCoverage(10_000, 100, 0.01);
    assertThat(coverage.onePercent()).isEqualTo(100);
    assertThat(coverage.seen(100)).isCloseTo(0.634, within(0.001));
    assertThat(new SampleCoverage(100, 32, 0.32).seen(1)).isCloseTo(0.32, within(1e-9));
    assertThat(new SampleCoverage(5, 5, 1).seen(1)).isEqualTo(1);
    assertThat(new SampleCoverage(0, 0, 1).seen(1)).isEqualTo(1);
    assertThat(new SampleCoverage(0, 0, 1).onePercent()).isEqualTo(1);
    assertThat(new SampleCoverage(101, 1, 0.1).onePercent()).isEqualTo(2);
  }

  /** Of two series, wherever the lost ones lie, no more is promised than is so. */
  @Test
  void what_is_promised_is_no_more_than_the_probability() {
    for (int first = 1; first <= 12; first++) {
      for (int second = 1; second <= 12; second++) {
        int ofFirst = (first + 1) / 2;
        int ofSecond = (second + 2) / 3;
        double least = Math.min((double) ofFirst / first, (double) ofSecond / second);
        SampleCoverage coverage = new SampleCoverage(first + second, ofFirst + ofSecond, least);
        for (int lostThere = 0; lostThere <= first; lostThere++) {
          for (int lostHere = 0; lostHere <= second; lostHere++) {
            double missed = missed(first, ofFirst, lostThere) * missed(second, ofSecond, lostHere);
            assertThat(coverage.seen(lostThere + lostHere)).isLessThanOrEqualTo(1 - missed + 1e-12);
          }
        }
      }
    }
  }

  /** That none of the lost is among the chosen of so many. */
  private static double missed(int packs, int chosen, int lost) {
    double missed = 1;
    for (int i = 0; i < lost; i++) {
      missed *= Math.max(0, (double) (packs - chosen - i) / (packs - i));
    }
    return missed;
  }
}
