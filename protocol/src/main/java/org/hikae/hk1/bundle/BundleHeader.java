package org.hikae.hk1.bundle;

import org.jspecify.annotations.Nullable;

/**
 * What a bundle says of itself, as JSON in {@link BundleStore#HEADER} (spec HK1-B-02). Nothing of
 * it is believed by who reads it.
 *
 * @param hikaeBundle version of the form
 * @param setId the set, hexadecimal
 * @param generation generation of K; absent when nobody can say it
 * @param issuer the realm of the person whose set it is
 * @param subject the person, as the realm names them
 */
public record BundleHeader(
    int hikaeBundle, String setId, @Nullable Long generation, String issuer, String subject) {

  /** The version that is written. */
  public static final int VERSION = 1;

  /** The header of a bundle of this version. */
  public static BundleHeader of(String setId, long generation, String issuer, String subject) {
    return new BundleHeader(VERSION, setId, generation, issuer, subject);
  }

  /** Whether both are of one set, in a form that can be gone on with. */
  public boolean isOf(BundleHeader other) {
    return hikaeBundle == other.hikaeBundle && setId.equals(other.setId);
  }
}
