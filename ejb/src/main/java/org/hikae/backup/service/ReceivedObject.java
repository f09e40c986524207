package org.hikae.backup.service;

import java.io.IOException;
import java.io.InputStream;
import org.hikae.backup.ciphertext.store.CiphertextStore;
import org.hikae.backup.ciphertext.store.CiphertextStoreException;
import org.hikae.backup.ciphertext.store.ObjectKey;
import org.hikae.backup.control.ReceivedBody;
import org.hikae.hk1.Hash256;

/**
 * The bytes of one object, which came whole and were found to have their name's hash. Close it when
 * they are stored or refused.
 */
public sealed interface ReceivedObject extends AutoCloseable {

  /**
   * Receives an object.
   *
   * @param body the bytes that come
   * @param length their stated length
   * @param name the hash that they must have
   * @param inMemory whether in memory, where no larger ones go than those of devices; else in a
   *     file
   */
  static ReceivedObject receive(InputStream body, long length, Hash256 name, boolean inMemory) {
    return inMemory
        ? new InMemory(ReceivedBody.read(body, length, name), name)
        : new InFile(SpooledBody.receive(body, length, name), name);
  }

  /** SHA-256 of the bytes. */
  Hash256 name();

  /** How many there are. */
  long length();

  /** Stores them in the caller's transaction; false when the key was there before. */
  boolean putInto(CiphertextStore store, ObjectKey key);

  /** Writes them in place of what lies under the key, in the caller's transaction. */
  void replaceIn(CiphertextStore store, ObjectKey key);

  @Override
  default void close() {}

  /** In memory. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record InMemory(byte[] bytes, Hash256 name) implements ReceivedObject {

    @Override
    public long length() {
      return bytes.length;
    }

    @Override
    public boolean putInto(CiphertextStore store, ObjectKey key) {
      return store.put(key, bytes);
    }

    @Override
    public void replaceIn(CiphertextStore store, ObjectKey key) {
      store.replace(key, bytes);
    }
  }

  /** In a file. */
  record InFile(SpooledBody body, Hash256 name) implements ReceivedObject {

    @Override
    public long length() {
      return body.length();
    }

    @Override
    public boolean putInto(CiphertextStore store, ObjectKey key) {
      return store.put(key, body.length(), reopened());
    }

    @Override
    public void replaceIn(CiphertextStore store, ObjectKey key) {
      store.replace(key, body.length(), reopened());
    }

    private InputStream reopened() {
      try {
        return body.fromTheBeginning();
      } catch (IOException e) {
        throw new CiphertextStoreException("A received object could not be read again.", e);
      }
    }

    @Override
    public void close() {
      body.close();
    }
  }
}
