package org.hikae.ui.faces;

import jakarta.faces.component.UIComponentBase;
import jakarta.faces.context.FacesContext;
import jakarta.faces.context.ResponseWriter;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A part of a page that is shown and nothing else: no children, no events, no state of its own. A
 * list has several in each of its rows, and one of these costs a fraction of a tag file.
 */
public abstract class DisplayComponent extends UIComponentBase {

  @Override
  public final String getFamily() {
    return "hikae";
  }

  /** Not {@code encodeAll}, which some of those that have parts never call. */
  @Override
  public final void encodeBegin(FacesContext context) throws IOException {
    if (isRendered()) {
      write(context, context.getResponseWriter());
    }
  }

  @Override
  public final void encodeEnd(FacesContext context) {
    // All is written; and nothing was pushed that would have to be popped.
  }

  /** Writes all of it. */
  protected abstract void write(FacesContext context, ResponseWriter out) throws IOException;

  /** What an attribute of the tag says; null for none. */
  protected final @Nullable Object attribute(String name) {
    Object value = getStateHelper().eval(name);
    // That finds expressions, at a fraction of what this costs, which finds what is said as it is.
    return value == null ? getAttributes().get(name) : value;
  }

  /** Writes the sign for what there is none of. */
  protected static void writeNone(FacesContext context, ResponseWriter out) throws IOException {
    out.startElement("span", null);
    out.writeAttribute("class", "hk-dim", null);
    out.writeText(
        context.getApplication().getResourceBundle(context, "msg").getString("none"), null);
    out.endElement("span");
  }
}
