package org.hikae.device.vaultclient;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.group.DhKeyPair;
import org.hikae.crypto.group.P256Group;
import org.hikae.crypto.group.Scalar;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.TextCodec;
import org.hikae.vault.wire.RecordState;
import org.hikae.vault.wire.SeriesHead;

/**
 * What a vault has of a password that is in use, with all that it takes to answer its logins.
 *
 * @param akeKey the vault's secret for all records
 * @param setId the set, hexadecimal
 * @param credId the record, hexadecimal
 * @param factor the record's secret
 * @param upload what the device registered
 * @param wrap the password wrap
 * @param ownerKey the set's
 * @param witnessed newest snapshot of each series
 */
public record PresetVaultRecord(
    byte[] akeKey,
    String setId,
    String credId,
    byte[] factor,
    byte[] upload,
    byte[] wrap,
    byte[] ownerKey,
    List<WitnessedHead> witnessed) {

  /**
   * A head.
   *
   * @param deviceId whose series, hexadecimal
   * @param seq its number
   * @param hash of the stub, hexadecimal
   * @param atSeconds when it was witnessed, seconds since 1970
   */
  public record WitnessedHead(String deviceId, long seq, String hash, long atSeconds) {}

  DhKeyPair akeKeyPair(P256Group group) throws CryptoException {
    return new DhKeyPair(group, Scalar.decode(akeKey));
  }

  FakeVaultRecord inUse() throws CryptoException, MalformedException {
    FakeVaultRecord made =
        new FakeVaultRecord(
            TextCodec.parseId("setId", setId), Hash256.parse(credId), Scalar.decode(factor));
    made.upload = upload;
    made.wrap = wrap;
    made.state = RecordState.ACTIVE;
    return made;
  }

  Map<String, SeriesHead> heads() throws MalformedException {
    Map<String, SeriesHead> heads = new HashMap<>();
    for (WitnessedHead each : witnessed) {
      byte[] device = TextCodec.parseId("deviceId", each.deviceId());
      heads.put(
          each.deviceId(),
          new SeriesHead(device, each.seq(), Hash256.parse(each.hash()), each.atSeconds()));
    }
    return heads;
  }
}
