package org.hikae.device.cli.run;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.http.BandwidthLimits;
import org.hikae.device.http.RateLimiter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How much of the line a run may use. */
public final class BandwidthOptions {

  /** How much may be sent. */
  public static final String LIMIT_UPLOAD = "--limit-upload";

  private static final Pattern RATE = Pattern.compile("([0-9]{1,7})([kKmM]?)");

  @Option(
      names = LIMIT_UPLOAD,
      order = 70,
      paramLabel = "RATE",
      description =
          "Send at most so much a second: in KiB, or with M in MiB. At least 32. All connections"
              + " together.")
  private @Nullable String upload;

  @Option(
      names = "--limit-download",
      order = 71,
      paramLabel = "RATE",
      description = "Receive at most so much a second, in the same units.")
  private @Nullable String download;

  public BandwidthLimits bandwidth(AgentEnvironment here) throws AgentException {
    return new BandwidthLimits(limit(here, upload), limit(here, download));
  }

  /** The same where the company's policy, which is not known yet, may allow less. */
  public BandwidthLimits adjustable(AgentEnvironment here) throws AgentException {
    RateLimiter limit =
        upload == null
            ? new RateLimiter(Long.MAX_VALUE, System::nanoTime, here.pause())
            : limit(here, upload);
    return new BandwidthLimits(limit, limit(here, download));
  }

  /** What may be sent, in KiB a second; absent where it was not said. */
  public @Nullable Long uploadKib() throws AgentException {
    return upload == null ? null : bytesPerSecond(upload) / 1024;
  }

  private static RateLimiter limit(AgentEnvironment here, @Nullable String rate)
      throws AgentException {
    return rate == null
        ? RateLimiter.NONE
        : new RateLimiter(bytesPerSecond(rate), System::nanoTime, here.pause());
  }

  /** {@code 500}, {@code 500K} and {@code 2M}, as bytes. */
  static long bytesPerSecond(String rate) throws AgentException {
    Matcher parts = RATE.matcher(rate);
    if (parts.matches()) {
      boolean mega = parts.group(2).toLowerCase(Locale.ROOT).equals("m");
      long bytes = Long.parseLong(parts.group(1)) * (mega ? 1024 * 1024 : 1024);
      if (bytes >= RateLimiter.MIN_BYTES_PER_SECOND) {
        return bytes;
      }
    }
    throw new AgentException(
        RunResult.REFUSED, "limit.malformed", rate, RateLimiter.MIN_BYTES_PER_SECOND / 1024);
  }
}
