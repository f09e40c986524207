package org.hikae.device.cli.restore;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.hikae.backup.wire.LastScrubView;
import org.hikae.device.AgentException;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.DisplayFormat;
import org.hikae.device.portal.DevicePortalClient;
import org.hikae.device.portal.PortalRefusalException;
import org.hikae.device.verify.SampleCoverage;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

/**
 * Tells a sample and the server's scrubbing, each in words of its own: what was proved here, and
 * what only the portal says (spec HK1-D-17). The portal's word changes no result.
 */
final class ScrubClaimPrinter {

  private final CommandOutput output;
  private final @Nullable LastScrubView claim;
  private final String reason;

  private ScrubClaimPrinter(CommandOutput output, @Nullable LastScrubView claim, String reason) {
    this.output = output;
    this.claim = claim;
    this.reason = reason;
  }

  /** Asks the portal. What it does not say, or of before it could, keeps no sample away. */
  static ScrubClaimPrinter ask(CommandOutput output, DevicePortalClient portal) {
    try {
      return new ScrubClaimPrinter(output, portal.lastScrub(), "");
    } catch (PortalRefusalException e) {
      String reason =
          e.is(ProblemCode.NOT_FOUND)
              ? output.messages().get("verify.scrub.old-portal")
              : output.messages().get(e.key(), e.arguments());
      return new ScrubClaimPrinter(output, null, reason);
    } catch (AgentException e) {
      String reason = output.messages().get(e.key(), e.arguments());
      return new ScrubClaimPrinter(output, null, reason);
    }
  }

  /**
   * Adds both to the event of the run.
   *
   * @param sound whether nothing was found wrong, without which the sample shows no more than that
   */
  void put(Map<String, Object> fields, SampleCoverage sample, boolean sound) {
    fields.put("filePacks", sample.packs());
    fields.put("filePacksOpened", sample.opened());
    fields.put("onePercentPacks", sample.onePercent());
    fields.put("onePercentSeen", sound && sample.packs() > 0 ? percent(sample) : null);
    fields.put("scrubStartedAt", claim == null ? null : claim.startedAt());
    fields.put("scrubEndedAt", claim == null ? null : claim.endedAt());
    fields.put("scrubRotten", claim == null ? null : claim.rotten());
  }

  /** Says both. */
  void tell(SampleCoverage sample, boolean sound) {
    if (sound && sample.packs() > 0) {
      output.say(
          "verify.scrub.proved",
          sample.opened(),
          sample.packs(),
          sample.onePercent(),
          percent(sample));
    }
    if (claim == null) {
      output.note("verify.scrub.untold", reason);
      return;
    }
    Instant startedAt = claim.startedAt();
    Instant endedAt = claim.endedAt();
    if (startedAt == null || endedAt == null) {
      output.note("verify.scrub.never", claim.rotten());
      return;
    }
    output.say(
        "verify.scrub.claimed",
        DisplayFormat.time(startedAt, ZoneId.systemDefault()),
        DisplayFormat.time(endedAt, ZoneId.systemDefault()),
        claim.rotten());
  }

  /** Whole percents, rounded down so that no more is promised than is so. */
  private static long percent(SampleCoverage sample) {
    return (long) Math.floor(100 * sample.seen(sample.onePercent()));
  }
}
