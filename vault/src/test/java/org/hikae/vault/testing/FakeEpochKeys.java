package org.hikae.vault.testing;

import java.security.SecureRandom;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hikae.crypto.kdf.HmacSha256;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.hk1.Transcript;
import org.hikae.vault.port.EpochKeys;
import org.hikae.vault.port.UnavailableException;

/** Epoch keys in memory. */
public final class FakeEpochKeys implements EpochKeys {

  private final TreeMap<Integer, byte[]> keys = new TreeMap<>();
  private final SecureRandom random;

  /** No key yet. */
  public FakeEpochKeys(SecureRandom random) {
    this.random = random;
  }

  @Override
  public synchronized SortedSet<Integer> existing() {
    return new TreeSet<>(keys.keySet());
  }

  @Override
  public synchronized void create(int epoch) {
    keys.computeIfAbsent(epoch, e -> SecretBytes.random(random, 32).expose());
  }

  @Override
  public synchronized byte[] derive(int epoch, Transcript input) {
    byte[] key = keys.get(epoch);
    if (key == null) {
      throw new UnavailableException("There is no key of epoch " + epoch + ".", null);
    }
    return HmacSha256.mac(key, input.toBytes());
  }

  @Override
  public synchronized void destroy(int epoch) {
    keys.remove(epoch);
  }
}
