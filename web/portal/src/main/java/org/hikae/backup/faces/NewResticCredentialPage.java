package org.hikae.backup.faces;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.hikae.backup.restic.boundary.OwnResticCredentialCommands;
import org.hikae.enrollment.wire.NewResticCredential;
import org.hikae.problem.control.Refusal;
import org.hikae.ui.faces.Banner;
import org.jspecify.annotations.Nullable;

/**
 * Makes a credential and shows it in the answer to that one request. It lives no longer, so that
 * the password stays in no session.
 */
@Named
@RequestScoped
public class NewResticCredentialPage {

  @Inject private OwnResticCredentialCommands credentialCommands;
  @Inject private Banner banner;

  private String deviceId = "";
  private @Nullable NewResticCredential credential;

  /** Makes a credential for the chosen device. */
  public void give() {
    try {
      credential = credentialCommands.give(deviceId);
    } catch (Refusal refusal) {
      banner.show(refusal);
    }
  }

  /** What was made, with its password; null before and after. */
  public @Nullable NewResticCredential getCredential() {
    return credential;
  }

  /** The chosen device. */
  public String getDeviceId() {
    return deviceId;
  }

  /** Chooses a device. */
  public void setDeviceId(@Nullable String deviceId) {
    this.deviceId = deviceId == null ? "" : deviceId;
  }
}
