package org.hikae.admin.claim;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.hikae.admin.dossier.ClaimCheck;
import org.hikae.admin.dossier.ClaimFact;
import org.hikae.admin.dossier.ClaimFactKind;
import org.hikae.admin.dossier.ClaimResult;
import org.hikae.admin.dossier.DossierClaim;

/**
 * Devices have restored a sample lately, by the newest figures that the portal has counted. Sums
 * only: nobody is named.
 */
public final class RecoveryDrillCheck implements ClaimCheck {

  /** Figures are counted every hour; a day that ends meanwhile is no fault. */
  private static final int MOST_DAYS = 2;

  private static final String NEWEST =
      "select noted_on, people, drilled, practised, proven from recovery_day"
          + " order by noted_on desc limit 1";

  private final ConnectionFactory connections;
  private final Clock clock;

  /** Reads the figures of a database. */
  public RecoveryDrillCheck(ConnectionFactory connections, Clock clock) {
    this.connections = connections;
    this.clock = clock;
  }

  @Override
  public DossierClaim claim() {
    return DossierClaim.RECOVERY_DRILLS;
  }

  @Override
  public ClaimResult execute() throws IOException {
    try (Connection connection = connections.open();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(NEWEST)) {
      if (!row.next() || row.getLong(2) == 0) {
        return ClaimResult.notRun(claim(), ClaimFactKind.RECOVERY_NOBODY);
      }
      LocalDate day = row.getObject(1, LocalDate.class);
      List<ClaimFact> faults = new ArrayList<>();
      LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
      if (day.isBefore(today.minusDays(MOST_DAYS))) {
        faults.add(ClaimFact.of(ClaimFactKind.RECOVERY_OLD, day));
      }
      if (row.getLong(3) == 0) {
        faults.add(ClaimFact.of(ClaimFactKind.RECOVERY_NO_DRILL, row.getLong(2)));
      }
      return ClaimResult.of(
          claim(),
          faults,
          List.of(
              ClaimFact.of(
                  ClaimFactKind.RECOVERY_FIGURES,
                  day,
                  row.getLong(2),
                  row.getLong(3),
                  row.getLong(4),
                  row.getLong(5))));
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }
}
