package org.hikae.runtime.control;

/** Where new ciphertext goes. */
public enum CiphertextStoreKind {
  DATABASE,
  FILES,
  S3
}
