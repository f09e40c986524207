package org.hikae.device.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hikae.device.files.RawPath;
import org.hikae.device.sealing.DamagedDataException;

/** Looks for a part of a name in the index of a series. */
public final class NameSearch {

  private NameSearch() {}

  /**
   * A version of what was found.
   *
   * @param first the first snapshot that has it
   * @param last the last one
   * @param snapshots how many have it
   * @param version type, size and time of change
   */
  public record FoundVersion(
      IndexedSnapshot first, IndexedSnapshot last, int snapshots, IndexedVersion version) {}

  /**
   * A path whose last name has the part.
   *
   * @param versions the newest first
   * @param deleted whether the newest snapshot of the index does not have it
   */
  public record FoundName(RawPath path, List<FoundVersion> versions, boolean deleted) {
    /** Copies the list. */
    public FoundName {
      versions = List.copyOf(versions);
    }
  }

  /**
   * What was found.
   *
   * @param names the first of them, in the order of paths
   * @param total how many there are
   */
  public record FoundNames(List<FoundName> names, int total) {
    /** Copies the list. */
    public FoundNames {
      names = List.copyOf(names);
    }
  }

  /**
   * Looks for a part; there is nothing without an index.
   *
   * @param part raw, without a slash
   * @param limit most names that are told
   * @throws DamagedDataException when the index is damaged, and has to be made anew
   */
  public static FoundNames find(SearchIndexUpdater.IndexPlace place, byte[] part, int limit)
      throws DamagedDataException, IOException {
    try (SearchIndexReader index = SearchIndexUpdater.open(place)) {
      return index == null || part.length == 0
          ? new FoundNames(List.of(), 0)
          : found(index, index.find(new NameQuery(part), limit));
    }
  }

  /**
   * Looks for what was at a path; there is nothing without an index.
   *
   * @throws DamagedDataException when the index is damaged, and has to be made anew
   */
  public static FoundNames at(SearchIndexUpdater.IndexPlace place, RawPath path)
      throws DamagedDataException, IOException {
    try (SearchIndexReader index = SearchIndexUpdater.open(place)) {
      if (index == null) {
        return new FoundNames(List.of(), 0);
      }
      List<IndexedName> names = index.at(path).stream().toList();
      return found(index, new SearchIndexReader.PartialResult(names, names.size()));
    }
  }

  private static FoundNames found(SearchIndexReader index, SearchIndexReader.PartialResult result)
      throws DamagedDataException {
    List<FoundName> found = new ArrayList<>();
    int newest = index.snapshots().size() - 1;
    for (IndexedName each : result.names()) {
      List<FoundVersion> versions = new ArrayList<>();
      for (IndexedVersion version : each.versions().reversed()) {
        if (version.last() > newest) {
          throw new DamagedDataException("The index of names is damaged.");
        }
        versions.add(
            new FoundVersion(
                index.snapshots().get(version.first()),
                index.snapshots().get(version.last()),
                version.last() - version.first() + 1,
                version));
      }
      found.add(new FoundName(each.path(), versions, each.versions().getLast().last() < newest));
    }
    return new FoundNames(found, result.total());
  }
}
