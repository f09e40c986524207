package org.hikae.vault.root.software;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.aead.AesGcm;
import org.hikae.crypto.kdf.HmacSha256;
import org.hikae.hk1.Transcript;
import org.hikae.vault.port.EpochKeys;
import org.hikae.vault.port.RootKey;
import org.hikae.vault.port.TamperedException;
import org.hikae.vault.port.UnavailableException;
import org.hikae.vault.root.contract.EpochRules;
import org.hikae.vault.secret.DurableFile;

/**
 * The epoch keys of a root in software, in one file that is written anew at each change.
 *
 * <pre>
 * offset  bytes  field
 *      0      4  magic "HK1e"
 *      4      2  version, 1
 *      6     12  nonce, random
 *     18    ...  AES-256-GCM of entries (epoch u32, key 32), lowest epoch first; AAD = bytes 0 to 17
 * </pre>
 *
 * The key that seals the file comes from the root's HMAC. Destroying rewrites the file without the
 * key: an older copy of the file, together with the root, still has it, which is what a token
 * prevents. The keys are in memory only while they are used.
 */
public final class FileEpochKeys implements EpochKeys {

  /** The most epochs at a time; a week each, that is far beyond any retention. */
  static final int MAX_EPOCHS = 4096;

  private static final byte[] MAGIC = "HK1e".getBytes(StandardCharsets.US_ASCII);
  private static final short VERSION = 1;
  private static final int HEAD_BYTES = MAGIC.length + 2 + AesGcm.NONCE_BYTES;
  private static final int KEY_BYTES = 32;
  private static final int ENTRY_BYTES = Integer.BYTES + KEY_BYTES;
  private static final int MAX_FILE_BYTES =
      HEAD_BYTES + MAX_EPOCHS * ENTRY_BYTES + AesGcm.TAG_BYTES;

  private final Path file;
  private final RootKey root;
  private final SecureRandom random;

  public FileEpochKeys(Path file, RootKey root, SecureRandom random) {
    this.file = file;
    this.root = root;
    this.random = random;
  }

  @Override
  public SortedSet<Integer> existing() {
    SortedMap<Integer, byte[]> keys = read();
    SortedSet<Integer> epochs = Collections.unmodifiableSortedSet(new TreeSet<>(keys.keySet()));
    forget(keys);
    return epochs;
  }

  @Override
  public synchronized void create(int epoch) {
    EpochRules.requireValid(epoch);
    SortedMap<Integer, byte[]> keys = read();
    if (!keys.containsKey(epoch)) {
      if (keys.size() == MAX_EPOCHS) {
        throw new UnavailableException("There are " + MAX_EPOCHS + " epoch keys already.", null);
      }
      byte[] key = new byte[KEY_BYTES];
      random.nextBytes(key);
      keys.put(epoch, key);
      write(keys);
    }
    forget(keys);
  }

  @Override
  public byte[] derive(int epoch, Transcript input) {
    SortedMap<Integer, byte[]> keys = read();
    try {
      byte[] key = keys.get(epoch);
      if (key == null) {
        throw EpochRules.noKey(epoch);
      }
      return HmacSha256.mac(key, input.toBytes());
    } finally {
      forget(keys);
    }
  }

  @Override
  public synchronized void destroy(int epoch) {
    SortedMap<Integer, byte[]> keys = read();
    byte[] key = keys.remove(epoch);
    if (key != null) {
      Arrays.fill(key, (byte) 0);
      write(keys);
    }
    forget(keys);
  }

  private SortedMap<Integer, byte[]> read() {
    byte[] bytes;
    try {
      if (Files.size(file) > MAX_FILE_BYTES) {
        throw foreign();
      }
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return new TreeMap<>();
    } catch (IOException e) {
      throw new UnavailableException("The file of epoch keys cannot be read.", e);
    }
    if (bytes.length < HEAD_BYTES) {
      throw foreign();
    }
    byte[] head = Arrays.copyOf(bytes, HEAD_BYTES);
    byte[] nonce = Arrays.copyOfRange(head, MAGIC.length + 2, HEAD_BYTES);
    byte[] sealKey = sealKey();
    try {
      if (Arrays.compare(head, head(nonce)) != 0) {
        throw foreign();
      }
      byte[] plain =
          AesGcm.open(sealKey, nonce, head, Arrays.copyOfRange(bytes, HEAD_BYTES, bytes.length));
      return decode(plain);
    } catch (CryptoException e) {
      throw foreign();
    } finally {
      Arrays.fill(sealKey, (byte) 0);
    }
  }

  private static TamperedException foreign() {
    return new TamperedException("The file of epoch keys is not what this vault wrote.");
  }

  private static SortedMap<Integer, byte[]> decode(byte[] plain) {
    SortedMap<Integer, byte[]> keys = new TreeMap<>();
    ByteBuffer in = ByteBuffer.wrap(plain);
    while (in.remaining() >= ENTRY_BYTES) {
      int epoch = in.getInt();
      byte[] key = new byte[KEY_BYTES];
      in.get(key);
      keys.put(epoch, key);
    }
    Arrays.fill(plain, (byte) 0);
    return keys;
  }

  private void write(SortedMap<Integer, byte[]> keys) {
    ByteBuffer plain = ByteBuffer.allocate(keys.size() * ENTRY_BYTES);
    keys.forEach((epoch, key) -> plain.putInt(epoch).put(key));
    byte[] nonce = new byte[AesGcm.NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] head = head(nonce);
    byte[] sealKey = sealKey();
    byte[] sealed = AesGcm.seal(sealKey, nonce, head, plain.array());
    Arrays.fill(sealKey, (byte) 0);
    Arrays.fill(plain.array(), (byte) 0);
    byte[] whole = Arrays.copyOf(head, HEAD_BYTES + sealed.length);
    System.arraycopy(sealed, 0, whole, HEAD_BYTES, sealed.length);
    try {
      DurableFile.replace(file, whole);
    } catch (IOException e) {
      forget(keys);
      throw new UnavailableException("The file of epoch keys cannot be written.", e);
    }
  }

  private static byte[] head(byte[] nonce) {
    return ByteBuffer.allocate(HEAD_BYTES).put(MAGIC).putShort(VERSION).put(nonce).array();
  }

  private byte[] sealKey() {
    return root.hmac(Transcript.of("vault epoch keys file"));
  }

  private static void forget(SortedMap<Integer, byte[]> keys) {
    keys.values().forEach(key -> Arrays.fill(key, (byte) 0));
  }
}
