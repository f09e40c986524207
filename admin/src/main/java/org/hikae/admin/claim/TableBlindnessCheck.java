package org.hikae.admin.claim;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.hikae.admin.dossier.ClaimCheck;
import org.hikae.admin.dossier.ClaimResult;
import org.hikae.admin.dossier.DossierClaim;
import org.hikae.admin.search.CanaryFile;
import org.hikae.admin.search.TableSearch;

/** No row of the portal's database has a secret, while the device's name is found there. */
public final class TableBlindnessCheck implements ClaimCheck {

  private final ConnectionFactory connections;
  private final CanaryFile canaries;

  /** Searches the database of a login that may read every table. */
  public TableBlindnessCheck(ConnectionFactory connections, CanaryFile canaries) {
    this.connections = connections;
    this.canaries = canaries;
  }

  @Override
  public DossierClaim claim() {
    return DossierClaim.BLINDNESS_TABLES;
  }

  @Override
  public ClaimResult execute() throws IOException {
    BlindnessSearch search = new BlindnessSearch(canaries, BlindnessSearch.known(canaries));
    try (Connection connection = connections.open()) {
      var _ = new TableSearch(connection).tables(BlindnessSearch.place(), search.search());
    } catch (SQLException e) {
      throw new IOException(e);
    }
    return search.result(claim(), List.of());
  }
}
