package org.hikae.vault.exploration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.hikae.vault.exploration.system.Move;
import org.hikae.vault.exploration.system.Move.Act;
import org.hikae.vault.exploration.system.Move.How;
import org.hikae.vault.exploration.system.Moves;

/**
 * Where an exploration begins, and which moves it makes from there.
 *
 * @param beginning leads to the first situation
 * @param waits before the attempts after the third failure
 * @param depth how many moves in a row are made in the usual run
 */
record Scope(
    String name,
    Consumer<Moves> beginning,
    List<Duration> waits,
    int depth,
    Set<Act> acts,
    Set<How> hows,
    Set<Act> meanwhile) {

  List<Move> moves() {
    List<Move> all = new ArrayList<>();
    for (Act act : acts) {
      if (!act.isMessage()) {
        all.add(Move.of(act));
        continue;
      }
      for (How how : hows) {
        boolean inside = how == How.MEANWHILE || how == How.MEANWHILE_ROOT_AWAY;
        if (!inside) {
          all.add(new Move(act, how, null));
        } else if (act.slot == Move.Slot.LOGIN_START) {
          meanwhile.forEach(other -> all.add(new Move(act, how, Move.of(other))));
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
