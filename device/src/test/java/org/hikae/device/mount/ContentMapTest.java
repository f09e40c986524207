package org.hikae.device.mount;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ContentMapTest {

  private static ContentMap map() {
    ContentMap map = new ContentMap();
    map.add(99, 5, false);
    map.restart();
    map.add(10, 100, false);
    map.add(10, 200, false);
    map.add(30, 300, true);
    map.add(5, 400, false);
    return map;
  }

  @Test
  void each_position_is_in_one_record() {
    ContentMap map = map();
    assertThat(map.length()).isEqualTo(55);
    assertThat(map.record(map.find(0))).isEqualTo(100);
    assertThat(map.record(map.find(9))).isEqualTo(100);
    assertThat(map.record(map.find(10))).isEqualTo(200);
    assertThat(map.isHole(map.find(20))).isTrue();
    assertThat(map.end(map.find(20))).isEqualTo(50);
    assertThat(map.record(map.find(54))).isEqualTo(400);
    assertThat(map.end(map.find(54))).isEqualTo(55);
  }

  @Test
  void data_and_holes_are_found_from_anywhere() {
    ContentMap map = map();
    assertThat(map.next(3, false)).isEqualTo(3);
    assertThat(map.next(3, true)).isEqualTo(20);
    assertThat(map.next(25, true)).isEqualTo(25);
    assertThat(map.next(25, false)).isEqualTo(50);
    assertThat(map.next(51, true)).isEqualTo(-1);
  }
}
