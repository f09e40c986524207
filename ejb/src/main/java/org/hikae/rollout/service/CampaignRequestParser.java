package org.hikae.rollout.service;

import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hikae.identity.view.GroupPaths;
import org.hikae.problem.control.PlainTextCheck;
import org.hikae.problem.control.Refusal;
import org.hikae.rollout.entity.Campaign;
import org.hikae.rollout.entity.Gate;
import org.hikae.rollout.entity.Wave;
import org.hikae.rollout.value.AudienceKind;
import org.hikae.rollout.value.GateKind;
import org.hikae.rollout.value.SoakRule;
import org.hikae.rollout.view.GateView;
import org.hikae.rollout.view.ListChange;
import org.hikae.rollout.view.PutWave;
import org.hikae.rollout.view.StartWave;
import org.jspecify.annotations.Nullable;

/** What requests say about campaigns, checked. */
public final class CampaignRequestParser {

  private CampaignRequestParser() {}

  public static Set<String> groups(List<String> groups) {
    Set<String> paths = new LinkedHashSet<>(groups);
    if (paths.isEmpty() || paths.size() > Wave.MAX_GROUPS) {
      throw Refusal.malformed("groups must name 1 to " + Wave.MAX_GROUPS + ".");
    }
    if (!paths.stream().allMatch(GroupPaths::isValid)) {
      throw Refusal.malformed("groups must be paths such as /sales.");
    }
    return paths;
  }

  public static int percent(int percent) {
    if (percent < 1 || percent > 100) {
      throw Refusal.malformed("percent must be a number from 1 to 100.");
    }
    return percent;
  }

  public static String name(String name) {
    String stripped = name.strip();
    if (stripped.isEmpty()) {
      throw Refusal.malformed("name must have 1 to " + Campaign.MAX_NAME_CHARS + " characters.");
    }
    return PlainTextCheck.line("name", stripped, Campaign.MAX_NAME_CHARS);
  }

  public static String reason(String reason) {
    String stripped = reason.strip();
    if (stripped.isEmpty()) {
      throw Refusal.malformed(
          "reason must have 1 to " + StartWave.MAX_REASON_CHARS + " characters.");
    }
    return PlainTextCheck.line("reason", stripped, StartWave.MAX_REASON_CHARS);
  }

  public static @Nullable String description(@Nullable String description) {
    if (description != null && description.length() > Campaign.MAX_DESCRIPTION_CHARS) {
      throw Refusal.malformed(
          "description may have at most " + Campaign.MAX_DESCRIPTION_CHARS + " characters.");
    }
    return description;
  }

  public static Map<GateKind, Gate> gates(List<GateView> gates) {
    Map<GateKind, Gate> parsed = new EnumMap<>(GateKind.class);
    for (GateView wanted : gates) {
      if (wanted.maxPercent() < 0 || wanted.maxPercent() > Gate.MAX_PERCENT) {
        throw Refusal.malformed("maxPercent must be a number from 0 to " + Gate.MAX_PERCENT + ".");
      }
      if (wanted.minObserved() < 1 || wanted.minObserved() > Gate.MAX_OBSERVED) {
        throw Refusal.malformed(
            "minObserved must be a number from 1 to " + Gate.MAX_OBSERVED + ".");
      }
      if (parsed.put(wanted.gate(), new Gate(wanted.maxPercent(), wanted.minObserved())) != null) {
        throw Refusal.malformed("gates names one twice.");
      }
    }
    return parsed;
  }

  /** Writes what the request says into the wave, which has its defaults. */
  public static void describe(Wave wave, PutWave wanted) {
    if (wanted.groups() != null && wanted.percent() != null) {
      throw Refusal.malformed("groups and percent exclude each other.");
    }
    wave.describe(name(wanted.name()), wanted.startsAt());
    wave.soakBefore(soak(wanted, wave.soak()));
    if (wanted.groups() != null) {
      wave.toGroups(groups(wanted.groups()));
    } else if (wanted.percent() != null) {
      wave.toPercent(percent(wanted.percent()));
    } else if (wave.kind() != AudienceKind.LIST) {
      wave.toList();
    }
  }

  public static void check(ListChange change) {
    if (change.added().size() > ListChange.MOST || change.removed().size() > ListChange.MOST) {
      throw Refusal.malformed(
          "At most " + ListChange.MOST + " people join or leave a list one by one.");
    }
  }

  /** What the request says of the wave before; {@code absent} has what it does not say. */
  private static SoakRule soak(PutWave wanted, SoakRule absent) {
    return new SoakRule(
        within("soakDays", wanted.soakDays(), absent.days(), SoakRule.MAX_DAYS),
        within("minHealthyPercent", wanted.minHealthyPercent(), absent.minHealthyPercent(), 100),
        within("minObserved", wanted.minObserved(), absent.minObserved(), SoakRule.MAX_OBSERVED));
  }

  private static int within(String name, @Nullable Integer number, int absent, int most) {
    int value = number == null ? absent : number;
    if (value < 0 || value > most) {
      throw Refusal.malformed(name + " must be a number from 0 to " + most + ".");
    }
    return value;
  }
}
