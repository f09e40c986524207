package org.hikae.device.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.hikae.backup.wire.ReleaseCause;
import org.hikae.backup.wire.ReleaseState;
import org.hikae.backup.wire.ReleaseStatus;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.history.SeriesHistory.Doubt;
import org.hikae.device.history.SeriesHistory.Finding;
import org.hikae.device.state.SeenSeriesHead;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.SnapshotStub;
import org.hikae.hk1.TextCodec;
import org.junit.jupiter.api.Test;

class SnapshotHistoryTest {

  private static final byte[] SET = {9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9};
  private static final byte[] DEVICE = {7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7};
  private static final String ID = TextCodec.hex(DEVICE);

  /** As many snapshots, each following the one before. */
  private static List<SnapshotView> series(int count) {
    List<SnapshotView> all = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      all.add(after(all.isEmpty() ? null : all.getLast(), i));
    }
    return all;
  }

  private static SnapshotView after(SnapshotView before, int content) {
    Hash256 previous = before == null ? Hash256.ZERO : hash(before);
    long sequence = before == null ? 1 : before.sequence() + 1;
    Hash256 root = Hash256.sha256(new byte[] {(byte) content});
    return view(new SnapshotStub(SET, DEVICE, 1, sequence, previous, root, root), null);
  }

  private static Hash256 hash(SnapshotView view) {
    try {
      return Hash256.parse(view.stubHash());
    } catch (org.hikae.hk1.MalformedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SnapshotView view(SnapshotStub stub, ReleaseStatus releaseStatus) {
    String hash = stub.hash().hex();
    return new SnapshotView(
        hash.substring(0, 32),
        TextCodec.hex(stub.setId()),
        TextCodec.hex(stub.deviceId()),
        stub.generation(),
        stub.sequence(),
        stub.previous().hex(),
        stub.root().hex(),
        stub.listHash().hex(),
        hash,
        Instant.parse("2031-01-01T00:00:00Z"),
        0,
        0,
        0,
        0,
        releaseStatus);
  }

  private static SnapshotView removed(SnapshotView view) {
    Instant at = Instant.parse("2026-01-01T00:00:00Z");
    return new SnapshotView(
        view.snapshotId(),
        view.setId(),
        view.deviceId(),
        view.generation(),
        view.sequence(),
        view.previous(),
        view.root(),
        view.listHash(),
        view.stubHash(),
        view.committedAt(),
        0,
        0,
        0,
        0,
        new ReleaseStatus(ReleaseState.REMOVED, ReleaseCause.RETENTION, at, null, null, at));
  }

  private static org.hikae.vault.wire.SeriesHead witnessed(SnapshotView view) {
    return new org.hikae.vault.wire.SeriesHead(DEVICE, view.sequence(), hash(view), 1_700_000_000);
  }

  private static SeenSeriesHead seen(SnapshotView view) {
    return new SeenSeriesHead(view.sequence(), view.stubHash(), null);
  }

  private static SeriesHistory timeline(
      List<SnapshotView> shown, SnapshotView seen, SnapshotView witnessed) {
    return SeriesHistory.of(
        ID,
        shown,
        seen == null ? null : seen(seen),
        witnessed == null ? null : witnessed(witnessed));
  }

  private static List<Doubt> doubts(SeriesHistory seriesHistory) {
    return seriesHistory.findings().stream().map(SeriesHistory.Finding::doubt).toList();
  }

  @Test
  void the_order_of_the_list_says_nothing() {
    List<SnapshotView> five = series(5);
    for (int seed = 0; seed < 10; seed++) {
      List<SnapshotView> shuffled = new ArrayList<>(five);
      Collections.shuffle(shuffled, new Random(seed));
      SeriesHistory seriesHistory = timeline(shuffled, null, five.get(2));
      assertThat(seriesHistory.newest()).contains(five.get(4));
      assertThat(seriesHistory.findings()).isEmpty();
      assertThat(seriesHistory.shown()).isEqualTo(five.reversed());
    }
  }

  @Test
  void what_the_vault_has_witnessed_is_missed_although_more_or_others_are_shown() {
    List<SnapshotView> five = series(5);
    SeriesHistory older = timeline(five.subList(0, 3), null, five.get(4));
    assertThat(older.findings()).containsExactly(new Finding(Doubt.OLDER_THAN_WITNESSED, 5));
    assertThat(older.newest()).contains(five.get(2));
    assertThat(doubts(timeline(List.of(), null, five.get(4))))
        .containsExactly(Doubt.OLDER_THAN_WITNESSED);

    SnapshotView other = after(five.get(3), 77);
    List<SnapshotView> swapped = new ArrayList<>(five.subList(0, 4));
    swapped.add(other);
    swapped.add(after(other, 78));
    assertThat(doubts(timeline(swapped, null, five.get(4)))).containsExactly(Doubt.NOT_WITNESSED);
    // Both under one number: the right one does not make up for the other.
    swapped.add(five.get(4));
    assertThat(doubts(timeline(swapped, null, five.get(4)))).containsExactly(Doubt.NOT_WITNESSED);
  }

  @Test
  void what_speaks_against_the_newest_hides_nothing_else() {
    List<SnapshotView> seven = series(7);
    List<SnapshotView> shown = new ArrayList<>(seven.subList(0, 4));
    shown.add(removed(seven.get(6)));
    assertThat(timeline(shown, seven.get(6), seven.get(4)).findings())
        .containsExactly(
            new Finding(Doubt.OLDER_THAN_WITNESSED, 5), new Finding(Doubt.NEWEST_REMOVED, 7));

    List<SnapshotView> forked = new ArrayList<>(seven.subList(0, 5));
    forked.add(after(seven.get(3), 50));
    SeriesHistory both = timeline(forked, null, seven.get(6));
    assertThat(both.findings())
        .containsExactly(
            new Finding(Doubt.NEWEST_FORKED, 5), new Finding(Doubt.OLDER_THAN_WITNESSED, 7));
    assertThat(both.isContested()).isTrue();
    assertThat(doubts(both.unreadable()))
        .containsExactly(Doubt.NEWEST_FORKED, Doubt.OLDER_THAN_WITNESSED, Doubt.NEWEST_UNREADABLE);
  }

  @Test
  void what_does_not_follow_stub_by_stub_is_never_the_newest() {
    List<SnapshotView> five = series(5);
    SnapshotView stranger = after(after(five.get(0), 50), 51);
    List<SnapshotView> shown = new ArrayList<>(five.subList(0, 2));
    shown.add(stranger);
    SeriesHistory witnessed = timeline(shown, null, five.get(1));
    assertThat(witnessed.newest()).contains(five.get(1));
    SeriesHistory seen = timeline(List.of(five.get(0), stranger), five.get(1), null);
    assertThat(seen.newest()).contains(five.get(0));
    // The witnessed one itself is withheld, what follows from it is shown.
    SeriesHistory gap = timeline(List.of(five.get(0), five.get(2)), null, five.get(1));
    assertThat(gap.newest()).contains(five.get(2));
    assertThat(gap.findings()).isEmpty();
  }

  @Test
  void the_higher_of_memory_and_vault_counts() {
    List<SnapshotView> five = series(5);
    List<SnapshotView> three = five.subList(0, 3);
    assertThat(timeline(three, five.get(4), five.get(1)).newest()).contains(five.get(2));
    assertThat(timeline(five, five.get(0), five.get(4)).newest()).contains(five.get(4));
    assertThat(timeline(five, null, null).newest()).contains(five.get(4));
  }

  @Test
  void a_removed_newest_one_is_a_doubt_until_a_person_says_that_it_may_be_gone() {
    List<SnapshotView> three = series(3);
    List<SnapshotView> shown = List.of(three.get(0), three.get(1), removed(three.get(2)));
    SeriesHistory seriesHistory = timeline(shown, null, three.get(2));
    assertThat(doubts(seriesHistory)).containsExactly(Doubt.NEWEST_REMOVED);
    assertThat(seriesHistory.newest()).contains(three.get(1));
    assertThat(doubts(timeline(shown, null, null))).containsExactly(Doubt.NEWEST_REMOVED);

    SeenSeriesHead gone = new SeenSeriesHead(3, three.get(2).stubHash(), null).gone();
    assertThat(SeriesHistory.of(ID, shown, gone, witnessed(three.get(2))).findings()).isEmpty();
    SeenSeriesHead earlier = new SeenSeriesHead(2, three.get(1).stubHash(), null).gone();
    assertThat(doubts(SeriesHistory.of(ID, shown, earlier, null)))
        .containsExactly(Doubt.NEWEST_REMOVED);
    assertThat(
            timeline(List.of(removed(three.get(0)), three.get(1), three.get(2)), null, null)
                .findings())
        .isEmpty();
  }

  @Test
  void a_stub_that_does_not_follow_from_its_fields_counts_as_not_shown() {
    SnapshotView one = series(1).getFirst();
    SnapshotView forged =
        new SnapshotView(
            one.snapshotId(),
            one.setId(),
            one.deviceId(),
            one.generation(),
            9,
            one.previous(),
            one.root(),
            one.listHash(),
            one.stubHash(),
            one.committedAt(),
            0,
            0,
            0,
            0,
            null);
    SnapshotHistory.TrustedSeries trustedSeries =
        new SnapshotHistory.TrustedSeries(TextCodec.hex(SET), Map.of(), Optional.empty(), Set.of());
    SnapshotHistory history = SnapshotHistory.of(List.of(forged, one), trustedSeries);
    assertThat(history.all()).containsExactly(one);
    assertThat(history.malformed()).containsExactly(forged);
  }

  /**
   * HK1-D-05: what no device can have made, and an identifier that is only the beginning of one.
   */
  @Test
  void what_no_device_can_have_made_counts_as_not_shown() throws Exception {
    SnapshotHistory.TrustedSeries trustedSeries =
        new SnapshotHistory.TrustedSeries(TextCodec.hex(SET), Map.of(), Optional.empty(), Set.of());
    Hash256 root = Hash256.sha256(new byte[1]);
    long end = 1L << 53;
    SnapshotView last = view(new SnapshotStub(SET, DEVICE, 1, end - 1, root, root, root), null);
    SnapshotView above = view(new SnapshotStub(SET, DEVICE, 1, end, root, root, root), null);
    SnapshotView cut = named(last, last.snapshotId().substring(0, 8));
    SnapshotView great = of(1L << 32, last);
    SnapshotHistory history = SnapshotHistory.of(List.of(above, great, last, cut), trustedSeries);
    assertThat(history.all()).containsExactly(last);
    assertThat(history.malformed()).containsExactly(above, great, cut);
  }

  /** HK1-D-05: it is put aside before two entries of one are taken together. */
  @Test
  void what_does_not_compute_takes_nothing_away_from_what_does() throws Exception {
    SnapshotHistory.TrustedSeries trustedSeries =
        new SnapshotHistory.TrustedSeries(TextCodec.hex(SET), Map.of(), Optional.empty(), Set.of());
    SnapshotView one = series(1).getFirst();
    SnapshotView other = named(removed(one), "00".repeat(16));
    assertThat(SnapshotHistory.of(List.of(other, one), trustedSeries).all()).containsExactly(one);
  }

  private static SnapshotView named(SnapshotView view, String snapshotId) {
    return of(snapshotId, view.generation(), view);
  }

  /** Under a generation that no stub can have, so that there is no hash to show either. */
  private static SnapshotView of(long generation, SnapshotView view) {
    return of(view.snapshotId(), generation, view);
  }

  private static SnapshotView of(String snapshotId, long generation, SnapshotView view) {
    return new SnapshotView(
        snapshotId,
        view.setId(),
        view.deviceId(),
        generation,
        view.sequence(),
        view.previous(),
        view.root(),
        view.listHash(),
        view.stubHash(),
        view.committedAt(),
        0,
        0,
        0,
        0,
        view.fate());
  }

  /** HK1-D-06: whoever lists which first decides nothing. */
  @Test
  void of_two_ends_the_one_counts_that_is_not_removed() {
    List<SnapshotView> four = series(4);
    SnapshotView kept = after(four.getLast(), 50);
    SnapshotView gone = removed(after(four.getLast(), 51));
    for (List<SnapshotView> ends : List.of(List.of(kept, gone), List.of(gone, kept))) {
      List<SnapshotView> shown = new ArrayList<>(four);
      shown.addAll(ends);
      assertThat(doubts(timeline(shown, null, null))).containsExactly(Doubt.NEWEST_FORKED);
      assertThat(doubts(timeline(shown, null, four.getLast())))
          .containsExactly(Doubt.NEWEST_FORKED);
    }
    List<SnapshotView> both = new ArrayList<>(four);
    both.add(removed(kept));
    both.add(gone);
    assertThat(doubts(timeline(both, null, null)))
        .containsExactly(Doubt.NEWEST_FORKED, Doubt.NEWEST_REMOVED);
  }

  @Test
  void a_series_that_only_the_vault_knows_is_in_doubt() throws Exception {
    SnapshotView one = series(1).getFirst();
    SnapshotHistory.TrustedSeries trustedSeries =
        new SnapshotHistory.TrustedSeries(
            TextCodec.hex(SET), Map.of(), Optional.of(Map.of(ID, witnessed(one))), Set.of());
    assertThat(SnapshotHistory.of(List.of(), trustedSeries).doubtful())
        .flatExtracting(SnapshotHistoryTest::doubts)
        .containsExactly(Doubt.OLDER_THAN_WITNESSED);
    assertThat(SnapshotHistory.of(List.of(one), trustedSeries).doubtful()).isEmpty();
    assertThat(SnapshotHistory.of(List.of(one, one), trustedSeries).all()).hasSize(1);
  }

  @Test
  void what_is_listed_as_removed_and_not_is_removed_whichever_comes_first() throws Exception {
    SnapshotView one = series(1).getFirst();
    SnapshotHistory.TrustedSeries trustedSeries =
        new SnapshotHistory.TrustedSeries(TextCodec.hex(SET), Map.of(), Optional.empty(), Set.of());
    for (List<SnapshotView> shown :
        List.of(List.of(one, removed(one)), List.of(removed(one), one))) {
      assertThat(SnapshotHistory.of(shown, trustedSeries).all()).containsExactly(removed(one));
    }
  }
}
