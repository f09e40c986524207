package org.hikae.vault.wire;

import java.util.ArrayList;
import java.util.List;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.Transcript;
import org.hikae.hk1.TranscriptReader;

/**
 * The newest snapshot of one device's series that the vault has witnessed (spec HK1-V-19).
 *
 * @param deviceId the device whose series it is, 16 bytes
 * @param seq the snapshot's number in the series, from 1
 * @param snapshotHash hash of the snapshot's stub, the series' head
 * @param atSeconds when the vault witnessed it
 */
public record SeriesHead(byte[] deviceId, long seq, Hash256 snapshotHash, long atSeconds) {

  /** Most series of one set. */
  public static final int MAX_SERIES = 64;

  /** Copies the array. */
  public SeriesHead {
    deviceId = deviceId.clone();
  }

  @Override
  public byte[] deviceId() {
    return deviceId.clone();
  }

  /** Adds the fields. */
  public void addTo(Transcript out) {
    out.add(deviceId).addU64(seq).add(snapshotHash.toBytes()).addU64(atSeconds);
  }

  /** Reads what {@link #addTo} wrote. */
  public static SeriesHead read(TranscriptReader in) throws MalformedException {
    return new SeriesHead(
        in.exactly("deviceId", Hk1Constants.ID_BYTES),
        in.u64("seq"),
        Hash256.of(in.exactly("snapshotHash", Hk1Constants.HASH_BYTES)),
        in.u64("at"));
  }

  /** Reads a count and as many heads. */
  static List<SeriesHead> list(TranscriptReader in) throws MalformedException {
    int count = in.u8("series");
    if (count > MAX_SERIES) {
      throw new MalformedException("A set has at most " + MAX_SERIES + " series.");
    }
    List<SeriesHead> heads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      heads.add(read(in));
    }
    return List.copyOf(heads);
  }
}
