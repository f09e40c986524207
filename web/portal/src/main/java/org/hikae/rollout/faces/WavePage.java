package org.hikae.rollout.faces;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.Serializable;
import java.time.Clock;
import java.util.List;
import org.hikae.identity.value.EmployeeId;
import org.hikae.problem.control.PageRequest;
import org.hikae.problem.control.Refusal;
import org.hikae.rollout.boundary.CampaignCommands;
import org.hikae.rollout.boundary.CampaignQueries;
import org.hikae.rollout.value.AudienceKind;
import org.hikae.rollout.value.CampaignId;
import org.hikae.rollout.value.WaveId;
import org.hikae.rollout.view.AudiencePreview;
import org.hikae.rollout.view.CampaignAction;
import org.hikae.rollout.view.CampaignEditConflict;
import org.hikae.rollout.view.CampaignView;
import org.hikae.rollout.view.ListChange;
import org.hikae.rollout.view.PickedWave;
import org.hikae.rollout.view.PreviewAudience;
import org.hikae.rollout.view.PutWave;
import org.hikae.rollout.view.WaveView;
import org.hikae.ui.faces.Banner;
import org.hikae.ui.faces.NotFoundAnswer;
import org.jspecify.annotations.Nullable;

/** Who is in a wave, and changing that: it is looked at before it is saved. */
@Named
@ViewScoped
public class WavePage implements Serializable {

  private static final int PAGE = 50;

  @Inject private CampaignQueries queries;
  @Inject private CampaignCommands commands;
  @Inject private Banner banner;
  @Inject private Clock clock;

  private @Nullable Long campaignId;
  private @Nullable Long waveId;
  private @Nullable Long edition;
  private WaveForm form = new WaveForm();
  private boolean reviewing;
  private @Nullable CampaignView campaign;
  private @Nullable WaveView wave;
  private @Nullable AudiencePreview preview;
  private @Nullable WaveView current;

  /** Reads campaign and wave named in the address; missing ones are a missing page. */
  public void load() throws IOException {
    try {
      if (campaignId != null && read(campaignId)) {
        return;
      }
    } catch (Refusal refusal) {
      // Only a campaign that there is not is refused here.
      campaign = null;
    }
    NotFoundAnswer.send("No such wave");
  }

  private boolean read(long id) {
    CampaignView seen = queries.campaign(new CampaignId(id));
    campaign = seen;
    edition = seen.edition();
    wave = find(seen);
    if (waveId != null && wave == null) {
      return false;
    }
    reviewing = false;
    current = null;
    form = new WaveForm();
    form.fill(wave, isFirst(seen), queries.groups());
    preview = waveId == null ? null : look(new PreviewAudience(null, null, waveId), null);
    WaveView stands = wave;
    Long listed = stands == null ? null : stands.listed();
    if (listed != null) {
      form.getPeople().fill(listed, listed > ListChange.MOST ? List.of() : everybodyListed(id));
    }
    return true;
  }

  private List<PersonChoice> everybodyListed(long id) {
    return queries
        .first(
            new CampaignId(id),
            new WaveId(waveId == null ? 0 : waveId),
            new PageRequest(ListChange.MOST))
        .stream()
        .map(PersonChoice::of)
        .toList();
  }

  private boolean isFirst(CampaignView seen) {
    return seen.waves().isEmpty() || (waveId != null && seen.waves().getFirst().waveId() == waveId);
  }

  private @Nullable WaveView find(CampaignView seen) {
    return seen.waves().stream()
        .filter(one -> waveId != null && one.waveId() == waveId)
        .findFirst()
        .orElse(null);
  }

  private AudiencePreview look(PreviewAudience audience, @Nullable Long after) {
    return queries.shown(
        new CampaignId(campaignId == null ? 0 : campaignId),
        audience,
        after == null ? null : new EmployeeId(after),
        new PageRequest(PAGE));
  }

  /** Shows the people after those that are shown. */
  public void nextPeople() {
    AudiencePreview shown = preview;
    if (shown != null) {
      page(shown.next());
    }
  }

  /** Shows the first people again. */
  public void firstPeople() {
    page(null);
  }

  private void page(@Nullable Long after) {
    PreviewAudience audience = stored();
    if (reviewing) {
      preview = lookAtForm(after);
    } else {
      preview = audience == null ? null : look(audience, after);
    }
  }

  /** Looks at who would be in the wave as it is filled in; saves nothing. */
  public void review() {
    try {
      if (form.checkPast(clock.instant())) {
        return;
      }
      preview = lookAtForm(null);
      reviewing = true;
    } catch (Refusal refusal) {
      banner.show(refusal);
    }
  }

  private AudiencePreview lookAtForm(@Nullable Long after) {
    PickedWave picked = form.picked();
    PutWave put = picked.wave();
    return put.groups() != null || put.percent() != null
        ? look(new PreviewAudience(put.groups(), put.percent(), null), after)
        : queries.picked(
            new CampaignId(campaignId == null ? 0 : campaignId),
            waveId == null ? null : new WaveId(waveId),
            picked.people(),
            after == null ? null : new EmployeeId(after),
            new PageRequest(PAGE));
  }

  private @Nullable PreviewAudience stored() {
    return waveId == null ? null : new PreviewAudience(null, null, waveId);
  }

  /** Goes back to the form. */
  public void back() {
    reviewing = false;
    page(null);
  }

  /** Saves what was looked at; shows the campaign, or the new list's page, or who was faster. */
  public @Nullable String save() {
    long id = campaignId == null ? 0 : campaignId;
    try {
      PickedWave put = form.picked();
      CampaignView saved =
          waveId == null
              ? commands.addWave(new CampaignId(id), put)
              : commands.editWave(new CampaignId(id), new WaveId(waveId), edition, put);
      banner.say("cam", waveId == null ? "done.addWave" : "done.editWave");
      return waveId == null
              && form.getAudience() == AudienceKind.LIST
              && form.getPeople().getChosen().isEmpty()
          ? "/admin/wave?faces-redirect=true&campaign="
              + id
              + "&waveId="
              + saved.waves().getLast().waveId()
          : "/admin/campaign?faces-redirect=true&id=" + id;
    } catch (Refusal refusal) {
      if (refusal.details() instanceof CampaignEditConflict edited
          && find(edited.current()) != null) {
        current = find(edited.current());
        edition = edited.current().edition();
      } else {
        banner.show(refusal);
      }
      reviewing = false;
      return null;
    }
  }

  /** Goes on with one's own values, over what stands now. */
  public void keepMine() {
    current = null;
  }

  /** What somebody else has put there meanwhile, in words. */
  public String getCurrentSoakText() {
    WaveView theirs = current;
    return theirs == null
        ? ""
        : SoakText.of(
            Banner.texts("cam"),
            theirs.soakDays(),
            theirs.minHealthyPercent(),
            theirs.minObserved());
  }

  /** The campaign. */
  public @Nullable CampaignView getCampaign() {
    return campaign;
  }

  /** The wave as it stood when the page was opened; null for a new one. */
  public @Nullable WaveView getWave() {
    return wave;
  }

  /** The wave as it is filled in. */
  public WaveForm getForm() {
    return form;
  }

  /** Who is in it, or would be; null when nobody can be named yet. */
  public @Nullable AudiencePreview getPreview() {
    return preview;
  }

  /** What somebody else has put there meanwhile; null when nobody has. */
  public @Nullable WaveView getCurrent() {
    return current;
  }

  /** Whether what is filled in is looked at before it is saved. */
  public boolean isReviewing() {
    return reviewing;
  }

  /** Whether it may be changed, or added when it is new. */
  public boolean isOpen() {
    CampaignView seen = campaign;
    return seen != null && seen.may(waveId == null ? CampaignAction.ADD_WAVE : CampaignAction.EDIT);
  }

  /** Whether people are invited as soon as a change is saved. */
  public boolean isInvites() {
    CampaignView seen = campaign;
    WaveView stands = wave;
    return seen != null && stands != null && seen.invitesInto(stands);
  }

  /** Number of the campaign. */
  public @Nullable Long getCampaignId() {
    return campaignId;
  }

  /** Sets the campaign from the address. */
  public void setCampaignId(@Nullable Long campaignId) {
    this.campaignId = campaignId;
  }

  /** Number of the wave; null for a new one. */
  public @Nullable Long getWaveId() {
    return waveId;
  }

  /** Sets the wave from the address. */
  public void setWaveId(@Nullable Long waveId) {
    this.waveId = waveId;
  }
}
