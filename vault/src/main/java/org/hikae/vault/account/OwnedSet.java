package org.hikae.vault.account;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.Transcript;
import org.hikae.hk1.TranscriptReader;
import org.hikae.vault.wire.SeriesHead;

/**
 * A backup set that the vault knows, with or without a password: its owner key and the newest
 * witnessed snapshot of each device.
 *
 * @param setId the set
 * @param ownerKey SubjectPublicKeyInfo of the key that may speak for it
 * @param series one entry a device
 * @param trust what the set has earned by itself
 */
public record OwnedSet(Id128 setId, byte[] ownerKey, List<WitnessedSeries> series, SetTrust trust) {

  /**
   * The newest witnessed snapshot of one device.
   *
   * @param deviceId the device
   * @param seq the snapshot's number
   * @param snapshotHash its hash
   * @param row the ledger row that says so
   * @param atMillis when
   */
  public record WitnessedSeries(
      Id128 deviceId, long seq, Hash256 snapshotHash, long row, long atMillis) {
    SeriesHead head() {
      return new SeriesHead(deviceId.toBytes(), seq, snapshotHash, atMillis / 1000);
    }
  }

  /** Copies. */
  public OwnedSet {
    ownerKey = ownerKey.clone();
    series = List.copyOf(series);
  }

  /** One that has earned nothing yet. */
  public OwnedSet(Id128 setId, byte[] ownerKey, List<WitnessedSeries> series) {
    this(setId, ownerKey, series, SetTrust.NONE);
  }

  @Override
  public byte[] ownerKey() {
    return ownerKey.clone();
  }

  /** Whether this is the owner's key. */
  public boolean isOwnedBy(byte[] key) {
    return MessageDigest.isEqual(ownerKey, key);
  }

  /** The entry of a device. */
  public Optional<WitnessedSeries> series(Id128 deviceId) {
    return series.stream().filter(entry -> entry.deviceId().equals(deviceId)).findFirst();
  }

  /** With the device's entry replaced or added. */
  public OwnedSet with(WitnessedSeries entry) {
    List<WitnessedSeries> all = new ArrayList<>(series);
    all.removeIf(old -> old.deviceId().equals(entry.deviceId()));
    all.add(entry);
    return new OwnedSet(setId, ownerKey, all, trust);
  }

  /** With another owner, whose key this device has brought. */
  public OwnedSet ownedBy(byte[] key, Id128 deviceId) {
    return new OwnedSet(setId, key, series, trust.knowingOnly(deviceId));
  }

  /** With what it has earned since. */
  public OwnedSet with(SetTrust earned) {
    return new OwnedSet(setId, ownerKey, series, earned);
  }

  /** The heads as they travel. */
  public List<SeriesHead> heads() {
    return series.stream().map(WitnessedSeries::head).toList();
  }

  void addTo(Transcript out) {
    out.add(setId.toBytes()).add(ownerKey).addU8(series.size());
    for (WitnessedSeries entry : series) {
      out.add(entry.deviceId().toBytes())
          .addU64(entry.seq())
          .add(entry.snapshotHash().toBytes())
          .addU64(entry.row())
          .addU64(entry.atMillis());
    }
  }

  static OwnedSet read(TranscriptReader in) throws MalformedException {
    Id128 setId = Account.id(in, "setId");
    byte[] ownerKey = in.atMost("ownerKey", Hk1Constants.MAX_SPKI_BYTES);
    List<WitnessedSeries> series = new ArrayList<>();
    for (int left = in.u8("series"); left > 0; left--) {
      series.add(
          new WitnessedSeries(
              Account.id(in, "deviceId"),
              in.u64("seq"),
              Account.hash(in, "snapshotHash"),
              in.u64("row"),
              in.u64("at")));
    }
    return new OwnedSet(setId, ownerKey, series);
  }
}
