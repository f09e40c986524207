package org.hikae.vault.exploration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.hikae.vault.exploration.system.ActionExecutor;
import org.hikae.vault.exploration.system.SystemAction;
import org.hikae.vault.exploration.system.SystemAction.ActionKind;
import org.hikae.vault.exploration.system.SystemAction.Delivery;

/**
 * Where an exploration begins, and which moves it makes from there.
 *
 * @param beginning leads to the first situation
 * @param waits before the attempts after the third failure
 * @param depth how many moves in a row are made in the usual run
 */
record Exploration(
    String name,
    Consumer<ActionExecutor> beginning,
    List<Duration> waits,
    int depth,
    Set<ActionKind> acts,
    Set<Delivery> hows,
    Set<ActionKind> meanwhile) {

  List<SystemAction> moves() {
    List<SystemAction> all = new ArrayList<>();
    for (ActionKind actionKind : acts) {
      if (!actionKind.isMessage()) {
        all.add(SystemAction.of(actionKind));
        continue;
      }
      for (Delivery delivery : hows) {
        boolean inside = delivery == Delivery.MEANWHILE || delivery == Delivery.MEANWHILE_ROOT_AWAY;
        if (!inside) {
          all.add(new SystemAction(actionKind, delivery, null));
        } else if (actionKind.slot == SystemAction.MessageSlot.LOGIN_START) {
          meanwhile.forEach(
              other -> all.add(new SystemAction(actionKind, delivery, SystemAction.of(other))));
        }
      }
    }
    return all;
  }

  @Override
  public String toString() {
    return name;
  }
}
