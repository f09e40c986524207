package org.hikae.device.cli.snapshots;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which snapshot a command reads. */
public final class SnapshotOptions {

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "SNAPSHOT",
      defaultValue = "latest",
      description = "Identifier of the snapshot or its beginning, or latest (the default).")
  private String snapshot = "latest";

  @Option(
      names = "--device",
      paramLabel = "ID",
      description = "With latest: of the device whose identifier begins so.")
  private @Nullable String device;

  /** What was typed: an identifier, its beginning, or {@code latest}. */
  public String snapshot() {
    return snapshot;
  }

  /** The beginning of a device's identifier; null for any device. */
  public @Nullable String device() {
    return device;
  }
}
