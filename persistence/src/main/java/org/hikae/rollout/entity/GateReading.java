package org.hikae.rollout.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hikae.rollout.value.GateKind;

/** What a gate saw in a wave. Never changed. */
@Entity
@Table(name = "rollout_gate_reading")
public class GateReading {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Column(name = "reading_id")
  private Long readingId;

  @Column(name = "campaign_id", updatable = false)
  private long campaignId;

  @Column(name = "wave_id", updatable = false)
  private long waveId;

  @Enumerated(EnumType.STRING)
  @Column(name = "gate", updatable = false)
  private GateKind gate;

  @Column(name = "failing", updatable = false)
  private long failing;

  @Column(name = "observed", updatable = false)
  private long observed;

  @Column(name = "max_percent", updatable = false)
  private int maxPercent;

  @Column(name = "min_observed", updatable = false)
  private int minObserved;

  @Column(name = "exceeded", updatable = false)
  private boolean exceeded;

  @Column(name = "read_at", updatable = false)
  private Instant readAt;

  /** For the persistence provider. */
  protected GateReading() {}

  /**
   * What {@code kind} saw in a wave, judged by {@code gate}.
   *
   * @param invited people whom the wave has invited; the minimum is never above them
   */
  public GateReading(
      Wave wave,
      GateKind kind,
      Gate gate,
      long invited,
      long failing,
      long observed,
      Instant readAt) {
    this.campaignId = wave.campaignId();
    this.waveId = wave.waveId();
    this.gate = kind;
    this.failing = failing;
    this.observed = observed;
    this.maxPercent = gate.maxPercent();
    this.minObserved = Math.toIntExact(gate.needed(invited));
    this.exceeded = gate.exceededBy(failing, observed, invited);
    this.readAt = readAt;
  }

  /** Whether {@code other} says the same of the same wave. */
  public boolean sameAs(GateReading other) {
    return waveId == other.waveId
        && gate == other.gate
        && failing == other.failing
        && observed == other.observed
        && maxPercent == other.maxPercent
        && minObserved == other.minObserved;
  }

  /** Identifier; grows with time. */
  public long readingId() {
    return readingId;
  }

  /** Which wave. */
  public long waveId() {
    return waveId;
  }

  /** Which gate. */
  public GateKind gate() {
    return gate;
  }

  /** How many failed. */
  public long failing() {
    return failing;
  }

  /** Of how many. */
  public long observed() {
    return observed;
  }

  /** The limit that it was judged by. */
  public Gate limit() {
    return new Gate(maxPercent, minObserved);
  }

  /** Whether that was too many. */
  public boolean exceeded() {
    return exceeded;
  }

  /** When. */
  public Instant readAt() {
    return readAt;
  }
}
