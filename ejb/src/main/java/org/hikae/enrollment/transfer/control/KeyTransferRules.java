package org.hikae.enrollment.transfer.control;

import java.util.List;
import org.hikae.enrollment.transfer.wire.KeyTransferMessage;
import org.hikae.enrollment.transfer.wire.KeyTransferStep;
import org.jspecify.annotations.Nullable;

/**
 * The order of a transfer's messages (spec HK1-T-10). It keeps honest devices from each other's
 * way; what a transfer is safe by the devices check themselves.
 */
public final class KeyTransferRules {

  private KeyTransferRules() {}

  /**
   * Who says something.
   *
   * @param deviceId the calling device
   * @param newDevice the device that asks
   * @param oldDevice the device that answers, if one does
   */
  public record TransferParticipant(String deviceId, String newDevice, @Nullable String oldDevice) {

    /** Whether this message is for them to say. */
    boolean says(KeyTransferStep step) {
      boolean asks = deviceId.equals(newDevice);
      boolean answers = !asks && (oldDevice == null || oldDevice.equals(deviceId));
      return step.isOfNewDevice() ? asks : answers;
    }

    /** Whether they may hear what is said. */
    public boolean hears() {
      return oldDevice == null || deviceId.equals(newDevice) || deviceId.equals(oldDevice);
    }
  }

  /**
   * Whether a message comes next.
   *
   * @param said steps of the messages so far
   */
  public static boolean isNext(
      List<KeyTransferStep> said,
      TransferParticipant participant,
      int number,
      KeyTransferStep step) {
    KeyTransferStep before = said.isEmpty() ? null : said.getLast();
    long offers = said.stream().filter(KeyTransferStep.OFFER::equals).count();
    return participant.says(step)
        && number == said.size() + 1
        && step.follows(before)
        && (step != KeyTransferStep.OFFER || offers < KeyTransferMessage.TRIES);
  }
}
