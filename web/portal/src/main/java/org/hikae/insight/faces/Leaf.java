package org.hikae.insight.faces;

import jakarta.faces.component.UIComponentBase;
import jakarta.faces.context.FacesContext;
import jakarta.faces.context.ResponseWriter;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A part of a page that is shown and nothing else: no children, no events, no state of its own. A
 * list has several in each of its rows, and one of these costs a quarter of a tag file.
 */
abstract class Leaf extends UIComponentBase {

  @Override
  public final String getFamily() {
    return "hikae";
  }

  @Override
  public final void encodeAll(FacesContext context) throws IOException {
    if (isRendered()) {
      write(context, context.getResponseWriter());
    }
  }

  /** Writes all of it. */
  abstract void write(FacesContext context, ResponseWriter out) throws IOException;

  /** What an attribute of the tag says; null for none. */
  final @Nullable Object attribute(String name) {
    return getStateHelper().eval(name);
  }

  /** Sets what an attribute says when it is no expression. */
  final void put(String name, Object value) {
    getStateHelper().put(name, value);
  }

  /** Writes the sign for what there is none of. */
  static void writeNone(FacesContext context, ResponseWriter out) throws IOException {
    out.startElement("span", null);
    out.writeAttribute("class", "hk-dim", null);
    out.writeText(
        context.getApplication().getResourceBundle(context, "msg").getString("none"), null);
    out.endElement("span");
  }
}
