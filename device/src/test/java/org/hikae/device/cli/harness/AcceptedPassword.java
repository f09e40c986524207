package org.hikae.device.cli.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/**
 * Another password than the one that ended in a lock-out. Of all passwords one in 256 looks to the
 * device like the one that was destroyed (ADR 8), and is refused.
 */
public final class AcceptedPassword {

  private static final List<String> CHOICES =
      List.of(
          "amber lantern whistle canyon 77",
          "willow anchor thimble harbour 31",
          "copper saddle prairie violin 58",
          "walnut glacier ribbon teapot 64");

  private AcceptedPassword() {}

  /** A run of a command that chooses this password, and its exit code. */
  public interface PasswordUse {
    int with(String password) throws Exception;
  }

  /** The first of four that the device does not refuse for this reason; its run has to succeed. */
  public static String chosen(AgentHarness device, PasswordUse passwordUse) throws Exception {
    for (String password : CHOICES) {
      int exit = passwordUse.with(password);
      if (exit == 0) {
        return password;
      }
      assertThat(device.err()).contains("cannot tell from it");
    }
    throw new AssertionError("Four other passwords were taken for the one that was destroyed.");
  }
}
