package org.hikae.rollout.faces;

import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hikae.problem.control.InstantParser;
import org.hikae.rollout.value.AudienceKind;
import org.hikae.rollout.value.SoakRule;
import org.hikae.rollout.view.AudiencePreview;
import org.hikae.rollout.view.ListChange;
import org.hikae.rollout.view.PickedWave;
import org.hikae.rollout.view.PutWave;
import org.hikae.rollout.view.WaveView;
import org.hikae.ui.faces.Banner;
import org.jspecify.annotations.Nullable;

/** A wave as it is filled in. */
public class WaveForm implements Serializable {

  /** A share for a pilot. */
  static final int SMALL_SHARE = 5;

  /** The share of all. */
  static final int EVERYBODY = 100;

  private String name = "";
  private AudienceKind audience = AudienceKind.GROUPS;
  private int percent = SMALL_SHARE;
  private @Nullable String startsAt;
  private @Nullable Instant stored;
  private boolean past;
  private List<GroupChoice> groups = List.of();
  private final PeopleForm people = new PeopleForm();
  private boolean soaking;
  private int soakDays = SoakRule.DEFAULT.days();
  private int minHealthyPercent = SoakRule.DEFAULT.minHealthyPercent();
  private int minObserved = SoakRule.DEFAULT.minObserved();

  /**
   * A new wave as it is proposed.
   *
   * @param share percent of everybody
   * @param first whether no wave is before it
   * @param known groups to choose from
   */
  static WaveForm proposed(
      String name, int share, boolean first, List<AudiencePreview.Group> known) {
    WaveForm form = new WaveForm();
    form.fill(null, first, known);
    form.name = name;
    form.audience = AudienceKind.PERCENT;
    form.percent = share;
    return form;
  }

  /** Says whether no wave is before it any more. */
  void first(boolean first) {
    soaking = !first;
  }

  /** Whether it is for everybody. */
  boolean isForEverybody() {
    return audience == AudienceKind.PERCENT && percent == EVERYBODY;
  }

  /**
   * Fills in what stands.
   *
   * @param wave the wave; null for a new one
   * @param first whether no wave is before it, so that nothing can soak
   * @param known groups to choose from
   */
  void fill(@Nullable WaveView wave, boolean first, List<AudiencePreview.Group> known) {
    soaking = !first;
    List<String> chosen = wave == null || wave.groups() == null ? List.of() : wave.groups();
    Map<String, GroupChoice> choices = new LinkedHashMap<>();
    // What is chosen comes first, so that it is seen without looking for it.
    chosen.forEach(path -> choices.put(path, new GroupChoice(path, people(path, known), true)));
    known.forEach(
        group ->
            choices.putIfAbsent(
                group.path(), new GroupChoice(group.path(), group.people(), false)));
    groups = new ArrayList<>(choices.values());
    if (wave != null) {
      name = wave.name();
      audience = wave.audience();
      percent = wave.percent() == null ? SMALL_SHARE : wave.percent();
      stored = wave.startsAt();
      startsAt = stored == null ? null : stored.toString();
      soakDays = wave.soakDays();
      minHealthyPercent = wave.minHealthyPercent();
      minObserved = wave.minObserved();
    }
  }

  private static @Nullable Long people(String path, List<AudiencePreview.Group> known) {
    return known.stream()
        .filter(group -> group.path().equals(path))
        .map(AudiencePreview.Group::people)
        .findFirst()
        .orElse(null);
  }

  /** What is to be put; a time that there is not is refused. */
  PutWave put() {
    return new PutWave(
        name,
        instant(),
        audience == AudienceKind.GROUPS ? chosen() : null,
        audience == AudienceKind.PERCENT ? (Integer) percent : null,
        soaking ? (Integer) soakDays : null,
        soaking ? (Integer) minHealthyPercent : null,
        soaking ? (Integer) minObserved : null);
  }

  /** The same with those who are picked for its list. */
  PickedWave picked() {
    return new PickedWave(put(), audience == AudienceKind.LIST ? people.change() : ListChange.NONE);
  }

  /** Paths of the chosen groups. */
  List<String> chosen() {
    return groups.stream().filter(GroupChoice::isChosen).map(GroupChoice::getPath).toList();
  }

  private @Nullable Instant instant() {
    String typed = startsAt;
    return typed == null || typed.isEmpty() ? null : InstantParser.parse("startsAt", typed);
  }

  /** Whether a time was put in that is over; one that stood there before may be. */
  boolean checkPast(Instant now) {
    Instant start = getStart();
    past = start != null && start.isBefore(now) && !Objects.equals(start, stored);
    return past;
  }

  /** Whether the time before which it is not to begin was over when it was looked at. */
  public boolean isPast() {
    return past;
  }

  /** What has to be seen of the wave before, in words, as it is filled in. */
  public String getSoakText() {
    return SoakText.of(Banner.texts("cam"), soakDays, minHealthyPercent, minObserved);
  }

  /** Those who are picked one by one, for a list. */
  public PeopleForm getPeople() {
    return people;
  }

  /** How a wave can say whom it is for. */
  public List<AudienceKind> getAudiences() {
    return List.of(AudienceKind.GROUPS, AudienceKind.PERCENT, AudienceKind.LIST);
  }

  /** Not before this time; null for any, and for a text that is no time. */
  public @Nullable Instant getStart() {
    String typed = startsAt;
    return typed == null ? null : InstantParser.read(typed).orElse(null);
  }

  /** What people call it. */
  public String getName() {
    return name;
  }

  /** Sets the name. */
  public void setName(String name) {
    this.name = name;
  }

  /** How it says whom it is for. */
  public AudienceKind getAudience() {
    return audience;
  }

  /** Sets how it says whom it is for. */
  public void setAudience(AudienceKind audience) {
    this.audience = audience;
  }

  /** Share of everybody. */
  public int getPercent() {
    return percent;
  }

  /** Sets the share of everybody. */
  public void setPercent(int percent) {
    this.percent = percent;
  }

  /** Not before this instant, as ISO-8601; the page's script makes it of what was typed. */
  public @Nullable String getStartsAt() {
    return startsAt;
  }

  /** Sets the time before which it does not begin. */
  public void setStartsAt(@Nullable String startsAt) {
    this.startsAt = startsAt;
  }

  /** Whether a wave is before it, which can soak. */
  public boolean isSoaking() {
    return soaking;
  }

  /** Days since everybody of the wave before was invited. */
  public int getSoakDays() {
    return soakDays;
  }

  /** Sets the days. */
  public void setSoakDays(int soakDays) {
    this.soakDays = soakDays;
  }

  /** Share of those observed in the wave before who must be healthy, in percent. */
  public int getMinHealthyPercent() {
    return minHealthyPercent;
  }

  /** Sets the share who must be healthy. */
  public void setMinHealthyPercent(int minHealthyPercent) {
    this.minHealthyPercent = minHealthyPercent;
  }

  /** How many people of the wave before must be observed. */
  public int getMinObserved() {
    return minObserved;
  }

  /** Sets how many must be observed. */
  public void setMinObserved(int minObserved) {
    this.minObserved = minObserved;
  }

  /** Groups to choose from. */
  public List<GroupChoice> getGroups() {
    return groups;
  }
}
