package org.hikae.device.cli.dialog;

import java.time.Instant;

/**
 * That the person has to sign in with their browser now.
 *
 * @param userCode what the page of the sign-on has to show
 * @param address of that page, where the code is filled in
 * @param expiresAt until when
 */
record SignInView(String userCode, String address, Instant expiresAt) {

  @Override
  public String toString() {
    return "SignInView(REDACTED)";
  }
}
