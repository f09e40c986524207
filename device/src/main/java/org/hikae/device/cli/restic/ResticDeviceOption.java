package org.hikae.device.cli.restic;

import org.hikae.device.cli.command.RawArguments;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which of several restic repositories is meant. */
final class ResticDeviceOption {

  @Option(
      names = "--of",
      order = 60,
      paramLabel = "DEVICE",
      description =
          "The repository of this device of yours: its name, or the first four or more characters of"
              + " its identifier or of the repository's. Without it that of this device, or the"
              + " only one.")
  private @Nullable String device;

  @Nullable String device() {
    return device == null ? null : RawArguments.text(device);
  }
}
