package org.hikae.rollout.faces;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hikae.problem.control.PageRequest;
import org.hikae.rollout.boundary.CampaignQueries;
import org.hikae.rollout.view.CampaignPage;

/** Campaigns with this in their name, for who looks for one. */
@Named
@RequestScoped
public class NamedCampaigns {

  private static final int SHOWN = 8;

  @Inject private CampaignQueries queries;

  private final Map<String, List<CampaignPage.Entry>> known = new HashMap<>();

  /** The newest {@link CampaignQueries#MAX_PAGE} are looked through; none for an empty text. */
  public List<CampaignPage.Entry> with(String text) {
    return known.computeIfAbsent(text.toLowerCase(Locale.ROOT), this::read);
  }

  private List<CampaignPage.Entry> read(String lower) {
    return lower.isEmpty()
        ? List.of()
        : queries.list(null, null, new PageRequest(CampaignQueries.MAX_PAGE)).campaigns().stream()
            .filter(campaign -> campaign.name().toLowerCase(Locale.ROOT).contains(lower))
            .limit(SHOWN)
            .toList();
  }
}
