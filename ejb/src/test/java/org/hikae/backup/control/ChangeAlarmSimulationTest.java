package org.hikae.backup.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.hikae.backup.control.ChangeAlarmRules.DayWeight;
import org.hikae.backup.entity.ChangeDay;
import org.hikae.backup.value.DepartureKind;
import org.hikae.backup.wire.ChangeFigures;
import org.hikae.backup.wire.ChangeLevel;
import org.hikae.backup.wire.EntropyKind;
import org.hikae.policy.view.ChangeAlarmThresholds;
import org.junit.jupiter.api.Test;

/**
 * A thousand devices, a year of ordinary work and twenty outbreaks of malware, made up with fixed
 * seeds (ADR 72). What it finds is written to {@code target/change-alarms.txt}. Nine of ten devices
 * back up once on each day of work, the others eight times. Malware releases all snapshots of a
 * device at once, with the device's own right to do so, and again each day.
 */
class ChangeAlarmSimulationTest {

  private static final int DEVICES = 1000;
  private static final int DAYS = 365;
  private static final int OUTBREAKS = 20;
  private static final int FILES = 20_000;
  private static final int HOLD_DAYS = 30;

  /** Days until an administrator has looked, and ended an alarm. */
  private static final int DAYS_TO_END = 5;

  private static final ChangeAlarmThresholds BUILT_IN = new ChangeAlarmThresholds(20, 3);

  /** How somebody works. */
  private enum Work {
    /** Documents and mail: little changes, hardly anything looks random. */
    OFFICE(0.005, 0.002, 0.0, 0.06, 0.00005),
    /** Branches come and go; packed objects look random. */
    CODE(0.03, 0.02, 0.03, 0.25, 0.0002),
    /** Pictures and films, moved in large folders; their beginnings do not look random. */
    MEDIA(0.01, 0.02, 0.0, 0.1, 0.0001),
    /** Encrypted archives, each day. */
    ARCHIVES(0.01, 0.003, 0.4, 0.95, 0.005);

    private final double changed;
    private final double gone;
    private final double leastRandom;
    private final double mostRandom;
    private final double packs;

    Work(double changed, double gone, double leastRandom, double mostRandom, double packs) {
      this.changed = changed;
      this.gone = gone;
      this.leastRandom = leastRandom;
      this.mostRandom = mostRandom;
      this.packs = packs;
    }

    static Work of(int device) {
      int each = device % 50;
      return each == 0 ? ARCHIVES : each == 1 ? MEDIA : each < 5 ? CODE : OFFICE;
    }
  }

  /** A device, as the portal sees it and as it is. */
  private static final class SimulatedDevice {
    private final Work work;
    private final List<DayWeight> days = new ArrayList<>();
    private int alarmSince = -1;
    private int releasedSince = -1;
    private double encrypted;

    SimulatedDevice(Work work) {
      this.work = work;
    }
  }

  /**
   * Malware.
   *
   * @param aDay which part of the files it encrypts each day of work
   */
  private record Outbreak(int day, List<Integer> devices, double aDay, boolean renames) {}

  /** What came of all of it. */
  private static final class Findings {
    private final Map<Outbreak, Integer> foundAfter = new HashMap<>();
    private final Set<Integer> falseAlarms = new HashSet<>();
    private int falseOfOne;
    private int falseOfMany;
    private int falseAtFirst;
    private int besideOutbreak;
    private int hit;
    private int frozen;
    private int releasedWhileFrozen;
    private int removedWhileFrozen;
    private int lostBefore;
  }

  private final Random random = new Random(72);
  private final Random malware = new Random(27);
  private final List<SimulatedDevice> devices = new ArrayList<>();
  private final List<Outbreak> outbreaks = new ArrayList<>();
  private final Map<Integer, Outbreak> infected = new HashMap<>();
  private final Map<Integer, NavigableSet<Integer>> departures = new HashMap<>();
  private final Findings findings = new Findings();

  private int day;

  @Test
  void a_year_of_a_thousand_devices() throws IOException {
    for (int i = 0; i < DEVICES; i++) {
      devices.add(new SimulatedDevice(Work.of(i)));
    }
    plan();
    for (day = 0; day < DAYS; day++) {
      begin();
      if (day % 7 < 5) {
        Set<Integer> departed = new HashSet<>();
        for (int i = 0; i < DEVICES; i++) {
          for (int j = 0; j < backups(i); j++) {
            backUp(i, departed);
          }
        }
        alarmOfMany(departed);
      }
      night();
    }
    report();
    // While an alarm stands nothing goes, whatever the malware asks for.
    assertThat(findings.releasedWhileFrozen).isZero();
    assertThat(findings.removedWhileFrozen).isZero();
    // Loose bounds: figures may shift, a detector that sees nothing or everything may not.
    assertThat(findings.foundAfter).hasSizeGreaterThanOrEqualTo(OUTBREAKS * 3 / 4);
    assertThat(findings.falseOfOne + findings.falseOfMany).isLessThan(DEVICES / 5);
  }

  private void plan() {
    double[] speeds = {1.0, 1.0, 0.5, 0.2, 0.1, 0.03, 0.015};
    int[] sizes = {1, 1, 2, 3, 5, 10, 20, 40};
    for (int i = 0; i < OUTBREAKS; i++) {
      List<Integer> hit = new ArrayList<>();
      for (int j = 0; j < sizes[i % sizes.length]; j++) {
        hit.add(malware.nextInt(DEVICES));
      }
      outbreaks.add(
          new Outbreak(
              30 + 15 * i + malware.nextInt(5),
              List.copyOf(hit),
              speeds[i % speeds.length],
              malware.nextBoolean()));
    }
  }

  private void begin() {
    for (Outbreak outbreak : outbreaks) {
      if (outbreak.day() == day) {
        for (int i : outbreak.devices()) {
          if (infected.putIfAbsent(i, outbreak) == null) {
            devices.get(i).encrypted = 0;
            findings.hit++;
          }
        }
      }
    }
  }

  private void backUp(int i, Set<Integer> departed) {
    SimulatedDevice device = devices.get(i);
    Work work = device.work;
    double each = 1.0 / backups(i);
    double changed = exponential(work.changed * each);
    double gone = exponential(work.gone * each);
    double fresh = exponential(0.003 * each);
    double looksRandom =
        work.leastRandom + random.nextDouble() * (work.mostRandom - work.leastRandom);
    double rare = random.nextDouble() / each;
    if (rare < work.packs) {
      // Somebody packs or encrypts whole folders.
      gone += 0.05 + 0.6 * random.nextDouble();
      fresh += gone;
      looksRandom = 0.85 + 0.15 * random.nextDouble();
    } else if (rare < 0.006) {
      // Folders are put in order: names go and come, contents stay what they were.
      double moved = 0.05 + 0.75 * random.nextDouble();
      gone += moved;
      fresh += moved;
    } else if (rare < 0.007) {
      // Documents are converted.
      changed += 0.2 + 0.4 * random.nextDouble();
    }
    double read = changed + fresh;
    double randomRead = read * looksRandom;
    Outbreak outbreak = infected.get(i);
    if (outbreak != null) {
      double more = Math.min(outbreak.aDay() * each, 1 - device.encrypted);
      device.encrypted += more;
      changed += outbreak.renames() ? 0 : more;
      gone += outbreak.renames() ? more : 0;
      read += more;
      randomRead += more;
      release(device);
    }
    told(i, figures(changed, gone, randomRead, read), departed);
  }

  /** One in ten backs up eight times a day. */
  private static int backups(int device) {
    return device % 10 == 3 ? 8 : 1;
  }

  private double exponential(double mean) {
    return -mean * Math.log(1 - random.nextDouble());
  }

  private static ChangeFigures figures(double changed, double gone, double random, double read) {
    return new ChangeFigures(
        ChangeLevel.of(count(changed), FILES),
        ChangeLevel.of(count(gone), FILES),
        EntropyKind.of(count(random), count(read)));
  }

  private static long count(double part) {
    return Math.round(part * FILES);
  }

  /** As the portal does; what the service reads from the database is read from lists here. */
  private void told(int i, ChangeFigures figures, Set<Integer> departed) {
    SimulatedDevice device = devices.get(i);
    LocalDate today = LocalDate.EPOCH.plusDays(day);
    if (device.days.isEmpty() || device.days.getLast().day().isBefore(today)) {
      device.days.add(new DayWeight(today, 0, 0, false));
    }
    DayWeight row = device.days.removeLast();
    int weight = Math.min(ChangeDay.MOST_WEIGHT, row.weight() + ChangeAlarmRules.weight(figures));
    device.days.add(new DayWeight(today, weight, row.settled(), row.outbreak()));
    Optional<DepartureKind> how = ChangeAlarmRules.judge(figures, today, device.days, BUILT_IN);
    if (how.isPresent()) {
      departed.add(i);
      departures.computeIfAbsent(i, _ -> new TreeSet<>()).add(day);
    }
    if (how.filter(DepartureKind.OUTBREAK::equals).isPresent()) {
      device.days.removeLast();
      device.days.add(new DayWeight(today, weight, row.settled(), true));
      if (device.alarmSince < 0) {
        raise(i, false);
      }
    }
  }

  /** An administrator has judged the device; what was meant is usual. */
  private static void settle(SimulatedDevice device, boolean meant) {
    device.days.replaceAll(
        one -> new DayWeight(one.day(), 0, one.settled() + (meant ? one.weight() : 0), false));
  }

  private void alarmOfMany(Set<Integer> departed) {
    long before =
        departures.values().stream()
            .filter(
                days ->
                    !days.subSet(day - (int) ChangeAlarmRules.USUAL_DAYS_OF_MANY, day).isEmpty())
            .count();
    List<Integer> counted =
        departed.stream()
            .filter(
                i ->
                    departures
                        .get(i)
                        .subSet(
                            day - (int) ChangeAlarmRules.USUAL_DAYS_OF_MANY,
                            day - (int) ChangeAlarmRules.NEW_DAYS)
                        .isEmpty())
            .toList();
    if (ChangeAlarmRules.isOutbreakOfMany(counted.size(), before, BUILT_IN)) {
      counted.stream().filter(i -> devices.get(i).alarmSince < 0).forEach(i -> raise(i, true));
    }
  }

  private void raise(int i, boolean ofMany) {
    devices.get(i).alarmSince = day;
    Outbreak outbreak = infected.get(i);
    if (outbreak == null) {
      findings.falseAlarms.add(i);
      findings.falseAtFirst += day < ChangeAlarmRules.USUAL_DAYS_OF_MANY ? 1 : 0;
      findings.falseOfOne += ofMany ? 0 : 1;
      findings.falseOfMany += ofMany && infected.isEmpty() ? 1 : 0;
      findings.besideOutbreak += ofMany && !infected.isEmpty() ? 1 : 0;
      return;
    }
    findings.frozen++;
    findings.foundAfter.putIfAbsent(outbreak, day - outbreak.day());
  }

  /** The malware releases everything; refused while an alarm stands. */
  private void release(SimulatedDevice device) {
    if (device.alarmSince >= 0) {
      return;
    }
    if (device.releasedSince < 0) {
      device.releasedSince = day;
    }
  }

  private void night() {
    for (int i = 0; i < DEVICES; i++) {
      SimulatedDevice device = devices.get(i);
      boolean frozen = device.alarmSince >= 0;
      if (frozen && device.releasedSince > device.alarmSince) {
        findings.releasedWhileFrozen++;
      }
      if (device.releasedSince >= 0 && day - device.releasedSince >= HOLD_DAYS && !frozen) {
        findings.lostBefore++;
        device.releasedSince = -1;
        infected.remove(i);
      }
      if (frozen && day - device.alarmSince >= DAYS_TO_END) {
        // Cleaned and restored, or harmless; what was released is taken back.
        device.alarmSince = -1;
        settle(device, !infected.containsKey(i));
        device.releasedSince = -1;
        infected.remove(i);
      }
    }
  }

  private void report() throws IOException {
    List<Integer> days = findings.foundAfter.values().stream().sorted().toList();
    List<String> lines =
        List.of(
            "devices " + DEVICES + ", days " + DAYS + ", outbreaks " + OUTBREAKS,
            "outbreaks found " + days.size() + ", after days " + days,
            "devices hit " + findings.hit + ", frozen " + findings.frozen,
            "devices hit that were never frozen and lost released snapshots " + findings.lostBefore,
            "false alarms about one device " + findings.falseOfOne,
            "false alarms about a device among many " + findings.falseOfMany,
            "the same while an outbreak went on " + findings.besideOutbreak,
            "false alarms in the first four weeks, with no history " + findings.falseAtFirst,
            "devices with false alarms " + findings.falseAlarms.size(),
            "released while an alarm stood " + findings.releasedWhileFrozen,
            "removed while an alarm stood " + findings.removedWhileFrozen,
            String.format(
                Locale.ROOT,
                "false alarms a week %.2f",
                (findings.falseOfOne + findings.falseOfMany) / (DAYS / 7.0)));
    Path file = Path.of("target", "change-alarms.txt");
    Files.createDirectories(file.getParent());
    Files.write(file, lines);
  }
}
