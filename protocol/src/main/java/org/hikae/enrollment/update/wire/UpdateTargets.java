package org.hikae.enrollment.update.wire;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;

/**
 * Which packages may be installed (HK1-U-04).
 *
 * @param version one more than that of the list before
 * @param expires from when on none of them may be
 * @param packages each file once
 */
public record UpdateTargets(int version, Instant expires, List<UpdateTarget> packages)
    implements UpdateMetadata {

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException when there is no package, one file stands there twice, or
   *     there are more than a text has room for
   */
  public UpdateTargets {
    packages = List.copyOf(packages);
    long files = packages.stream().map(UpdateTarget::fileName).distinct().count();
    if (packages.isEmpty() || files != packages.size()) {
      throw new IllegalArgumentException("a list has packages, each once");
    }
    var _ = UpdateHead.requireText(text(version, expires, packages));
  }

  @Override
  public UpdateMetadataKind kind() {
    return UpdateMetadataKind.TARGETS;
  }

  /** The newest package of this kind for these processors, if there is one. */
  public Optional<UpdateTarget> newest(UpdateTargetKind packed, String architecture) {
    return packages.stream()
        .filter(one -> one.kind() == packed && one.architecture().equals(architecture))
        .max(Comparator.comparing(UpdateTarget::version, DebianVersionComparator.OLDEST_FIRST));
  }

  @Override
  public String text() {
    return text(version, expires, packages);
  }

  /** By which a timestamp names it. */
  public Hash256 sha256() {
    return Hash256.sha256(text().getBytes(StandardCharsets.US_ASCII));
  }

  private static String text(int version, Instant expires, List<UpdateTarget> packages) {
    return packages.stream()
        .map(one -> one.text() + "\n")
        .collect(
            Collectors.joining(
                "", new UpdateHead(UpdateMetadataKind.TARGETS, version, expires).text(), ""));
  }

  /**
   * Reads a text.
   *
   * @throws MalformedException when it has another form than {@link #text()} writes
   */
  public static UpdateTargets parse(String text) throws MalformedException {
    UpdateHead head = UpdateHead.parse(UpdateMetadataKind.TARGETS, text);
    List<UpdateTarget> packages = new ArrayList<>();
    for (String line : UpdateHead.body(text)) {
      packages.add(UpdateTarget.parse(line));
    }
    try {
      return new UpdateTargets(head.version(), head.expires(), packages);
    } catch (IllegalArgumentException e) {
      throw new MalformedException("A list has packages, each once.");
    }
  }
}
