package org.hikae.rollout.faces;

import java.io.Serializable;
import org.hikae.rollout.value.GateKind;
import org.hikae.rollout.view.GateView;

/** A gate as it is filled in. */
public class GateForm implements Serializable {

  private final GateKind gate;
  private boolean on;
  private int maxPercent;
  private int minObserved;

  GateForm(GateKind gate, boolean on, int maxPercent, int minObserved) {
    this.gate = gate;
    this.on = on;
    this.maxPercent = maxPercent;
    this.minObserved = minObserved;
  }

  GateView view() {
    return new GateView(gate, maxPercent, minObserved);
  }

  /** Which gate. */
  public GateKind getGate() {
    return gate;
  }

  /** Whether it may halt the campaign. */
  public boolean isOn() {
    return on;
  }

  /** Says whether it may halt the campaign. */
  public void setOn(boolean on) {
    this.on = on;
  }

  /** Share that may fail, in percent. */
  public int getMaxPercent() {
    return maxPercent;
  }

  /** Sets the share that may fail. */
  public void setMaxPercent(int maxPercent) {
    this.maxPercent = maxPercent;
  }

  /** Observations before it may halt. */
  public int getMinObserved() {
    return minObserved;
  }

  /** Sets the observations before it may halt. */
  public void setMinObserved(int minObserved) {
    this.minObserved = minObserved;
  }
}
