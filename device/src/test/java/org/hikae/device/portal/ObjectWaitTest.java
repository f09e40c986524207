package org.hikae.device.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.hikae.device.http.FakeSleeper;
import org.junit.jupiter.api.Test;

/** HK1-R-16: what counts as waited in vain. */
class ObjectWaitTest {

  private static final int PACK = 16 * 1024 * 1024;

  private final FakeSleeper sleeper = new FakeSleeper();
  private final ObjectWait objectWait = new ObjectWait(sleeper::nanos);

  private void answered(Duration after, long bytes) {
    objectWait.begins();
    sleeper.wait(after);
    objectWait.answered(bytes);
    objectWait.ends();
  }

  @Test
  void answers_in_time_never_end_a_run_however_many_there_are() {
    for (int i = 0; i < 10_000; i++) {
      answered(ObjectWait.OF_ANSWER, 0);
    }
    assertThat(objectWait.soFar()).isZero();
  }

  @Test
  void two_packs_at_a_time_over_the_slowest_line_never_do() {
    for (int i = 0; i < 1000; i++) {
      objectWait.begins();
      objectWait.begins();
      sleeper.wait(Duration.ofSeconds(2 * PACK / (32 * 1024)));
      objectWait.answered(PACK);
      objectWait.ends();
      objectWait.answered(PACK);
      objectWait.ends();
    }
    assertThat(objectWait.soFar()).isZero();
  }

  @Test
  void what_is_waited_beyond_is_added_up() {
    for (int i = 0; i < 35; i++) {
      answered(Duration.ofMinutes(1), 0);
    }
    assertThat(objectWait.soFar()).isEqualTo(Duration.ofSeconds(35 * 50));
    assertThat(objectWait.isOver()).isFalse();
    answered(Duration.ofMinutes(1), 0);
    assertThat(objectWait.isOver()).isTrue();
  }

  @Test
  void time_in_which_nothing_is_asked_does_not_count() {
    answered(Duration.ofMinutes(1), 0);
    sleeper.wait(Duration.ofHours(9));
    assertThat(objectWait.soFar()).isEqualTo(Duration.ofSeconds(50));
  }

  @Test
  void the_same_minutes_of_several_threads_count_once() {
    objectWait.begins();
    sleeper.wait(Duration.ofMinutes(1));
    objectWait.begins();
    sleeper.wait(Duration.ofMinutes(1));
    objectWait.ends();
    sleeper.wait(Duration.ofMinutes(1));
    assertThat(objectWait.soFar()).isEqualTo(Duration.ofMinutes(3));
    objectWait.ends();
    assertThat(objectWait.soFar()).isEqualTo(Duration.ofMinutes(3));
  }
}
