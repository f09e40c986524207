package org.hikae.rollout.faces;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hikae.problem.control.PageRequest;
import org.hikae.problem.control.Refusal;
import org.hikae.rollout.boundary.CampaignCommands;
import org.hikae.rollout.boundary.CampaignQueries;
import org.hikae.rollout.value.CampaignId;
import org.hikae.rollout.value.CampaignState;
import org.hikae.rollout.value.WaveId;
import org.hikae.rollout.view.AudiencePreview;
import org.hikae.rollout.view.CampaignAction;
import org.hikae.rollout.view.CampaignView;
import org.hikae.rollout.view.GateReadingView;
import org.hikae.rollout.view.GateView;
import org.hikae.rollout.view.PreviewAudience;
import org.hikae.rollout.view.StartWave;
import org.hikae.rollout.view.WaveState;
import org.hikae.rollout.view.WaveView;
import org.hikae.rollout.view.WaveWait;
import org.hikae.ui.faces.Banner;
import org.hikae.ui.faces.NotFoundAnswer;
import org.jspecify.annotations.Nullable;

/** One campaign: its waves in time, what its gates saw, and whether it runs. */
@Named
@ViewScoped
public class CampaignDetailPage implements Serializable {

  private static final String BUNDLE = "cam";

  /** People of a wave who are named before the campaign is started. */
  private static final int NAMED = 12;

  @Inject private CampaignQueries queries;
  @Inject private CampaignCommands commands;
  @Inject private Banner banner;

  private @Nullable Long id;
  private @Nullable CampaignView campaign;
  private List<Step> steps = List.of();
  private @Nullable String reason;

  /**
   * A wave in time.
   *
   * @param index how many waves are before it
   * @param wave the wave
   * @param people who are in it now; null once it has begun
   * @param names the first of them by their names, before the campaign is started
   * @param gates what may halt the campaign, and what was seen in this wave
   * @param waits what it waits for when it is the one that begins next; else null
   */
  public record Step(
      int index,
      WaveView wave,
      @Nullable Long people,
      List<String> names,
      List<WaveGate> gates,
      @Nullable WaveWait waits)
      implements Serializable {}

  /**
   * A gate in a wave.
   *
   * @param gate its limits now
   * @param reading what was seen last; null when nothing was
   */
  public record WaveGate(GateView gate, @Nullable GateReadingView reading)
      implements Serializable {}

  /** Reads the campaign named in the address; a missing one is a missing page. */
  public void load() throws IOException {
    try {
      if (id != null) {
        read(id);
        return;
      }
    } catch (Refusal refusal) {
      // Only a campaign that there is not is refused here.
      campaign = null;
    }
    NotFoundAnswer.send("No such campaign");
  }

  private void read(long campaignId) {
    CampaignView read = queries.campaign(new CampaignId(campaignId));
    List<GateReadingView> readings =
        queries
            .readings(new CampaignId(campaignId), null, new PageRequest(CampaignQueries.MAX_PAGE))
            .readings();
    Optional<WaveWait> next = queries.waits(new CampaignId(campaignId));
    List<Step> found = new ArrayList<>();
    for (WaveView wave : read.waves()) {
      List<WaveGate> seen = read.gates().stream().map(gate -> seen(gate, wave, readings)).toList();
      WaveWait waits = next.filter(one -> one.waveId() == wave.waveId()).orElse(null);
      found.add(new Step(found.size(), wave, people(read, wave), names(read, wave), seen, waits));
    }
    campaign = read;
    steps = found;
  }

  private static WaveGate seen(GateView gate, WaveView wave, List<GateReadingView> readings) {
    return new WaveGate(
        gate,
        readings.stream()
            .filter(one -> one.waveId() == wave.waveId() && one.gate() == gate.gate())
            .findFirst()
            .orElse(null));
  }

  private @Nullable Long people(CampaignView read, WaveView wave) {
    if (wave.state() != WaveState.WAITING || !read.may(CampaignAction.EDIT)) {
      return null;
    }
    return queries.people(
        new CampaignId(read.campaignId()), new PreviewAudience(null, null, wave.waveId()));
  }

  /** Whoever starts a draft sees first whom it is about. */
  private List<String> names(CampaignView read, WaveView wave) {
    return read.state() == CampaignState.DRAFT
        ? queries
            .first(
                new CampaignId(read.campaignId()),
                new WaveId(wave.waveId()),
                new PageRequest(NAMED))
            .stream()
            .map(AudiencePreview.Someone::displayName)
            .toList()
        : List.of();
  }

  /** Lets a draft invite. */
  public void start() {
    act(() -> commands.start(new CampaignId(number())), "done.start");
  }

  /** Stops inviting until it is resumed. */
  public void pause() {
    act(() -> commands.pause(new CampaignId(number())), "done.pause");
  }

  /** Goes on after a pause or a halt. */
  public void resume() {
    act(() -> commands.resume(new CampaignId(number())), "done.resume");
  }

  /** Ends it; invitations stand. */
  public void complete() {
    act(() -> commands.complete(new CampaignId(number())), "done.complete");
  }

  /** Ends it and takes the offer back from those who have not opted in. */
  public void cancel() {
    act(() -> commands.cancel(new CampaignId(number())), "done.cancel");
  }

  /** Begins the wave that waits, for the reason that is filled in. */
  public void startWave(long waveId) {
    String given = reason == null ? "" : reason.strip();
    if (given.isEmpty()) {
      banner.warn(BUNDLE, "wave.start.reason.missing");
      return;
    }
    StartWave why = new StartWave(given);
    if (banner.attempt(
        () -> commands.startWave(new CampaignId(number()), new WaveId(waveId), why),
        BUNDLE,
        "done.startWave")) {
      reason = null;
    }
    read(number());
  }

  /** Removes a wave that has not begun. */
  public void remove(long waveId) {
    CampaignView seen = campaign;
    Long edition = seen == null ? null : (Long) seen.edition();
    act(
        () -> commands.removeWave(new CampaignId(number()), new WaveId(waveId), edition),
        "done.removeWave");
  }

  private void act(Runnable action, String doneKey) {
    banner.attempt(action, BUNDLE, doneKey);
    read(number());
  }

  private long number() {
    return id == null ? 0 : id;
  }

  /** The campaign. */
  public @Nullable CampaignView getCampaign() {
    return campaign;
  }

  /** Its waves in their order. */
  public List<Step> getSteps() {
    return steps;
  }

  /** Who is in the wave that begins next; 0 when none does. */
  public long getNextPeople() {
    return steps.stream().map(Step::people).filter(people -> people != null).findFirst().orElse(0L);
  }

  /** The number of the wave whose figures halted the campaign; 0 when it was removed since. */
  public int getHaltedWave() {
    CampaignView seen = campaign;
    GateReadingView halt = seen == null ? null : seen.haltedBy();
    return halt == null
        ? 0
        : steps.stream()
            .map(Step::wave)
            .filter(wave -> wave.waveId() == halt.waveId())
            .mapToInt(WaveView::number)
            .findFirst()
            .orElse(0);
  }

  /** What has to be seen before a wave begins, in words. */
  public String soakText(WaveView wave) {
    return SoakText.of(
        Banner.texts(BUNDLE), wave.soakDays(), wave.minHealthyPercent(), wave.minObserved());
  }

  /** Why the wave that waits begins by hand. */
  public @Nullable String getReason() {
    return reason;
  }

  /** Sets why the wave that waits begins by hand. */
  public void setReason(@Nullable String reason) {
    this.reason = reason;
  }

  /** Most characters of that reason. */
  public int getMaxReasonChars() {
    return StartWave.MAX_REASON_CHARS;
  }

  /** Its number. */
  public @Nullable Long getId() {
    return id;
  }

  /** Sets the number from the address. */
  public void setId(@Nullable Long id) {
    this.id = id;
  }
}
