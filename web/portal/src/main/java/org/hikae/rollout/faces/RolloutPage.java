package org.hikae.rollout.faces;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Instant;
import org.hikae.identity.boundary.DirectoryCommands;
import org.hikae.rollout.boundary.OfferCommands;
import org.hikae.rollout.view.OfferView;
import org.hikae.ui.faces.Banner;
import org.jspecify.annotations.Nullable;

/** Offering the backup to everyone or to departments, and taking an offer back. */
@Named
@ViewScoped
public class RolloutPage implements Serializable {

  private static final String BUNDLE = "adm";

  @Inject private OfferCommands offerCommands;
  @Inject private DirectoryCommands directory;
  @Inject private Banner banner;

  private transient @Nullable StandingOffers offers;

  /** Offers the backup to this group. */
  public void offer(String group) {
    banner.attempt(() -> offerCommands.offer(group), BUNDLE, "rollout.done.offer");
    offers = null;
  }

  /** Takes the offer to this group back. */
  public void takeBack(String group) {
    banner.attempt(() -> offerCommands.takeBack(group), BUNDLE, "rollout.done.takeBack");
    offers = null;
  }

  /** Reads the directory now, so that new departments can be offered the backup. */
  public void syncDirectory() {
    banner.attempt(directory::readAll, BUNDLE, "rollout.done.sync");
  }

  /** Whether everyone is offered the backup. */
  public boolean isEveryone() {
    return offers().everyone();
  }

  /** Since when this very group is offered the backup; null when it is not. */
  public @Nullable Instant since(String group) {
    return offers().since(group);
  }

  /** The offer to the nearest group above this one, which reaches it; null when there is none. */
  public @Nullable OfferView above(String group) {
    return offers().above(group);
  }

  private StandingOffers offers() {
    StandingOffers standing = offers;
    if (standing == null) {
      standing = new StandingOffers(offerCommands.list());
      offers = standing;
    }
    return standing;
  }
}
