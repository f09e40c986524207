package org.hikae.device.transfer;

import org.hikae.crypto.cpace.CpaceInput;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Transcript;

/**
 * What both devices must mean alike, or they do not come to the same key (spec HK1-T-04): whose
 * backup, which set, which transfer.
 *
 * @param issuer the realm
 * @param subject the employee
 * @param setId the set, 16 bytes
 * @param transferId the transfer, 16 bytes that the new device has drawn
 */
record KeyTransferChannel(String issuer, String subject, byte[] setId, byte[] transferId) {

  /**
   * What goes into CPace.
   *
   * @param code closed by its owner, who keeps it for as long as the run takes
   * @param number which try, from 1
   */
  CpaceInput input(SecretBytes code, int number) {
    byte[] channel =
        Transcript.of("transfer channel").add(issuer).add(subject).add(setId).toBytes();
    byte[] session = Transcript.of("transfer session").add(transferId).addU8(number).toBytes();
    return new CpaceInput(code, Hash256.sha256(channel).toBytes(), session);
  }

  /** What is authenticated with K beside it: between whom, of which set, in which try. */
  byte[] sealedFor(int number, KeyTransferPeer newDevice, KeyTransferPeer oldDevice) {
    return Transcript.of("transfer key")
        .add(transferId)
        .addU8(number)
        .add(setId)
        .add(newDevice.deviceId())
        .add(oldDevice.deviceId())
        .toBytes();
  }
}
