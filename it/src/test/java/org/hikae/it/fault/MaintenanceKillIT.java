package org.hikae.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.hikae.it.maintenance.MaintenanceProbe;
import org.hikae.it.maintenance.ManyRepositories;
import org.hikae.it.maintenance.RepositoryRows;
import org.hikae.it.stack.Stack;
import org.hikae.it.stack.StackDatabase;
import org.hikae.testing.FullRunOnly;
import org.hikae.testing.TestEffort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A portal is killed in the middle of a night, while it collects: another goes on where it was,
 * nothing that a snapshot lists is lost, and what was doomed is gone with its bytes (HK1-H-04). It
 * is one beside the portal that devices use, on PostgreSQL. Time budget: 60 seconds beside the
 * system's start.
 */
@FullRunOnly
@Isolated // another's night would go through the same repositories
class MaintenanceKillIT {

  private static final Map<String, String> EVERY_SECOND = Map.of("HIKAE_NIGHTLY", "PT1S");
  private static final ManyRepositories.Size SIZE = new ManyRepositories.Size(60, 5, 40, 20);

  @Test
  void another_portal_goes_on_with_the_night_of_one_that_was_killed() throws Exception {
    Random random = new Random(TestEffort.seed());
    Stack stack = Stack.on(StackDatabase.Kind.POSTGRESQL);
    MaintenanceProbe.forgetWhoWorked(stack.db());
    Stack.SecondPortal portal = stack.portalBeside(EVERY_SECOND);
    try (MaintenanceProbe watch = new MaintenanceProbe(stack.db())) {
      for (int kill = 1; kill <= TestEffort.factor(); kill++) {
        int after = 1 + random.nextInt(SIZE.repositories() / 2);
        String told =
            String.format(
                Locale.ROOT,
                "night killed, seed %d, kill %d, after %d of %d repositories",
                TestEffort.seed(),
                kill,
                after,
                SIZE.repositories());
        ManyRepositories rows = ManyRepositories.make(stack.db(), "killed night " + kill, SIZE);
        try {
          portal = killed(stack, portal, watch, rows, after, told);
        } finally {
          rows.forget();
        }
      }
    } finally {
      portal.close();
    }
  }

  /** Kills the portal after so many repositories and gives the one that has gone on. */
  private static Stack.SecondPortal killed(
      Stack stack,
      Stack.SecondPortal portal,
      MaintenanceProbe watch,
      ManyRepositories rows,
      int after,
      String told)
      throws Exception {
    RepositoryRows repositoryRows = rows.findings();
    // What the first look finds doomed or stored may be on its way out already.
    int doomed = SIZE.repositories() * SIZE.step();
    watch.awaitDone(rows.ids().get(after - 1));
    portal.kill();
    MaintenanceProbe.Look look = watch.look();
    assertThat(look.underWay()).as("%s: %s", told, look).isTrue();
    assertThat(look.cursor()).as(told).isLessThan(rows.ids().getLast());
    int gone = SIZE.repositories() * SIZE.objects() - repositoryRows.stored().size();
    assertThat(gone).as(told).isBetween(1, doomed - 1);
    requireWhole(stack.db(), repositoryRows, told);

    watch.letTheLeasePass();
    Stack.SecondPortal next = stack.portalBeside(EVERY_SECOND);
    watch.awaitBegunAfter(look.startedAt());
    requireWhole(stack.db(), repositoryRows, told);
    Set<Long> stored = repositoryRows.stored();
    Set<Long> waiting = repositoryRows.doomed();
    assertThat(stored).as(told).hasSize(SIZE.repositories() * SIZE.objects() - doomed);
    assertThat(waiting).as(told).hasSize(doomed).isSubsetOf(stored);
    assertThat(waiting).as(told).doesNotContainAnyElementsOf(repositoryRows.listed());
    assertThat(repositoryRows.releases("REMOVED")).as(told).isEqualTo(SIZE.repositories());
    assertThat(repositoryRows.releases("HELD")).as(told).isEqualTo(SIZE.repositories());
    System.out.printf(
        Locale.ROOT,
        "%s: %d of %d doomed objects were gone, %d listed ones are there%n",
        told,
        gone,
        doomed,
        repositoryRows.listed().size());
    return next;
  }

  private static void requireWhole(
      StackDatabase database, RepositoryRows repositoryRows, String told)
      throws SQLException, IOException {
    for (String setId : repositoryRows.setIds()) {
      StoreIntegrity.require(database, setId, told);
    }
    assertThat(repositoryRows.stored()).as(told).containsAll(repositoryRows.listed());
    assertThat(repositoryRows.wrongFigures()).as(told).isZero();
  }
}
