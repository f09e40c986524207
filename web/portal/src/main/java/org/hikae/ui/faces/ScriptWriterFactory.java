package org.hikae.ui.faces;

import jakarta.faces.context.FacesContext;
import jakarta.faces.context.ResponseWriter;
import jakarta.faces.render.RenderKit;
import jakarta.faces.render.RenderKitFactory;
import jakarta.faces.render.RenderKitWrapper;
import java.io.Writer;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Puts a {@link ScriptWriter} beneath everything that writes a page or a part of one. */
public class ScriptWriterFactory extends RenderKitFactory {

  /** What makes the writers. */
  public ScriptWriterFactory(RenderKitFactory others) {
    super(others);
  }

  @Override
  public void addRenderKit(String id, RenderKit kit) {
    getWrapped().addRenderKit(id, kit);
  }

  @Override
  public @Nullable RenderKit getRenderKit(FacesContext faces, String id) {
    RenderKit kit = getWrapped().getRenderKit(faces, id);
    return kit == null ? null : new ScriptRenderKit(kit);
  }

  @Override
  public Iterator<String> getRenderKitIds() {
    return getWrapped().getRenderKitIds();
  }

  private static final class ScriptRenderKit extends RenderKitWrapper {

    ScriptRenderKit(RenderKit wrapped) {
      super(wrapped);
    }

    @Override
    public ResponseWriter createResponseWriter(Writer writer, String types, String encoding) {
      return new ScriptWriter(getWrapped().createResponseWriter(writer, types, encoding));
    }
  }
}
