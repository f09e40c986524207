package org.hikae.rollout.boundary;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.hikae.problem.boundary.Refusal;
import org.hikae.rollout.entity.Gate;
import org.hikae.rollout.entity.GateKind;

/**
 * A gate of a campaign: it halts the campaign when in any of its waves more than {@code maxPercent}
 * fail and at least {@code minObserved} were observed.
 *
 * @param gate FAILED_FIRST_BACKUPS, VAULT_ERRORS or STALE_DEVICES
 * @param maxPercent share that may fail, 0 to 99
 * @param minObserved observations before it may halt, 1 to 1,000,000
 */
public record GateView(String gate, int maxPercent, int minObserved) {

  static List<GateView> of(Map<GateKind, Gate> gates) {
    return gates.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> of(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static GateView of(GateKind kind, Gate gate) {
    return new GateView(kind.name(), gate.maxPercent(), gate.minObserved());
  }

  static Map<GateKind, Gate> parse(List<GateView> gates) {
    Map<GateKind, Gate> parsed = new EnumMap<>(GateKind.class);
    for (GateView view : gates) {
      GateKind kind =
          Arrays.stream(GateKind.values())
              .filter(known -> known.name().equals(view.gate()))
              .findFirst()
              .orElseThrow(() -> Refusal.malformed("gates names one that there is not."));
      if (view.maxPercent() < 0 || view.maxPercent() > Gate.MAX_PERCENT) {
        throw Refusal.malformed("maxPercent must be a number from 0 to " + Gate.MAX_PERCENT + ".");
      }
      if (view.minObserved() < 1 || view.minObserved() > Gate.MAX_OBSERVED) {
        throw Refusal.malformed(
            "minObserved must be a number from 1 to " + Gate.MAX_OBSERVED + ".");
      }
      if (parsed.put(kind, new Gate(view.maxPercent(), view.minObserved())) != null) {
        throw Refusal.malformed("gates names one twice.");
      }
    }
    return parsed;
  }
}
