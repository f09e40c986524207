package org.hikae.device.schedule;

import java.nio.file.Path;

/**
 * What is asked about the computer itself; replaced by tests.
 *
 * @param programs its other programs
 * @param powerSupplies the folder in which Linux lists chargers and batteries
 * @param givesWay whether scheduled runs lower the priority of the process, for good
 */
public record HostComputer(ProgramRunner programs, Path powerSupplies, boolean givesWay) {

  /** The real one. */
  public static HostComputer real() {
    return new HostComputer(ProgramRunner.real(), Path.of("/sys/class/power_supply"), true);
  }
}
