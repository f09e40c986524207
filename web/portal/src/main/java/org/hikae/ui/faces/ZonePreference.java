package org.hikae.ui.faces;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * The time zone of the reader's browser, for what the portal adds up by hours of a day. A page's
 * script says it in a cookie; until then, and when there is no such zone, it is UTC. Single times
 * are shown by the script alone.
 */
@Named
@RequestScoped
public class ZonePreference {

  private static final String COOKIE = "hikae-zone";
  private static final int MAX_CHARS = 100;
  private static final ZoneId UTC = ZoneId.of("UTC");

  /** The zone. */
  public ZoneId getZone() {
    return of(ViewerPreferences.remembered(COOKIE));
  }

  /** The zone that a cookie names, which may say anything. */
  static ZoneId of(@Nullable String cookie) {
    if (cookie == null || cookie.length() > MAX_CHARS) {
      return UTC;
    }
    try {
      String name = URLDecoder.decode(cookie, StandardCharsets.UTF_8);
      return ZoneId.getAvailableZoneIds().contains(name) ? ZoneId.of(name) : UTC;
    } catch (IllegalArgumentException e) {
      // A percent sign with no digits after it.
      return UTC;
    }
  }
}
