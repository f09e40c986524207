package org.hikae.admin.sbom;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One part of what ships.
 *
 * @param name what it is called: that of its coordinates, or else of its file
 * @param coordinates where it comes from; null when that could not be found out
 * @param places where it lies, in order
 * @param hashes SHA-256 of its files; empty for what was packed into another one
 */
public record BomComponent(
    String name,
    @Nullable PackageCoordinates coordinates,
    List<String> places,
    Set<String> hashes) {

  /** Keeps copies. */
  public BomComponent {
    places = List.copyOf(places);
    hashes = Set.copyOf(hashes);
  }
}
