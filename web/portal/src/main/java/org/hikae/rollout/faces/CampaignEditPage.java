package org.hikae.rollout.faces;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hikae.problem.control.Refusal;
import org.hikae.rollout.boundary.CampaignCommands;
import org.hikae.rollout.boundary.CampaignQueries;
import org.hikae.rollout.value.CampaignId;
import org.hikae.rollout.value.CampaignLimits;
import org.hikae.rollout.value.GateKind;
import org.hikae.rollout.view.AudiencePreview;
import org.hikae.rollout.view.CampaignEditConflict;
import org.hikae.rollout.view.CampaignView;
import org.hikae.rollout.view.GateView;
import org.hikae.rollout.view.PutCampaign;
import org.hikae.ui.faces.Banner;
import org.hikae.ui.faces.DisplayText;
import org.hikae.ui.faces.EditPage;
import org.hikae.ui.faces.NotFoundAnswer;
import org.jspecify.annotations.Nullable;

/** Name, description and gates of a campaign, of a new one too. */
@Named
@ViewScoped
public class CampaignEditPage extends EditPage<CampaignView> {

  /** What a new campaign is offered: a tenth may fail, and ten are enough to tell. */
  private static final int USUAL = 10;

  /** What a wave between pilot and everybody is offered. */
  private static final int FURTHER_SHARE = 30;

  private static final String BUNDLE = "cam";

  @Inject private CampaignQueries queries;
  @Inject private CampaignCommands commands;
  @Inject private Banner banner;
  @Inject private Clock clock;

  private String name = "";
  private @Nullable String description;
  private List<GateForm> gates = List.of();
  private final List<WaveForm> waves = new ArrayList<>();

  @Override
  public void load() throws IOException {
    Long id = getId();
    if (id == null) {
      gates =
          Arrays.stream(GateKind.values())
              .map(gate -> new GateForm(gate, true, USUAL, USUAL))
              .toList();
      propose();
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

  /** A pilot, and everybody else. */
  private void propose() {
    List<AudiencePreview.Group> known = queries.groups();
    waves.clear();
    waves.add(WaveForm.proposed(text("propose.pilot"), WaveForm.SMALL_SHARE, true, known));
    waves.add(WaveForm.proposed(text("propose.rest"), WaveForm.EVERYBODY, false, known));
  }

  /** Adds a wave at the end, but before one that is for everybody. */
  public void addWave() {
    if (waves.size() >= CampaignLimits.MAX_WAVES) {
      banner.warn(BUNDLE, "waves.full");
      return;
    }
    boolean everybodyLast = !waves.isEmpty() && waves.getLast().isForEverybody();
    int place = waves.size() - (everybodyLast ? 1 : 0);
    waves.add(
        place,
        WaveForm.proposed(
            DisplayText.fill(text("propose.next"), "number", place + 1),
            FURTHER_SHARE,
            place == 0,
            queries.groups()));
    firstsFirst();
  }

  /** Leaves a wave out. */
  public void removeWave(WaveForm wave) {
    waves.remove(wave);
    firstsFirst();
  }

  private void firstsFirst() {
    for (int place = 0; place < waves.size(); place++) {
      waves.get(place).first(place == 0);
    }
  }

  private static String text(String key) {
    return Banner.texts(BUNDLE).getString(key);
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
    boolean past = false;
    for (WaveForm wave : waves) {
      past |= wave.checkPast(clock.instant());
    }
    if (past) {
      return null;
    }
    List<GateView> wanted = gates.stream().filter(GateForm::isOn).map(GateForm::view).toList();
    PutCampaign put = new PutCampaign(name, description, wanted);
    Long id = getId();
    try {
      CampaignView saved =
          id == null
              ? commands.create(put, waves.stream().map(WaveForm::picked).toList())
              : commands.edit(new CampaignId(id), edition(), put);
      banner.say(BUNDLE, id == null ? "done.create" : "done.edit");
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

  /** The waves of a new one, in their order. */
  public List<WaveForm> getWaves() {
    return waves;
  }

  /** What may halt it. */
  public List<GateForm> getGates() {
    return gates;
  }
}
