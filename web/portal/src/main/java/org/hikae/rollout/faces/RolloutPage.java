package org.hikae.rollout.faces;

import jakarta.annotation.PostConstruct;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hikae.identity.boundary.DirectoryCommands;
import org.hikae.rollout.boundary.OfferCommands;
import org.hikae.rollout.view.OfferView;
import org.hikae.ui.faces.Banner;
import org.jspecify.annotations.Nullable;

/** Offering the backup to everyone or to departments, and taking an offer back. */
@Named
@ViewScoped
public class RolloutPage implements Serializable {

  /** Stands for everyone in place of a group path. */
  public static final String EVERYONE = "*";

  private static final String BUNDLE = "adm";

  @Inject private OfferCommands offerCommands;
  @Inject private DirectoryCommands directory;
  @Inject private Banner banner;

  private transient @Nullable Map<String, OfferView> offers;

  /** Reads the standing offers. */
  @PostConstruct
  public void load() {
    Map<String, OfferView> standing = new LinkedHashMap<>();
    offerCommands.list().forEach(offer -> standing.put(offer.group(), offer));
    offers = standing;
  }

  /** Offers the backup to this group. */
  public void offer(String group) {
    banner.attempt(() -> offerCommands.offer(group), BUNDLE, "rollout.done.offer");
    load();
  }

  /** Takes the offer to this group back. */
  public void takeBack(String group) {
    banner.attempt(() -> offerCommands.takeBack(group), BUNDLE, "rollout.done.takeBack");
    load();
  }

  /** Reads the directory now, so that new departments can be offered the backup. */
  public void syncDirectory() {
    banner.attempt(directory::readAll, BUNDLE, "rollout.done.sync");
  }

  /** Whether everyone is offered the backup. */
  public boolean isEveryone() {
    return offers().containsKey(EVERYONE);
  }

  /** Since when this group is offered the backup; null when it is not. */
  public @Nullable Instant since(String group) {
    OfferView offer = offers().get(group);
    return offer == null ? null : offer.offeredAt();
  }

  /** Offers to groups in which nobody is any more. */
  public List<OfferView> emptyGroups(List<String> known) {
    List<OfferView> empty = new ArrayList<>(offers().values());
    empty.removeIf(offer -> offer.group().equals(EVERYONE) || known.contains(offer.group()));
    return empty;
  }

  private Map<String, OfferView> offers() {
    if (offers == null) {
      load();
    }
    return offers == null ? Map.of() : offers;
  }
}
