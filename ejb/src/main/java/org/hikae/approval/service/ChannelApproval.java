package org.hikae.approval.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.hikae.approval.view.ApprovedChange;
import org.hikae.notice.service.ChannelSettingsApproval;

/** What channels of notices have a second administrator approve. */
@ApplicationScoped
class ChannelApproval implements Approvable {

  @Inject private ChannelSettingsApproval channels;

  @Override
  public String kind() {
    return ChannelSettingsApproval.KIND;
  }

  @Override
  public void execute(ApprovedChange approved) {
    channels.carryOut(approved.change(), approved.requestedBy().subject());
  }
}
