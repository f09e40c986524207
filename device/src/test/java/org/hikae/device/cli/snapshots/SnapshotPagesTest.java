package org.hikae.device.cli.snapshots;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotPage;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.portal.PortalRefusalException;
import org.hikae.device.store.BackupStore;
import org.hikae.device.store.BackupStoreException;
import org.hikae.device.store.WithheldObjectException;
import org.hikae.problem.wire.Problem;
import org.hikae.problem.wire.ProblemCode;
import org.junit.jupiter.api.Test;

/** HK1-R-12: the pages of the list end, whatever the portal says. */
class SnapshotPagesTest {

  /** More than an agent may ask for in vain. */
  private static final int ENOUGH = 10;

  private final List<String> asked = new ArrayList<>();
  private int enough = ENOUGH;

  /** A portal on which each page names the one after it. */
  private BackupStore portal(List<SnapshotView> page, UnaryOperator<String> next) {
    return (BackupStore)
        Proxy.newProxyInstance(
            SnapshotPagesTest.class.getClassLoader(),
            new Class<?>[] {BackupStore.class},
            (proxy, method, arguments) -> {
              String after = (String) arguments[1];
              asked.add(after);
              assertThat(asked).as("still asking").hasSizeLessThanOrEqualTo(enough);
              return new SnapshotPage(page, next.apply(after));
            });
  }

  private static SnapshotView view() {
    String hash = "00".repeat(32);
    return new SnapshotView(
        "00".repeat(16), "", "", 1, 1, hash, hash, hash, hash, Instant.EPOCH, 0, 0, 0, 0, null);
  }

  /** HK1-D-04: one word of where the list goes on keeps nothing away that was shown before it. */
  private static void assertEnds(BackupStore portal, int shown) throws Exception {
    SnapshotList list = SnapshotList.read(portal);
    assertThat(list.shown()).hasSize(shown);
    assertThat(list.withheld()).contains("?");
    assertThat(list.isWhole()).isFalse();
  }

  @Test
  void pages_are_read_to_the_last() throws Exception {
    BackupStore portal = portal(List.of(view()), after -> after == null ? "b" : null);
    SnapshotList list = SnapshotList.read(portal);
    assertThat(list.shown()).hasSize(2);
    assertThat(list.isWhole()).isTrue();
    assertThat(asked).containsExactly(null, "b");
  }

  @Test
  void a_page_that_leads_to_itself_ends_it() throws Exception {
    assertEnds(portal(List.of(view()), after -> "a"), 2);
  }

  @Test
  void pages_in_a_circle_end_it() throws Exception {
    assertEnds(portal(List.of(view()), after -> "a".equals(after) ? "b" : "a"), 3);
  }

  @Test
  void small_pages_that_all_lead_on_end_it() throws Exception {
    enough = SnapshotList.MAX_PAGES;
    assertEnds(portal(List.of(view()), after -> Integer.toString(asked.size())), enough);
    assertThat(asked).hasSize(enough);
  }

  @Test
  void a_list_whose_next_page_is_gone_is_begun_anew() throws Exception {
    assertThat(SnapshotList.read(erasing(2)).shown()).hasSize(2);
    assertThat(asked).containsExactly(null, "b", null, "b", null, "b");
  }

  @Test
  void a_portal_that_erases_for_ever_withholds_that_page() throws Exception {
    SnapshotList list = SnapshotList.read(erasing(ENOUGH));
    assertThat(list.shown()).as("of the last beginning").hasSize(1);
    assertThat(list.withheld()).contains("404");
    assertThat(asked).hasSize(6);
  }

  /** A portal that knows nothing of {@code after} for some times. */
  private BackupStore erasing(int times) {
    BackupStore portal = portal(List.of(view()), after -> after == null ? "b" : null);
    PortalRefusalException refusal =
        PortalRefusalException.of(
            404,
            new Problem(
                "",
                "",
                404,
                "",
                ProblemCode.NOT_FOUND.code(),
                "",
                null,
                null,
                null,
                null,
                null,
                null));
    AtomicInteger left = new AtomicInteger(times);
    return (BackupStore)
        Proxy.newProxyInstance(
            SnapshotPagesTest.class.getClassLoader(),
            new Class<?>[] {BackupStore.class},
            (proxy, method, arguments) -> {
              Object page = portal.snapshots(null, (String) arguments[1], 1);
              if (arguments[1] != null && left.getAndDecrement() > 0) {
                throw new WithheldObjectException(
                    "404", new BackupStoreException(RunResult.REFUSED, "gone", refusal));
              }
              return page;
            });
  }

  @Test
  void empty_pages_that_all_lead_on_end_it() throws Exception {
    assertEnds(portal(List.of(), after -> after + "a"), 0);
  }
}
