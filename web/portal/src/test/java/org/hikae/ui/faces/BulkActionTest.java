package org.hikae.ui.faces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.hikae.ui.faces.BulkAction.Item;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whenever an act on many ends, each thing is either done or as it was. */
class BulkActionTest {

  private final List<String> acted = new ArrayList<>();

  private static Item item(int number, @Nullable String settled) {
    return new Item(Integer.toString(number), "Desk " + number, number, "Ann", settled);
  }

  private static List<Item> items(int count) {
    return IntStream.range(0, count).mapToObj(i -> item(i, null)).toList();
  }

  private @Nullable String act(Item item) {
    acted.add(item.id());
    return null;
  }

  @Test
  void a_few_are_done_in_each_step_until_none_is_left() {
    BulkAction run = new BulkAction(items(BulkAction.AT_ONCE + 5));
    run.step(this::act);
    assertThat(run.getDone()).isEqualTo(BulkAction.AT_ONCE);
    assertThat(run.getLeft()).isEqualTo(5);
    assertThat(run.isGoing()).isTrue();
    run.step(this::act);
    run.step(this::act);
    assertThat(run.isGoing()).isFalse();
    assertThat(run.getSettled()).isEqualTo(run.getTotal());
    assertThat(acted).hasSize(BulkAction.AT_ONCE + 5).doesNotHaveDuplicates();
  }

  @Test
  void what_is_settled_is_not_acted_on_and_what_fails_is_named_and_the_rest_goes_on() {
    BulkAction run =
        new BulkAction(List.of(item(0, "It was revoked before."), item(1, null), item(2, null)));
    run.step(item -> item.id().equals("1") ? "It is gone." : act(item));
    assertThat(acted).containsExactly("2");
    assertThat(run.getDone()).isEqualTo(1);
    assertThat(run.getMissed())
        .extracting(miss -> miss.item().id() + " " + miss.why())
        .containsExactly("0 It was revoked before.", "1 It is gone.");
  }

  @Test
  void who_stops_it_leaves_the_rest_until_somebody_goes_on() {
    BulkAction run = new BulkAction(items(BulkAction.AT_ONCE * 2));
    run.step(this::act);
    run.stop();
    run.step(this::act);
    assertThat(acted).hasSize(BulkAction.AT_ONCE);
    assertThat(run.isGoing()).isFalse();
    run.resume();
    run.step(this::act);
    assertThat(run.getDone()).isEqualTo(BulkAction.AT_ONCE * 2);
  }

  @Test
  void a_defect_leaves_its_thing_waiting() {
    BulkAction run = new BulkAction(items(2));
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                run.step(
                    item -> {
                      if (item.id().equals("1")) {
                        throw new IllegalStateException("no database");
                      }
                      return act(item);
                    }));
    assertThat(run.getDone()).isEqualTo(1);
    assertThat(run.getLeft()).isEqualTo(1);
    assertThat(run.getMissed()).isEmpty();
  }

  @Test
  void no_more_is_selected_than_there_is_room_for() {
    SelectedItems selectedItems = new SelectedItems();
    assertThat(selectedItems.add(List.of("a", "b", "a"))).isTrue();
    assertThat(selectedItems.count()).isEqualTo(2);
    List<String> many = IntStream.range(0, SelectedItems.MOST).mapToObj(Integer::toString).toList();
    assertThat(selectedItems.add(many)).isFalse();
    assertThat(selectedItems.count()).isEqualTo(SelectedItems.MOST);
    assertThat(selectedItems.has("a")).isTrue();
    assertThat(selectedItems.has(Integer.toString(SelectedItems.MOST - 1))).isFalse();
    selectedItems.remove(List.of("a"));
    assertThat(selectedItems.all()).hasSize(SelectedItems.MOST - 1).startsWith("b");
    selectedItems.clear();
    assertThat(selectedItems.count()).isZero();
  }
}
