package org.hikae.backup.wire;

/**
 * Keeps restic's password, under K, with a repository ({@code PUT
 * /api/v1/device/restic/repositories/{repository}/password}). The same again is success.
 *
 * @param setId the set, hexadecimal
 * @param generation generation of K
 * @param number one above that of the newest one that is kept, from 1
 * @param blob the wrap, base64url
 */
public record PutResticPassword(String setId, long generation, int number, String blob) {

  @Override
  public String toString() {
    return "PutResticPassword(" + setId + ", " + generation + ", " + number + ")";
  }
}
