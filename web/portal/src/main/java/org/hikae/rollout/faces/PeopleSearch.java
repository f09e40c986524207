package org.hikae.rollout.faces;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.hikae.problem.control.PageRequest;
import org.hikae.problem.control.Refusal;
import org.hikae.rollout.boundary.CampaignQueries;
import org.hikae.ui.faces.Banner;

/** Finds who can be picked for the list of a wave. */
@Named
@RequestScoped
public class PeopleSearch {

  private static final int MOST = 10;

  @Inject private CampaignQueries queries;
  @Inject private Banner banner;

  /** Looks for the text of the form, if there is one. */
  public void find(PeopleForm form) {
    if (form.getText().isBlank()) {
      return;
    }
    try {
      form.found(
          queries.named(form.getText(), new PageRequest(MOST)).stream()
              .map(PersonChoice::of)
              .toList());
    } catch (Refusal refusal) {
      banner.show(refusal);
    }
  }
}
