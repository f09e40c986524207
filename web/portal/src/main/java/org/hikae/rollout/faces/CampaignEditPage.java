package org.hikae.rollout.faces;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hikae.problem.control.Refusal;
import org.hikae.rollout.boundary.CampaignCommands;
import org.hikae.rollout.boundary.CampaignQueries;
import org.hikae.rollout.value.CampaignId;
import org.hikae.rollout.value.GateKind;
import org.hikae.rollout.view.CampaignEditConflict;
import org.hikae.rollout.view.CampaignView;
import org.hikae.rollout.view.GateView;
import org.hikae.rollout.view.PutCampaign;
import org.hikae.ui.faces.Banner;
import org.hikae.ui.faces.EditPage;
import org.hikae.ui.faces.NotFoundAnswer;
import org.jspecify.annotations.Nullable;

/** Name, description and gates of a campaign, of a new one too. */
@Named
@ViewScoped
public class CampaignEditPage extends EditPage<CampaignView> {

  /** What a new campaign is offered: a tenth may fail, and ten are enough to tell. */
  private static final int USUAL = 10;

  @Inject private CampaignQueries queries;
  @Inject private CampaignCommands commands;
  @Inject private Banner banner;

  private String name = "";
  private @Nullable String description;
  private List<GateForm> gates = List.of();

  @Override
  public void load() throws IOException {
    Long id = getId();
    if (id == null) {
      gates =
          Arrays.stream(GateKind.values())
              .map(gate -> new GateForm(gate, true, USUAL, USUAL))
              .toList();
      return;
    }
    try {
      CampaignView read = queries.campaign(new CampaignId(id));
      edits(read.edition());
      name = read.name();
      description = read.description();
      gates = forms(read);
    } catch (Refusal refusal) {
      NotFoundAnswer.send(refusal.code().code());
    }
  }

  private static List<GateForm> forms(CampaignView campaign) {
    List<GateForm> forms = new ArrayList<>();
    for (GateKind gate : GateKind.values()) {
      forms.add(
          campaign.gates().stream()
              .filter(set -> set.gate() == gate)
              .map(set -> new GateForm(gate, true, set.maxPercent(), set.minObserved()))
              .findFirst()
              .orElseGet(() -> new GateForm(gate, false, USUAL, USUAL)));
    }
    return forms;
  }

  /** Saves; shows the campaign, or what somebody else has put there meanwhile. */
  public @Nullable String save() {
    List<GateView> wanted = gates.stream().filter(GateForm::isOn).map(GateForm::view).toList();
    PutCampaign put = new PutCampaign(name, description, wanted);
    Long id = getId();
    try {
      CampaignView saved =
          id == null ? commands.create(put) : commands.edit(new CampaignId(id), edition(), put);
      banner.say("cam", id == null ? "done.create" : "done.edit");
      return "/admin/campaign?faces-redirect=true&id=" + saved.campaignId();
    } catch (Refusal refusal) {
      if (refusal.details() instanceof CampaignEditConflict edited) {
        conflictsWith(edited.current(), edited.current().edition());
      } else {
        banner.show(refusal);
      }
      return null;
    }
  }

  /** What people call it. */
  public String getName() {
    return name;
  }

  /** Sets the name. */
  public void setName(String name) {
    this.name = name;
  }

  /** What it is for. */
  public @Nullable String getDescription() {
    return description;
  }

  /** Sets what it is for. */
  public void setDescription(@Nullable String description) {
    this.description = description;
  }

  /** What may halt it. */
  public List<GateForm> getGates() {
    return gates;
  }
}
