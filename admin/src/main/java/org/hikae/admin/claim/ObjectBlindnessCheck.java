package org.hikae.admin.claim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.hikae.admin.dossier.ClaimCheck;
import org.hikae.admin.dossier.ClaimFact;
import org.hikae.admin.dossier.ClaimFactKind;
import org.hikae.admin.dossier.ClaimResult;
import org.hikae.admin.dossier.DossierClaim;
import org.hikae.admin.search.CanaryFile;
import org.hikae.admin.search.TableSearch;
import org.jspecify.annotations.Nullable;

/**
 * What the device with the canaries has stored has none of them, in the database or in files. That
 * all of it was read is seen by the number of bytes.
 */
public final class ObjectBlindnessCheck implements ClaimCheck {

  private final ConnectionFactory connections;
  private final CanaryFile canaries;
  private final @Nullable Path folder;

  /**
   * Searches stored objects.
   *
   * @param folder in which ciphertext lies; null when it lies in the database
   */
  public ObjectBlindnessCheck(
      ConnectionFactory connections, CanaryFile canaries, @Nullable Path folder) {
    this.connections = connections;
    this.canaries = canaries;
    this.folder = folder;
  }

  @Override
  public DossierClaim claim() {
    return DossierClaim.BLINDNESS_OBJECTS;
  }

  @Override
  public ClaimResult execute() throws IOException {
    String device = canaries.device();
    try (Connection connection = connections.open()) {
      TableSearch stored = new TableSearch(connection);
      if (stored.isInBucket(device)) {
        return ClaimResult.notRun(claim(), ClaimFactKind.IN_BUCKET);
      }
      BlindnessSearch search = new BlindnessSearch(canaries, List.of());
      stored.objects(device, BlindnessSearch.place(), search.search());
      Path files = folder;
      if (files != null) {
        for (Long repository : stored.repositoriesInFiles(device)) {
          Path objects = files.resolve("objects").resolve(Long.toString(repository));
          if (Files.isDirectory(objects)) {
            var _ = search.search().files(BlindnessSearch.place(), objects);
          }
        }
      }
      TableSearch.ObjectTotal total = stored.total(device);
      if (total.count() == 0) {
        return ClaimResult.notRun(claim(), ClaimFactKind.DEVICE_UNKNOWN, device);
      }
      long searched = search.search().searchedBytes();
      if (searched < total.bytes()) {
        return ClaimResult.notRun(
            claim(), ClaimFactKind.OBJECTS_UNREAD, total.bytes() - searched, total.bytes());
      }
      return search.result(
          claim(), List.of(ClaimFact.of(ClaimFactKind.OBJECTS_READ, total.count())));
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }
}
