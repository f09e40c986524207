package org.hikae.device.manifest;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.hikae.device.files.FileTime;
import org.hikae.device.manifest.ManifestRecord.FileEnd.State;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.sealing.PackEntry;
import org.hikae.hk1.Hash256;
import org.junit.jupiter.api.Test;

/** HK1-M-04: which record may follow which, each refusal by its sentence. */
class ManifestGrammarTest {

  private static final EntryMetadata META =
      new EntryMetadata(0, 0, 0, new FileTime(0, 0), new FileTime(0, 0), 0, List.of());
  private static final ManifestRecord TOP = enter("");
  private static final ManifestRecord LEAVE = new ManifestRecord.Leave();
  private static final ManifestRecord END = new ManifestRecord.End();

  @Test
  void what_came_before_the_file_changed_does_not_count() {
    accepted(TOP, file("a"), data(3), again(), data(2), hole(5), end(7), LEAVE, END);
    refusedAtItsEnd("parts do not add up", TOP, file("a"), data(3), again(), data(2), end(5));
  }

  @Test
  void each_file_is_counted_anew() {
    accepted(TOP, file("a"), data(3), end(3), file("b"), end(0), file("c"), hole(1), end(1));
    refusedAtItsEnd("parts do not add up", TOP, file("a"), end(1));
  }

  @Test
  void contents_stand_in_a_file() {
    refusedAtItsEnd("contents without a file", TOP, data(1));
    refusedAtItsEnd("contents without a file", TOP, hole(1));
    refusedAtItsEnd("contents without a file", TOP, again());
    refusedAtItsEnd("contents without a file", TOP, file("a"), end(0), data(1));
    refusedAtItsEnd("ends a file that was not begun", TOP, end(0));
  }

  @Test
  void a_file_is_at_most_as_long_as_numbers_are() {
    accepted(TOP, file("a"), hole(Long.MAX_VALUE - 5), data(5), end(Long.MAX_VALUE));
    refusedAtItsEnd("too long", TOP, file("a"), hole(Long.MAX_VALUE - 5), data(6));
    refusedAtItsEnd("empty hole", TOP, file("a"), hole(0));
  }

  @Test
  void entries_stand_in_a_directory_and_not_in_a_file() {
    for (ManifestRecord entry :
        List.of(
            file("b"),
            enter("b"),
            fifo("b"),
            new ManifestRecord.HardLink(bytes("b"), 1, 2),
            new ManifestRecord.Symlink(bytes("b"), META, bytes("to")))) {
      accepted(TOP, fifo("a"), entry);
      refusedAtItsEnd("an entry where none can be", TOP, file("a"), entry);
      refusedAtItsEnd("an entry where none can be", TOP, LEAVE, entry);
      refusedAtItsEnd("names out of order", TOP, fifo("b"), entry);
      refusedAtItsEnd("names out of order", TOP, fifo("c"), entry);
    }
  }

  @Test
  void names_are_in_order_in_each_directory_for_itself() {
    accepted(TOP, enter("a"), fifo("x"), LEAVE, enter("b"), fifo("a"), LEAVE, fifo("c"));
  }

  @Test
  void only_the_top_has_no_name() {
    refusedAtItsEnd("does not begin with the top", enter("a"));
    refusedAtItsEnd("a directory without a name", TOP, TOP);
  }

  @Test
  void directories_are_left_and_then_nothing_follows() {
    accepted(TOP, enter("a"), LEAVE, LEAVE, END);
    refusedAtItsEnd("leaves a directory that is not open", TOP, LEAVE, LEAVE);
    refusedAtItsEnd("leaves a directory that is not open", TOP, file("a"), LEAVE);
    refusedAtItsEnd("ends inside a directory", END);
    refusedAtItsEnd("ends inside a directory", TOP, END);
    refusedAtItsEnd("ends inside a directory", TOP, file("a"), END);
    refusedAtItsEnd("goes on after its end", TOP, LEAVE, END, LEAVE);
  }

  @Test
  void so_many_directories_are_open_at_most() {
    List<ManifestRecord> deepest = new ArrayList<>(List.of(TOP));
    while (deepest.size() < ManifestGrammar.MAX_DEPTH) {
      deepest.add(enter("d"));
    }
    accepted(deepest.toArray(ManifestRecord[]::new));
    deepest.add(enter("d"));
    refusedAtItsEnd("too deep", deepest.toArray(ManifestRecord[]::new));
  }

  private static void accepted(ManifestRecord... records) {
    assertThatCode(() -> acceptAll(records)).doesNotThrowAnyException();
  }

  private static void refusedAtItsEnd(String why, ManifestRecord... records) {
    List<ManifestRecord> all = List.of(records);
    accepted(all.subList(0, all.size() - 1).toArray(ManifestRecord[]::new));
    assertThatThrownBy(() -> acceptAll(records))
        .isInstanceOf(DamagedDataException.class)
        .hasMessageContaining(why);
  }

  private static void acceptAll(ManifestRecord... records) throws DamagedDataException {
    ManifestGrammar grammar = new ManifestGrammar();
    for (ManifestRecord record : records) {
      grammar.accept(record);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static ManifestRecord enter(String name) {
    return new ManifestRecord.Enter(bytes(name), META, false);
  }

  private static ManifestRecord file(String name) {
    return new ManifestRecord.FileStart(bytes(name), META, 9, 1, 5);
  }

  private static ManifestRecord fifo(String name) {
    return new ManifestRecord.Fifo(bytes(name), META);
  }

  private static ManifestRecord again() {
    return new ManifestRecord.Restart(META, 9);
  }

  private static ManifestRecord data(int length) {
    return new ManifestRecord.Data(
        List.of(new ChunkRef(0, new PackEntry(0, 72, 40), length, Hash256.ZERO)));
  }

  private static ManifestRecord hole(long length) {
    return new ManifestRecord.Hole(length);
  }

  private static ManifestRecord end(long length) {
    return new ManifestRecord.FileEnd(length, State.WHOLE);
  }
}
