package org.hikae.device.schedule;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether the computer runs on battery, as Linux tells. */
final class BatteryPower {

  private static final int MAX_SUPPLIES = 64;
  private static final int MAX_VALUE = 64;

  private BatteryPower() {}

  /**
   * True when a battery of the computer itself is being emptied and no charger is plugged in. What
   * cannot be read counts as mains: a desktop computer lists nothing at all.
   */
  static boolean onBattery(Path supplies) {
    boolean emptied = false;
    int seen = 0;
    try (DirectoryStream<Path> all = Files.newDirectoryStream(supplies)) {
      for (Path supply : all) {
        if (++seen > MAX_SUPPLIES) {
          break;
        }
        String type = value(supply, "type");
        if (type.equals("Battery") || type.equals("UPS")) {
          // The battery of a mouse has this scope.
          boolean ofDevice = value(supply, "scope").equals("Device");
          emptied |= !ofDevice && value(supply, "status").equals("Discharging");
        } else if (value(supply, "online").equals("1")) {
          return false;
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      return false;
    }
    return emptied;
  }

  private static String value(Path supply, String name) {
    try (InputStream in = Files.newInputStream(supply.resolve(name))) {
      return new String(in.readNBytes(MAX_VALUE), StandardCharsets.US_ASCII).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
