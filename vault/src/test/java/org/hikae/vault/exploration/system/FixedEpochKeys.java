package org.hikae.vault.exploration.system;

import java.util.SortedSet;
import java.util.TreeSet;
import org.hikae.crypto.kdf.HmacSha256;
import org.hikae.hk1.Transcript;
import org.hikae.vault.port.EpochKeys;

/** Keys of all epochs, which need not be set back because they never change. */
final class FixedEpochKeys implements EpochKeys {

  @Override
  public SortedSet<Integer> existing() {
    return new TreeSet<>();
  }

  @Override
  public void create(int epoch) {}

  @Override
  public byte[] derive(int epoch, Transcript input) {
    byte[] key = new byte[32];
    key[0] = (byte) epoch;
    key[1] = (byte) (epoch >> 8);
    return HmacSha256.mac(key, input.toBytes());
  }

  @Override
  public void destroy(int epoch) {}
}
