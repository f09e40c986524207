package org.hikae.ui.faces;

import jakarta.faces.application.Resource;
import jakarta.faces.application.ResourceHandler;
import jakarta.faces.application.ResourceHandlerWrapper;
import jakarta.faces.application.ResourceWrapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Gives each file of our own an address that changes with its content. Browsers keep such files for
 * a week; after an upgrade they ask for the new ones at once.
 */
public class VersionedResourceHandler extends ResourceHandlerWrapper {

  private static final String LIBRARY = "hikae";

  private final Map<String, String> known = new ConcurrentHashMap<>();

  /** What gives all other files. */
  public VersionedResourceHandler(ResourceHandler others) {
    super(others);
  }

  @Override
  public @Nullable Resource createResource(String name, @Nullable String library) {
    Resource resource = getWrapped().createResource(name, library);
    return resource == null || !LIBRARY.equals(library) ? resource : new Versioned(resource);
  }

  private static String version(Resource resource) {
    CRC32 sum = new CRC32();
    // Not getInputStream: it may announce what is being answered now, a page, as compressed.
    try (InputStream bytes = resource.getURL().openStream()) {
      sum.update(bytes.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Long.toHexString(sum.getValue());
  }

  private final class Versioned extends ResourceWrapper {

    private Versioned(Resource resource) {
      super(resource);
    }

    @Override
    public String getRequestPath() {
      String version = known.computeIfAbsent(getResourceName(), _ -> version(getWrapped()));
      return getWrapped().getRequestPath() + "&v=" + version;
    }
  }
}
