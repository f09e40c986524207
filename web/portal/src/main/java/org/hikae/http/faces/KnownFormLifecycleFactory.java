package org.hikae.http.faces;

import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.faces.lifecycle.Lifecycle;
import jakarta.faces.lifecycle.LifecycleFactory;
import jakarta.faces.lifecycle.LifecycleWrapper;
import jakarta.faces.render.RenderKitFactory;
import jakarta.faces.render.ResponseStateManager;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lets through to Faces only such forms as its pages make. Any other is answered as one whose page
 * has expired, before Faces looks at it: Faces and PrimeFaces would write a trace of what they made
 * of it into the log for each, also for somebody who has not signed in.
 */
public class KnownFormLifecycleFactory extends LifecycleFactory {

  /** Before what makes the lifecycles. */
  public KnownFormLifecycleFactory(LifecycleFactory others) {
    super(others);
  }

  @Override
  public void addLifecycle(String id, Lifecycle lifecycle) {
    getWrapped().addLifecycle(id, lifecycle);
  }

  @Override
  public Lifecycle getLifecycle(String id) {
    return new KnownFormLifecycle(getWrapped().getLifecycle(id));
  }

  @Override
  public Iterator<String> getLifecycleIds() {
    return getWrapped().getLifecycleIds();
  }

  private static final class KnownFormLifecycle extends LifecycleWrapper {

    private static final String AJAX = "jakarta.faces.partial.ajax";
    private static final String AJAX_HEADER = "Faces-Request";
    private static final String NONCE = "primefaces.nonce";
    private static final Pattern KIT = Pattern.compile(RenderKitFactory.HTML_BASIC_RENDER_KIT);
    private static final String EXPIRED = "/error/expired.xhtml";

    /** Two numbers under which the session keeps a page. */
    private static final Pattern STATE = Pattern.compile("-?[0-9]{1,19}:-?[0-9]{1,19}");

    /** The Base64 of a UUID. */
    private static final Pattern NONCE_FORM = Pattern.compile("[A-Za-z0-9+/]{48}");

    KnownFormLifecycle(Lifecycle others) {
      super(others);
    }

    @Override
    public void execute(FacesContext faces) {
      ExternalContext external = faces.getExternalContext();
      if (isKnown(external)) {
        getWrapped().execute(faces);
        return;
      }
      try {
        answer(external);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      faces.responseComplete();
    }

    private static boolean isKnown(ExternalContext external) {
      Map<String, String[]> sent = external.getRequestParameterValuesMap();
      String[] kit = sent.get(ResponseStateManager.RENDER_KIT_ID_PARAM);
      String[] state = sent.get(ResponseStateManager.VIEW_STATE_PARAM);
      boolean ajax = isAjax(external);
      if (kit != null && !isOne(kit, KIT)) {
        return false;
      }
      if (state == null && !ajax) {
        return true;
      }
      // No page that is open to all has a form.
      return external.getUserPrincipal() != null
          && isOne(state, STATE)
          && (!ajax || isOne(sent.get(NONCE), NONCE_FORM));
    }

    private static boolean isAjax(ExternalContext external) {
      return external.getRequestParameterValuesMap().containsKey(AJAX)
          || external.getRequestHeaderMap().containsKey(AJAX_HEADER);
    }

    private static boolean isOne(String @Nullable [] values, Pattern form) {
      return values != null && values.length == 1 && form.matcher(values[0]).matches();
    }

    /** By hand: to a script Faces would answer by way of a session, which not everybody gets. */
    private static void answer(ExternalContext external) throws IOException {
      String address = external.getRequestContextPath() + EXPIRED;
      if (isAjax(external)) {
        external.setResponseContentType("text/xml;charset=UTF-8");
        external.setResponseHeader("Cache-Control", "no-cache");
        external
            .getResponseOutputWriter()
            .write(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<partial-response><redirect url=\""
                    + address
                    + "\"></redirect></partial-response>");
      } else {
        ((HttpServletResponse) external.getResponse()).sendRedirect(address);
      }
    }
  }
}
