package org.hikae.rollout.view;

/** What an administrator may do with a campaign. */
public enum CampaignAction {
  /** Let a draft invite. */
  START,
  /** Stop inviting until it is resumed. */
  PAUSE,
  /** Go on after a pause or a halt. */
  RESUME,
  /** Change what it is called, its gates and its waves. */
  EDIT,
  /** Add a wave. */
  ADD_WAVE,
  /** End it; invitations stand. */
  COMPLETE,
  /** End it and take the offer back from those who have not opted in. */
  CANCEL
}
