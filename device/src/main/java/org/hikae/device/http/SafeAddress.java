package org.hikae.device.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;

/** Addresses the agent may talk to: HTTPS, or plain HTTP to this very computer. */
public final class SafeAddress {

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private SafeAddress() {}

  /**
   * Reads an address without query, fragment and trailing slash, and refuses plain HTTP to other
   * computers. What names one place is one text: scheme and host in small letters, without the port
   * that is the scheme's own.
   */
  public static URI parse(String text) throws AgentException {
    URI uri = checked(text);
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new AgentException(RunResult.REFUSED, "address.malformed", text);
    }
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    boolean own = uri.getPort() < 0 || uri.getPort() == (scheme.equals("https") ? 443 : 80);
    String path = uri.getRawPath();
    return URI.create(
        scheme
            + "://"
            + host
            + (own ? "" : ":" + uri.getPort())
            + (path.endsWith("/") ? path.substring(0, path.length() - 1) : path));
  }

  /** Whether an address that was kept, perhaps as it was typed, names the same place. */
  public static boolean isSame(String kept, URI parsed) {
    try {
      return parse(kept).equals(parsed);
    } catch (AgentException e) {
      return false;
    }
  }

  /** Refuses plain HTTP to other computers. */
  public static URI checked(String text) throws AgentException {
    URI uri;
    try {
      uri = new URI(text.strip());
    } catch (URISyntaxException e) {
      throw new AgentException(RunResult.REFUSED, "address.malformed", text);
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
    if (host.isEmpty() || uri.getRawUserInfo() != null) {
      throw new AgentException(RunResult.REFUSED, "address.malformed", text);
    }
    boolean safe = scheme.equals("https") || (scheme.equals("http") && LOOPBACK.contains(host));
    if (!safe) {
      throw new AgentException(RunResult.REFUSED, "address.not-https", text);
    }
    return uri;
  }
}
